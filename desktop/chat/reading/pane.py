"""A transcript with all that helps to read it: filter, find, pause, the way to the newest message, saving."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.chat.entry import Entry
from desktop.chat.reading.filter_bar import FilterBar
from desktop.chat.reading.filters import Filter, restored
from desktop.chat.reading.find_bar import FindBar
from desktop.chat.reading.har import Handshake
from desktop.chat.reading.jump_line import JumpLine
from desktop.chat.reading.pauser import Pauser
from desktop.chat.reading.saver import Saver
from desktop.chat.reading.snapshot import Format, Snapshot
from desktop.chat.transcript.view import Transcript
from desktop.tasks import Report, TaskSet
from desktop.widgets.empty_state import Hint
from desktop.widgets.message_line import MessageLine
from desktop.widgets.searching import TooCostly
from servers.exchange import Exchange

_HANDSHAKES = 100
"""Handshakes that are kept for archives."""

_TICK = 0.02  # seconds

_TOO_COSTLY = (
    "This expression takes too long on these messages, so it hides none: say more exactly what it should match."
)
_NOTHING_YET = "No messages yet.\nConnect, then type a message below."


class TranscriptPane(QWidget):
    """Takes entries with ``add``. ``server`` is the URL of the server, ``exchange`` the handshake of the connection.

    Set ``server`` before ``exchange``. Whoever made the pane awaits ``leave`` when it goes.
    """

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.server = ""
        self._tasks = TaskSet(report)
        self._handshakes: list[Handshake] = []
        self._filter = Filter()
        self.transcript = Transcript(self)
        self.messages = self.transcript.messages
        self.filter_bar = FilterBar(self)
        self.find_bar = FindBar(self.transcript, self)
        self.pauser = Pauser(self.messages, self)
        self.jump_line = JumpLine(self.transcript, self)
        self.saver = Saver(self._tasks, self._snapshot, self)
        self.show_all = QPushButton("Show all", self)
        self.no_match = MessageLine((self.show_all,), self)
        self.gone = MessageLine(parent=self)
        self.nothing_yet = Hint(_NOTHING_YET, self)
        self._giving_up = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._make_menu()
        self._connect()
        self._use(self._filter)

    @property
    def exchange(self) -> Exchange | None:
        """The handshake of the newest connection."""
        return self._handshakes[-1].exchange if self._handshakes else None

    @exchange.setter
    def exchange(self, exchange: Exchange | None) -> None:
        if exchange is not None and exchange is not self.exchange:
            self._handshakes = [*self._handshakes, Handshake(exchange, self.server)][-_HANDSHAKES:]

    def add(self, entry: Entry) -> None:
        """Take an entry; it is shown in its turn."""
        self.stack.setCurrentWidget(self.transcript)
        self.pauser.add(entry)

    def find(self) -> None:  # type: ignore[override] # of QWidget's, which looks for a window's number, nobody has need
        """Open the row that finds words."""
        self.find_bar.open()

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        self.pauser.toggle()

    def save(self, form: Format = Format.TEXT) -> None:
        """Ask where to save what is shown."""
        self.saver.ask(self.server, form)

    def kept(self) -> dict[str, object]:
        """The choices of the reader as what JSON can hold."""
        return self.filter_bar.filter.kept()

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take up the choices that were kept."""
        self.filter_bar.show_filter(restored(kept))

    async def leave(self) -> None:
        """Give up what is being saved, and wait for its end."""
        await self._tasks.close()

    def _use(self, one: Filter) -> None:
        self._filter = one
        self.messages.filter(None if one.accepts_all else self._accepts)

    def _accepts(self, entry: Entry) -> bool:
        try:
            return self._filter.accepts(entry)
        except TooCostly:
            self._giving_up.start()
            return True

    def _give_up_words(self) -> None:
        self.filter_bar.complain(_TOO_COSTLY)
        self._use(replace(self._filter, words=""))

    def _show_all(self) -> None:
        self.filter_bar.show_all()

    def _save_text(self) -> None:
        self.save(Format.TEXT)

    def _save_json(self) -> None:
        self.save(Format.JSON)

    def _save_har(self) -> None:
        self.save(Format.HAR)

    async def _snapshot(self) -> Snapshot:
        """What is shown, once the filter has been tried on everything."""
        self.messages.flush()
        while not self.messages.tried_all:  # noqa: ASYNC110 - the model has no event that a coroutine could wait for
            await asyncio.sleep(_TICK)
        handshakes = tuple(self._handshakes) or (Handshake(None, self.server),)
        return Snapshot(self.messages.rows.copy(), self.messages.kept, handshakes)

    def _say(self) -> None:
        """Show the lines for which there is something to say."""
        messages = self.messages
        gone = messages.gone + self.pauser.gone
        older = "1 older message is" if gone == 1 else f"{gone:,} older messages are"
        _say(self.gone, f"{older} gone; the newest {messages.kept:,} are kept." if gone else "")
        is_empty = messages.kept and not messages.rows and messages.tried_all
        _say(self.no_match, "No message matches the filter." if is_empty else "", self.show_all)

    def _show_paused(self) -> None:
        self.filter_bar.show_paused(paused=self.pauser.is_paused)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing_yet)
        self.stack.addWidget(self.transcript)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        bars = (self.filter_bar, self.filter_bar.line, self.find_bar, self.gone, self.no_match)
        for widget in (*bars, self.stack, self.jump_line, self.pauser.line, self.saver.line):
            layout.addWidget(widget, 1 if widget is self.stack else 0)

    def _make_menu(self) -> None:
        menu = QMenu(self)
        find = menu.addAction("Find…", self.find)
        menu.addSeparator()
        save = menu.addAction("Save transcript…", self._save_text)
        menu.addAction("Save as JSON…", self._save_json)
        menu.addAction("Save as HTTP archive (HAR)…", self._save_har)
        for action, keys in ((find, shortcuts.FIND), (save, shortcuts.SAVE)):
            self._give_keys(action, keys)
        self.filter_bar.more.setMenu(menu)
        self.filter_bar.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _give_keys(self, action: QAction, keys: str) -> None:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(action)

    def _connect(self) -> None:
        for keys, act in (
            (shortcuts.FIND_NEXT, self.find_bar.find_next),
            (shortcuts.FIND_PREVIOUS, self.find_bar.find_previous),
            (shortcuts.PAUSE_TRANSCRIPT, self.toggle_pause),
            (shortcuts.JUMP_TO_NEWEST, self.transcript.follow),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.filter_bar.changed.connect(self._use)
        self.filter_bar.pause.clicked.connect(self.toggle_pause)
        self.show_all.clicked.connect(self._show_all)
        self.pauser.changed.connect(self._show_paused)
        self.messages.flushed.connect(self._say)
        self.transcript.told.connect(self.saver.complain)
        self._giving_up.timeout.connect(self._give_up_words)


def _say(line: MessageLine, sentence: str, *buttons: QPushButton) -> None:
    if line.text() != sentence:
        line.say(sentence, buttons=buttons)
