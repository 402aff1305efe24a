"""Where the user says what a series sends, how often, and how fast."""

import enum
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.interval_box import IntervalBox
from desktop.chat.repeating.list_box import ListBox
from desktop.chat.repeating.saved import SavedMessage
from desktop.chat.repeating.series import Series
from desktop.tasks import TaskSet
from desktop.widgets.wheel import calm

_MOST = 1_000_000
_ROUNDS = 10
_INTERVAL = 1.0


class Source(enum.Enum):
    """What is sent; the value is what users read."""

    BOX = "the message in the box"
    LIST = "a list of messages"
    SAVED = "all saved messages of this server"


def _nothing() -> Outgoing:
    return Outgoing("")


class SeriesChoice(QWidget):
    """``draft`` gets the message in the box; lists are sent to whom that is for, and raw if that is.

    ``saved`` gets the saved messages of the server; it may raise NotSaved. ``last_row`` has room for a button.
    """

    def __init__(self, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self.draft: Callable[[], Outgoing] = _nothing
        self.saved: Callable[[], Sequence[SavedMessage]] = tuple
        self.source = QComboBox(self)
        self.list = ListBox(tasks, self)
        self.count = QSpinBox(self)
        self.interval = IntervalBox(self)
        self.last_row = QHBoxLayout()
        self._prepare()
        self._lay_out()
        self.source.currentIndexChanged.connect(self._choose)
        self._choose()

    def series(self) -> Series:
        """What is chosen. Raises ValueError or NotSaved with a sentence where that cannot be sent."""
        return Series(self._messages(), self.count.value(), self.interval.value())

    def set_locked(self, locked: bool) -> None:
        """Whether nothing can be changed."""
        for widget in (self.source, self.list, self.count, self.interval):
            widget.setEnabled(not locked)

    def kept(self) -> dict[str, object]:
        """What is typed and chosen, in the types of JSON."""
        return {
            "source": self._source.name,
            "count": self.count.value(),
            "interval": self.interval.value(),
            "list": self.list.box.text(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what ``kept`` has given; what is missing, out of range or of another type stays as it is."""
        source, count, interval, text = (kept.get(name) for name in ("source", "count", "interval", "list"))
        names = [one.name for one in Source]
        if source in names:
            self.source.setCurrentIndex(names.index(source))
        if type(count) is int and 0 <= count <= _MOST:
            self.count.setValue(count)
        if isinstance(interval, int | float) and 0 <= interval <= self.interval.maximum():
            self.interval.setValue(interval)
        if isinstance(text, str):
            self.list.box.setPlainText(text)

    @property
    def _source(self) -> Source:
        return list(Source)[self.source.currentIndex()]

    def _messages(self) -> tuple[Outgoing, ...]:
        """What is to be sent once a round. Raises ValueError or NotSaved with a sentence where there is nothing."""
        draft = self.draft()
        if self._source is Source.LIST:
            return tuple(replace(draft, text=one.text, form=one.form) for one in self.list.messages())
        if self._source is Source.SAVED:
            saved = tuple(one.message for one in self.saved())
            if not saved:
                raise ValueError("No messages are saved for this server.")
            return saved
        if not draft.text:
            raise ValueError("The message box is empty: write there what is to be sent.")
        return (draft,)

    def _choose(self) -> None:
        self.list.setVisible(self._source is Source.LIST)

    def _prepare(self) -> None:
        for source in Source:
            self.source.addItem(source.value)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        calm(self.source)
        self.count.setRange(0, _MOST)
        self.count.setGroupSeparatorShown(True)
        self.count.setSuffix(" times")
        self.count.setSpecialValueText("until stopped")
        self.count.setAccessibleName("How many times; 0 for until it is stopped")
        self.count.setToolTip("How many times all of it is sent; 0 for until it is stopped")
        self.count.setValue(_ROUNDS)
        calm(self.count)
        self.interval.setValue(_INTERVAL)

    def _lay_out(self) -> None:
        repeat, every = QLabel("&Repeat", self), QLabel("ever&y", self)
        repeat.setBuddy(self.source)
        every.setBuddy(self.interval)
        first = QHBoxLayout()
        first.addWidget(repeat)
        first.addWidget(self.source, 1)
        for widget in (self.count, every, self.interval):
            self.last_row.addWidget(widget)
        self.last_row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(first)
        layout.addWidget(self.list)
        layout.addLayout(self.last_row)
        for row in (first, self.last_row):
            row.setSpacing(theme.S)
