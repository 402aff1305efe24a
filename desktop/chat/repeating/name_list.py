"""The names of saved messages as a list that is called otherwise and ordered by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop import theme
from servers.logs import visible

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class NameList(QListWidget):
    """F2 or a double click renames, Delete deletes, Alt+Up and Alt+Down move. ``renamed`` has the old and new name."""

    renamed = Signal(str, str)
    delete_pressed = Signal()
    move_pressed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.setAccessibleName("Saved messages")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._changed)

    def show_names(self, names: Sequence[str], row: int) -> None:
        """Show these, one of them chosen."""
        with QSignalBlocker(self):
            # A row that is being typed into must outlive its own change.
            while self.count() > len(names):
                self.takeItem(self.count() - 1)
            while self.count() < len(names):
                self.addItem(QListWidgetItem())
            self._names = tuple(names)
            for number, name in enumerate(names):
                self._show(self.item(number), name)
        self.setCurrentRow(min(row, len(names) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif event.key() in _MOVES and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_pressed.emit(_MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _show(self, item: QListWidgetItem, name: str) -> None:
        item.setText(visible(name))
        item.setSizeHint(QSize(0, self.fontMetrics().height() + theme.M))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)

    def _changed(self, item: QListWidgetItem) -> None:
        name, text = self._names[self.row(item)], item.text()
        if text != visible(name):
            self.renamed.emit(name, text)
