"""The row above a transcript: what narrows it, Pause, and the menu with Find and Save."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desktop import shortcuts, theme
from desktop.chat.reading.filters import Filter
from desktop.chat.reading.groups import ALL
from desktop.chat.reading.kinds_button import KindsButton
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm
from servers.exchange import Direction

TYPING_MS = 150
"""Milliseconds without a key until what was typed counts."""

_WIDE = 480  # pixels from which there is room for words
_DIRECTIONS = {"Both": None, "Sent": Direction.SENT, "Received": Direction.RECEIVED}


class FilterBar(QWidget):
    """Emits ``changed`` with a Filter; what is no regular expression is said in ``line``, and the last one stays."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = QLineEdit(self, placeholderText="Filter", clearButtonEnabled=True)
        self.words.setAccessibleName("Show only messages with these words")
        self.words.setToolTip("Show only messages with these words: in the text, in names, or in bytes as hex")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.is_regex = IconButton("regex", "Filter by a regular expression", self)
        self.with_case = IconButton("format-letter-case", "Match case", self)
        self.direction = QComboBox(self)
        self.direction.setAccessibleName("Direction of messages that are shown")
        self.direction.setToolTip(self.direction.accessibleName())
        self.direction.addItems(list(_DIRECTIONS))
        calm(self.direction)
        self.kinds = KindsButton(self)
        self.pause = IconButton("pause", "Pause", self)
        self.show_paused(paused=False)
        self.more = IconButton("dots-vertical", "Find and save", self)
        self.line = MessageLine(parent=parent)
        self._filter = Filter()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self._connect()

    @property
    def filter(self) -> Filter:
        """The last filter that was good."""
        return self._filter

    def show_filter(self, one: Filter) -> None:
        """Fill in another filter."""
        self.words.setText(one.words)
        self.is_regex.setChecked(one.is_regex)
        self.with_case.setChecked(one.with_case)
        self.direction.setCurrentIndex(list(_DIRECTIONS.values()).index(one.direction))
        self.kinds.choose(one.kinds)
        self._tell()

    def show_all(self) -> None:
        """Filter nothing out."""
        self.show_filter(Filter(kinds=ALL))

    def show_paused(self, *, paused: bool) -> None:
        """Show whether what arrives waits."""
        self.pause.setChecked(paused)
        self.pause.show_icon("play" if paused else "pause")
        self.pause.setToolTip(f"{'Go on' if paused else 'Let what arrives wait'} ({shortcuts.PAUSE_TRANSCRIPT})")

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the filter."""
        self.line.say(sentence, fault=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.kinds.set_wide(self.width() >= _WIDE)

    def _tell(self) -> None:
        self._typing.stop()
        typed = Filter(
            _DIRECTIONS[self.direction.currentText()],
            self.kinds.chosen,
            self.words.text(),
            self.is_regex.isChecked(),
            self.with_case.isChecked(),
        )
        fault = typed.wanted.fault()
        self.line.say(fault, fault=True)
        if not fault and typed != self._filter:
            self._filter = typed
            self.changed.emit(typed)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.words, 1)
        for button in (self.is_regex, self.with_case, self.pause):
            button.setCheckable(True)
        for widget in (self.is_regex, self.with_case, self.direction, self.kinds, self.pause, self.more):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.words.textChanged.connect(self._typing.start)
        self.words.returnPressed.connect(self._tell)
        self._typing.timeout.connect(self._tell)
        self.is_regex.toggled.connect(self._tell)
        self.with_case.toggled.connect(self._tell)
        self.direction.currentIndexChanged.connect(self._tell)
        self.kinds.changed.connect(self._tell)
