"""The environments of a folder at the left of the editor: chosen, added, called otherwise, deleted."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.variables.environments import SHARED
from desktop.widgets.icon_button import IconButton
from desktop.widgets.tips import shortened, tip
from servers.logs import visible

_ALL = "All environments"


class EnvironmentNames(QWidget):
    """The first row is ``SHARED``. The signals carry names; ``rename_wanted`` the old one and the new."""

    current_changed = Signal(str)
    add_wanted = Signal()
    rename_wanted = Signal(str, str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._read_only = False
        self.list = _List(self)
        self.list.setAccessibleName("Environments")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.add = IconButton("plus", "Add an environment", self)
        self.rename = IconButton("pencil-outline", "Rename the environment", self)
        self.delete = IconButton("delete-outline", "Delete the environment", self)
        self._delete_action = QAction("Delete\tDel", self.list)
        self.list.addAction(self._delete_action)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.XS)
        for button in (self.add, self.rename, self.delete):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.list.currentRowChanged.connect(self._row_changed)
        self.list.itemChanged.connect(self._item_changed)
        self.add.clicked.connect(self.add_wanted)
        self.rename.clicked.connect(self.edit_name)
        self.delete.clicked.connect(self._want_delete)
        self._delete_action.triggered.connect(self._want_delete)
        self.list.delete_pressed.connect(self._want_delete)

    def current(self) -> str:
        """The name of the chosen environment."""
        row = self.list.currentRow()
        return self._names[row] if 0 <= row < len(self._names) else SHARED

    def is_typing(self) -> bool:
        """Whether a name is being typed."""
        return self.list.state() == QAbstractItemView.State.EditingState

    def show_names(self, names: Sequence[str], current: str, *, read_only: bool) -> None:
        """Show these below “All environments”."""
        wanted = (SHARED, *names)
        with QSignalBlocker(self.list):
            # A row that is being typed into must outlive its own change.
            while self.list.count() > len(wanted):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(wanted):
                self.list.addItem(QListWidgetItem())
            for row, name in enumerate(wanted):
                self._fill(self.list.item(row), name, read_only)
            self._names, self._read_only = wanted, read_only
            self.list.setCurrentRow(wanted.index(current) if current in wanted else 0)
        self._follow()

    def edit_name(self) -> None:
        """Let the name of the chosen environment be typed."""
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.list.setFocus()
            self.list.editItem(item)

    def _fill(self, item: QListWidgetItem, name: str, read_only: bool) -> None:
        text = _ALL if name == SHARED else visible(name)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if name != SHARED and not read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        item.setSizeHint(QSize(0, self.list.fontMetrics().height() + theme.M))
        if item.text() != text:
            item.setText(text)
        if item.flags() != flags:
            item.setFlags(flags)
        item.setToolTip("These variables are there in every environment" if name == SHARED else tip(shortened(name)))
        font = self.list.font()
        font.setItalic(name == SHARED)
        item.setFont(font)

    def _row_changed(self, row: int) -> None:
        self._follow()
        if 0 <= row < len(self._names):
            self.current_changed.emit(self._names[row])

    def _item_changed(self, item: QListWidgetItem) -> None:
        name, text = self._names[self.list.row(item)], item.text().strip()
        if text not in (visible(name), _ALL if name == SHARED else ""):
            self.rename_wanted.emit(name, text)
        else:
            with QSignalBlocker(self.list):
                item.setText(_ALL if name == SHARED else visible(name))

    def _want_delete(self) -> None:
        if self.delete.isEnabled():
            self.delete_wanted.emit(self.current())

    def _follow(self) -> None:
        changeable = not self._read_only and self.current() != SHARED
        self.add.setEnabled(not self._read_only)
        for one in (self.rename, self.delete, self._delete_action):
            one.setEnabled(changeable)


class _List(QListWidget):
    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
