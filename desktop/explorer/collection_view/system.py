"""What the desktop does for collections: its trash and its file manager."""

from pathlib import Path

from PySide6.QtCore import QFile, QUrl
from PySide6.QtGui import QDesktopServices


def move_to_trash(path: Path) -> Path | None:
    """Move a file or folder to the system's trash and say where it is; None where there is no trash for it."""
    file = QFile(str(path))
    return Path(file.fileName()) if file.moveToTrash() else None


def reveal(path: Path) -> bool:
    """Show a folder, or that of a file, in the file manager."""
    folder = path if path.is_dir() else path.parent
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
