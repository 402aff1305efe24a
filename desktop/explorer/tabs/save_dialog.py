"""Asks where a new request is to be kept: its name, and a file in one of the collections."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.workspace.files import SUFFIXES, is_collection
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

_FIRST = "requests.http"
_BAD = frozenset('<>:"|?*\\\0')
_OFFERED = 500


class SaveDialog(QDialog):
    """``chosen`` carries the file and the name of the request; the file need not exist yet."""

    chosen = Signal(Path, str)

    def __init__(self, folders: Sequence[Path], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save the request")
        self._folders = tuple(folders)
        self._files: Mapping[Path, Sequence[Path]] = {}
        self.name = QLineEdit(name, self)
        self.folder = QComboBox(self)
        self.file = QComboBox(self)
        self.fault = MessageLine(parent=self)
        self.file.setEditable(True)
        self.folder.addItems([visible(one.name) for one in self._folders])
        for number, one in enumerate(self._folders):
            self.folder.setItemData(number, visible(str(one)), Qt.ItemDataRole.ToolTipRole)
        self._lay_out()
        self.folder.currentIndexChanged.connect(self._fill)
        self.finished.connect(self.deleteLater)
        self.file.setCurrentText(_FIRST)
        self.name.selectAll()

    def offer(self, files: Mapping[Path, Sequence[Path]]) -> None:
        """Offer the files that there are, by the folders; what is typed stays."""
        self._files = files
        self._fill()

    def accept(self) -> None:
        name, fault = self.name.text().strip(), self._fault()
        self.fault.say(fault, fault=True)
        if not fault:
            super().accept()
            self.chosen.emit(self._path(), name)

    def _path(self) -> Path:
        typed = self.file.currentText().strip()
        named = typed if typed.lower().endswith(SUFFIXES) else f"{typed}.http"
        return self._folders[self.folder.currentIndex()] / named

    def _fault(self) -> str:
        if not self._folders:
            return "There is no collection to save it in. Open a folder, or make a new collection, first."
        if not self.name.text().strip():
            return "Give the request a name."
        typed = self.file.currentText().strip()
        if self.file.findText(typed, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive) >= 0:
            return ""
        parts = Path(typed).parts
        if not typed or typed.endswith("/") or Path(typed).is_absolute() or ".." in parts or _BAD & set(typed):
            return "Type the name of a file in this collection, for example players.http."
        if not is_collection(self._path().name) or any(part.startswith(".") for part in parts):
            return f"“{visible(typed)}” would not be listed as a collection. Choose another name."
        return ""

    def _fill(self) -> None:
        typed = self.file.currentText()
        self.file.clear()
        if self._folders:
            folder = self._folders[self.folder.currentIndex()]
            files = self._files.get(folder, ())[:_OFFERED]
            self.file.addItems([one.relative_to(folder).as_posix() for one in files])
        self.file.setCurrentText(typed)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.S)
        for label, widget in (("&Name", self.name), ("&Collection", self.folder), ("&File", self.file)):
            widget.setMinimumWidth(360)
            form.addRow(label, widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = QPushButton("&Save", self)
        save.setDefault(True)
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.M)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
