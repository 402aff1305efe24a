"""Holds back what arrives while a transcript is paused, and hands it on in order afterwards."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.chat.entry import Entry
from desktop.chat.reading.waiting import Waiting
from desktop.chat.transcript.model import LIMIT, MAX_BYTES, TranscriptModel
from desktop.widgets.message_line import MessageLine
from desktop.widgets.stepper import Stepper

_SAY_MS = 100
_AT_ONCE = 2_000
"""Entries that are handed on in one step; a flush of many thousands would be felt."""


class Pauser(QObject):
    """Stands before ``messages``; ``line`` says how many wait, ``changed`` that it was paused or resumed."""

    changed = Signal()

    def __init__(self, messages: TranscriptModel, parent: QWidget, limit: int = LIMIT) -> None:
        super().__init__(parent)
        self.is_paused = False
        self._messages = messages
        self._waiting = Waiting(limit, MAX_BYTES)
        self._work = Stepper(self)
        self._saying = QTimer(self, singleShot=True, interval=_SAY_MS)
        self._saying.timeout.connect(self._say)
        self.resume = QPushButton("Resume", parent)
        self.resume.clicked.connect(self.toggle)
        self.line = MessageLine((self.resume,), parent)

    @property
    def gone(self) -> int:
        """How many entries were dropped while they waited."""
        return self._waiting.gone

    def add(self, entry: Entry) -> None:
        """Take an entry; it waits behind those that wait already."""
        if not self.is_paused and not self._waiting:
            self._messages.add(entry)
            return
        self._waiting.add(entry)
        if not self._saying.isActive():
            self._saying.start()

    def toggle(self) -> None:
        """Pause, or go on with all that waits."""
        self.is_paused = not self.is_paused
        if self.is_paused:
            self._work.stop()
        else:
            self._work.start(self._hand_on())
        self._say()
        self.changed.emit()

    def _hand_on(self) -> Iterator[None]:
        while self._waiting:
            for _ in range(min(_AT_ONCE, len(self._waiting))):
                self._messages.add(self._waiting.take())
            self._messages.flush()
            yield

    def _say(self) -> None:
        count = len(self._waiting)
        waits = "1 message waits" if count == 1 else f"{count:,} messages wait"
        self.line.say(f"Paused: {waits}." if self.is_paused else "", buttons=(self.resume,))
