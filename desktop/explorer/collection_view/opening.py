"""How folders are opened: chosen in a dialog, made as a new collection, or dropped from the file manager."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.explorer.workspace.failures import reason
from servers.logs import visible


class Opening(QObject):
    """``chosen`` carries the path of a folder that is there; ``refused`` says why one could not be made."""

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def ask_for_folder(self) -> None:
        """Let the user choose a folder to open."""
        dialog = QFileDialog(self._widget, "Open a folder of .http files")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.open)
        _show(dialog)

    def ask_for_new(self) -> None:
        """Let the user choose place and name of a new collection."""
        dialog = QFileDialog(self._widget, "New collection")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, "Name of the folder:")
        dialog.fileSelected.connect(self.make)
        _show(dialog)

    def open(self, name: str) -> None:
        """Open the folder of that name."""
        self.chosen.emit(Path(name))

    def make(self, name: str) -> None:
        """Make a folder of that name and open it."""
        path = Path(name)
        try:
            path.mkdir()
        except OSError as error:
            self.refused.emit(f"“{visible(path.name)}” cannot be made: {reason(error)}.")
        else:
            self.chosen.emit(path)


def dropped_folders(data: QMimeData) -> list[Path]:
    """The folders among what is dragged here, and those of the files."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))


def _show(dialog: QFileDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
