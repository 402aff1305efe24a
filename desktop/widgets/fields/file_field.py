"""A field for the name of a file: typed, chosen, or dropped on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop import theme
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.icon_button import IconButton


class FileField(QWidget):
    """``field`` holds the name, which may have variables; ``choose`` opens a dialog with these ``filters``."""

    changed = Signal()

    def __init__(self, name: str, filters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._filters = name, filters
        self.field = VariableField(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText("none")
        self.field.setAcceptDrops(False)  # its own drop would put in a file:// URL
        self.choose = IconButton("folder-open-outline", f"Choose the {name.lower()}", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.choose)
        self.setFocusProxy(self.field)
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._open)
        self.field.textChanged.connect(self.changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _file_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._take(_file_in(event))
        event.acceptProposedAction()

    def _open(self) -> None:
        dialog = QFileDialog(self, self._name, "", self._filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, path: str) -> None:
        self.field.selectAll()
        self.field.insert(path)


def _file_in(event: QDropEvent) -> str:
    """The first file that is dragged; empty for none."""
    return next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
