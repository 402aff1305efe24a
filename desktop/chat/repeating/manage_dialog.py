"""The window in which the saved messages of a server are called otherwise, ordered and deleted."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.repeating.name_list import NameList
from desktop.chat.repeating.saved import NotSaved, SavedMessage, SavedMessages, server_of
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.empty_state import Hint
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import shortened
from servers.logs import visible


class ManageDialog(QDialog):
    """Each change is in the file at once; the last message that was deleted can be brought back."""

    def __init__(self, saved: SavedMessages, url: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Saved messages")
        self.resize(theme.XL * 16, theme.XL * 14)
        self._saved, self._url = saved, url
        self._shown: tuple[SavedMessage, ...] = ()
        self._deleted: tuple[SavedMessage, int] | None = None
        self.list = NameList(self)
        self.empty = Hint("No messages are saved for this server.", self)
        self.preview = ElidedLabel(self)
        self.rename = IconButton("pencil-outline", "Rename the message", self)
        self.up = IconButton("arrow-up", "Move the message up", self, "Move up (Alt+Up)")
        self.down = IconButton("arrow-down", "Move the message down", self, "Move down (Alt+Down)")
        self.delete = IconButton("delete-outline", "Delete the message", self)
        self.undo = QPushButton("&Undo", self)
        self.leave = QPushButton("&Close", self)
        self.message = MessageLine((self.undo,), self)
        self._lay_out()
        self._connect()
        self._change(None, 0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "message"):
            self._recolor()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._follow)
        self.list.renamed.connect(self._rename)
        self.list.delete_pressed.connect(self._delete)
        self.list.move_pressed.connect(self._move)
        self.rename.clicked.connect(self._edit)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.delete.clicked.connect(self._delete)
        self.undo.clicked.connect(self._bring_back)
        self.leave.clicked.connect(self.accept)

    def _change(self, change: Callable[[], None] | None, row: int) -> bool:
        """Do it, and show what there is then, this row chosen; return whether it was done, and say why where not."""
        fault = ""
        try:
            if change is not None:
                change()
        except NotSaved as error:
            fault = str(error)
        try:
            self._shown = self._saved.of(self._url)
        except NotSaved as error:
            fault = str(error)
        self.message.say(fault, fault=True)
        self.list.show_names([one.name for one in self._shown], row)
        self.stack.setCurrentIndex(int(bool(self._shown)))
        self._follow(self.list.currentRow())
        return not fault

    def _edit(self) -> None:
        self.list.setFocus()
        self.list.editItem(self.list.currentItem())

    def _rename(self, name: str, new: str) -> None:
        self._change(partial(self._saved.rename, self._url, name, new), self.list.currentRow())

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < len(self._shown):
            self._change(partial(self._saved.move, self._url, self._shown[row].name, row + step), row + step)

    def _delete(self) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        one = self._shown[row]
        if self._change(partial(self._saved.remove, self._url, one.name), row):
            self._deleted = one, row
            self.message.say(f"“{shortened(visible(one.name), 40)}” was deleted.", buttons=(self.undo,))

    def _bring_back(self) -> None:
        if self._deleted is not None:
            (name, message), row = self._deleted
            self._change(partial(self._saved.save, self._url, name, message, row), row)

    def _follow(self, row: int) -> None:
        """Offer what can be done with the message that is chosen, and show its beginning."""
        chosen = self._shown[row] if 0 <= row < len(self._shown) else None
        for button in (self.rename, self.delete):
            button.setEnabled(chosen is not None)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < len(self._shown) - 1)
        self.preview.setText(visible(shortened(chosen.message.text)) if chosen is not None else "")
        self.preview.setAccessibleName(f"The message: {self.preview.text()}")

    def _lay_out(self) -> None:
        server = ElidedLabel(self)
        server.setText(visible(server_of(self._url)))
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.list)
        self.preview.setFont(theme.mono_font())
        bar = QHBoxLayout()
        bar.setSpacing(theme.XS)
        for button in (self.rename, self.up, self.down, self.delete):
            bar.addWidget(button)
        bar.addStretch()
        bar.addWidget(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addWidget(server)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.preview)
        layout.addWidget(self.message)
        layout.addLayout(bar)
        for push in (self.undo, self.leave):
            push.setAutoDefault(False)
        self._recolor()

    def _recolor(self) -> None:
        self.undo.setIcon(theme.icon("undo"))
