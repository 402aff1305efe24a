"""The one place on the desktop side that knows where the resources folder is."""

from pathlib import Path

from PySide6.QtGui import QIcon

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def application_icon() -> QIcon:
    """The icon of the windows and of the program."""
    return QIcon(str(_RESOURCES / "icons" / "portside.png"))


def collection(name: str) -> str:
    """The text of a ready collection, a `.http` file."""
    return (_RESOURCES / "collections" / name).read_text("utf-8")


def site(path: str) -> Path:
    """A file of the bundled sites, to be opened from the disk."""
    return _RESOURCES / "sites" / path
