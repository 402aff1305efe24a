"""The history: a search line, and the requests that were sent, the newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.history.entry import Summary
from desktop.explorer.history.limits import Choice
from desktop.explorer.history.store import History, HistoryError
from desktop.explorer.history_view.choice_dialog import ChoiceDialog
from desktop.explorer.history_view.entry_list import HistoryList
from desktop.tasks import TaskSet
from desktop.widgets.empty_state import Hint
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

PAGE = 100
"""So many entries are read at a time."""

_DELAY = 100  # milliseconds from a change to the search for it
_NOTHING = "Every request that you send is kept here with its response. Send one, and it appears."
_HINT = "Words of the URL, of headers and bodies; a status as 404 or 4xx; a method as POST; “several words” in quotes"


class HistoryView(QWidget):
    """Nothing is read until it is shown. ``chosen`` carries an Entry, and whether a tab of its own is wanted.

    ``limits_changed`` and ``enabled_changed`` tell what was chosen, after the history has taken it over.
    """

    chosen = Signal(object, bool)
    limits_changed = Signal(object)
    enabled_changed = Signal(bool)

    def __init__(self, history: History, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._tasks = tasks
        self._wanted, self._searching, self._ended = True, False, False
        self._text = ""
        self.search = QLineEdit(self, placeholderText="Search, for example 404 or players", clearButtonEnabled=True)
        self.settings_button = IconButton("cog-outline", "What the history keeps…", self)
        self.message = MessageLine(parent=self)
        self.list = HistoryList(self)
        self.hint = Hint(parent=self)
        self.stack = QStackedWidget(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Show what has been added, as soon as it can be seen; what is selected stays so."""
        self.message.say(self._history.remark, fault=True)
        self._wanted = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def say(self, sentence: str) -> None:
        """Show a sentence above the list, until something else happens."""
        self.message.say(sentence, fault=True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self._wanted:
            self._timer.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.search.hasFocus() and event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        elif self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_to_list()
        else:
            super().keyPressEvent(event)

    def _go_to_list(self) -> None:
        if self.list.rows.entries:
            self.list.setCurrentIndex(self.list.rows.index(1))  # below the first day
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self) -> None:
        self._wanted = True
        self._timer.start(_DELAY)

    def _start_search(self) -> None:
        if not self._searching:
            self._searching = True
            self._tasks.spawn(self._search(), name="searching the history")

    async def _search(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                text = self.search.text()
                page = await self._history.search(text, PAGE)
                if text == self.search.text():
                    self._show_page(text, page)
        except HistoryError as error:
            self.say(error.sentence)
        finally:
            self._searching = False

    def _show_page(self, text: str, page: Sequence[Summary]) -> None:
        """Show the newest entries, and those below them that were shown before, unless something else is looked for."""
        before = self.list.rows.entries
        ids = {entry.id for entry in page}
        is_continued = text == self._text and len(page) == PAGE and bool(before) and before[0].id in ids
        older = [entry for entry in before if entry.id < page[-1].id] if is_continued else []
        if not older:
            self._ended = len(page) < PAGE
        self._text = text
        self.list.show_entries([*page, *older])
        self._show_stack()

    def _load_more(self) -> None:
        if not self._ended and not self._searching and self.list.rows.entries:
            self._searching = True
            self._tasks.spawn(self._extend(), name="reading the history")

    async def _extend(self) -> None:
        try:
            older = await self._history.search(self._text, PAGE, self.list.rows.entries[-1].id)
            self._ended = len(older) < PAGE
            self.list.rows.extend(older)
        except HistoryError as error:
            self.say(error.sentence)
        finally:
            self._searching = False
        if self._wanted:
            self._start_search()

    def _show_stack(self) -> None:
        if self.list.rows.entries:
            self.stack.setCurrentWidget(self.list)
            return
        self.hint.setText(f"Nothing matches “{visible(self._text)}”." if self._text.strip() else _NOTHING)
        self.stack.setCurrentWidget(self.hint)

    def _open(self, entry: int, another: bool) -> None:
        self._tasks.spawn(self._load(entry, another), name="opening a request of the history")

    async def _load(self, entry: int, another: bool) -> None:
        try:
            loaded = await self._history.load(entry)
        except HistoryError as error:
            self.refresh()
            self.say(error.sentence)
        else:
            self.message.say(self._history.remark, fault=True)
            self.chosen.emit(loaded, another)

    def _remove(self, entries: list[int]) -> None:
        gone = set(entries)
        kept = [entry for entry in self.list.rows.entries if entry.id not in gone]
        self.list.show_entries(kept)
        following = [entry for entry in kept if entry.id < entries[0]] or kept[-1:]
        if following:
            self.list.setCurrentIndex(self.list.rows.index_of(following[0].id))
        self._show_stack()
        self._tasks.spawn(self._forget(entries), name="deleting from the history")

    async def _forget(self, entries: list[int]) -> None:
        try:
            await self._history.remove(entries)
        except HistoryError as error:
            self.say(error.sentence)
        else:
            self.refresh()

    def _ask_to_clear(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Clear the history")
        box.setText("Delete every request of the history, with its response? This cannot be undone.")
        clear = box.addButton("&Delete all", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        clear.clicked.connect(self._spawn_clear)
        box.finished.connect(box.deleteLater)
        box.open()

    def _spawn_clear(self) -> None:
        self._tasks.spawn(self._clear(), name="clearing the history")

    async def _clear(self) -> None:
        try:
            await self._history.clear()
        except HistoryError as error:
            self.say(error.sentence)
        else:
            self.list.show_entries(())
            self._show_stack()
            self.refresh()

    def _ask_for_choice(self) -> None:
        self._tasks.spawn(self._show_choice(), name="reading what the history keeps")

    async def _show_choice(self) -> None:
        try:
            choice = await self._history.choice()
        except HistoryError as error:
            self.say(error.sentence)
            return
        dialog = ChoiceDialog(choice, self)
        dialog.chosen.connect(self._spawn_choose)
        dialog.open()

    def _spawn_choose(self, choice: Choice) -> None:
        self._tasks.spawn(self._choose(choice), name="changing what the history keeps")

    async def _choose(self, choice: Choice) -> None:
        try:
            await self._history.choose(choice)
        except HistoryError as error:
            self.say(error.sentence)
            return
        self.limits_changed.emit(choice.limits)
        self.enabled_changed.emit(choice.enabled)
        self.refresh()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.settings_button.clicked.connect(self._ask_for_choice)
        self._timer.timeout.connect(self._start_search)
        self.list.open_wanted.connect(self._open)
        self.list.removal_wanted.connect(self._remove)
        self.list.clear_wanted.connect(self._ask_to_clear)
        self.list.more_wanted.connect(self._load_more)

    def _lay_out(self) -> None:
        self.search.setAccessibleName("Search the history")
        self.search.setToolTip(_HINT)
        first = QHBoxLayout()
        first.setSpacing(theme.XS)
        first.addWidget(self.search, 1)
        first.addWidget(self.settings_button)
        for page in (self.list, self.hint):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.S, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(first)
        layout.addWidget(self.message)
        layout.addWidget(self.stack, 1)
