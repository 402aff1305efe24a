"""Find in a transcript: every message that has the words, counted while messages come and go."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.reading.looking import Finder
from desktop.chat.transcript.view import Transcript
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from desktop.widgets.searching import TooCostly, Wanted
from desktop.widgets.stepper import Stepper

_TOO_COSTLY = "This expression takes too long on this transcript: say more exactly what it should match."
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QWidget):
    """Looks in the rows of ``transcript``; hidden until it is asked for. Return goes on, Shift+Return back, Esc closes.

    Rows are numbered from the first one of the search on, so that their numbers stay while the oldest are dropped.
    """

    def __init__(self, transcript: Transcript, parent: QWidget) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._messages = transcript.messages
        self._finder: Finder | None = None
        self._found: list[int] = []
        self._reached = self._dropped = self._start = 0
        self._at: int | None = None
        self._then: Callable[[], None] | None = None
        self._work = Stepper(self)
        self.words = QLineEdit(self, placeholderText="Find", clearButtonEnabled=True)
        self.words.setAccessibleName("Find in the transcript")
        self.is_regex = IconButton("regex", "Find by a regular expression", self)
        self.with_case = IconButton("format-letter-case", "Match case", self)
        self.count = QLabel(self)
        self.previous = IconButton("chevron-up", "Previous match", self)
        self.next = IconButton("chevron-down", "Next match", self)
        self.close_button = IconButton("close", "Close find", self)
        self.message = MessageLine(parent=self)
        self._lay_out()
        self._connect()
        self.hide()

    def open(self) -> None:
        """Show the bar, and look for what is in it."""
        if self.isHidden():
            self.show()
            self._search(self._show_first)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and go back to the transcript."""
        self._work.stop()
        self._transcript.mark(None)
        self.hide()
        self._transcript.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        """Show the next message that has the words; the first one after the last."""
        self._when_found(self._to_next)

    def find_previous(self) -> None:
        """Show the message before that has the words; the last one before the first."""
        self._when_found(self._to_previous)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _RETURN:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.find_previous if back else self.find_next)()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _words_changed(self) -> None:
        self._search(self._show_first)

    def _search_again(self) -> None:
        """Look in other rows: those that a filter has chosen."""
        if not self.isHidden():
            self._search()

    def _search(self, then: Callable[[], None] | None = None) -> None:
        """Look for everything anew, and ``then`` do something with it."""
        wanted = Wanted(self.words.text(), self.is_regex.isChecked(), self.with_case.isChecked())
        fault = wanted.fault()
        self.message.say(fault, fault=True)
        self._work.stop()
        self._start = (self._top() if self._at is None else self._at) - self._dropped
        self._found, self._reached, self._dropped, self._at = [], 0, 0, None
        self._finder = Finder(wanted) if wanted.text and not fault else None
        self._transcript.mark(self._finder)
        self._then = then
        self._go_on()

    def _go_on(self) -> None:
        if self._finder is not None and not self._work.running and not self.isHidden():
            self._work.start_later(self._collect(self._finder))
        self._say_count()

    def _collect(self, finder: Finder) -> Iterator[None]:
        try:
            while not self._searched:
                if finder.finds_in(self._messages.rows[self._reached - self._dropped]):
                    self._found.append(self._reached)
                self._reached += 1
                yield
        except TooCostly:
            self._finder = None
            self.message.say(_TOO_COSTLY, fault=True)
        self._say_count()
        self._do_then()

    @property
    def _searched(self) -> bool:
        return self._finder is None or self._reached - self._dropped >= len(self._messages.rows)

    def _do_then(self) -> None:
        then, self._then = self._then, None
        if then is not None and self._found:
            then()

    def _when_found(self, then: Callable[[], None]) -> None:
        """Show the bar if need be, and do something with the matches once they are all known."""
        if self.isHidden():
            self.open()
        elif not self._searched:
            self._then = then
        elif self._found:
            then()

    def _show_first(self) -> None:
        """Show the first match from where the last one was, or from where the transcript is read."""
        self._show(bisect_left(self._found, self._start))

    def _to_next(self) -> None:
        self._show(bisect_left(self._found, self._top() if self._at is None else self._at + 1))

    def _to_previous(self) -> None:
        self._show(bisect_left(self._found, self._top() if self._at is None else self._at) - 1)

    def _top(self) -> int:
        return self._transcript.edge_row(-1) + self._dropped

    def _show(self, number: int) -> None:
        self._at = self._found[number % len(self._found)]
        self._transcript.show_row(self._at - self._dropped)
        self._say_count()

    def _say_count(self) -> None:
        number = bisect_left(self._found, self._at) + 1 if self._at is not None else 0
        total = f"{len(self._found):,}{'' if self._searched else '…'}"
        words = f"{number:,} of {total}" if number else f"{total} found"
        self.count.setText(words if self._finder is not None else "")
        for button in (self.previous, self.next):
            button.setEnabled(bool(self._found))

    def _on_removed(self, _: QModelIndex, first: int, last: int) -> None:
        """Forget what was found in the rows that were dropped at the top."""
        self._dropped += last - first + 1
        self._reached = max(self._reached, self._dropped)
        del self._found[: bisect_left(self._found, self._dropped)]
        if self._at is not None and self._at < self._dropped:
            self._at = None
        self._say_count()

    def _lay_out(self) -> None:
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("0,000 of 0,000"))
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(self.words, 1)
        for one in (self.is_regex, self.with_case, self.count, self.previous, self.next, self.close_button):
            row.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(row)
        layout.addWidget(self.message)

    def _connect(self) -> None:
        for button in (self.is_regex, self.with_case):
            button.setCheckable(True)
            button.toggled.connect(self._words_changed)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._words_changed)
        self.next.clicked.connect(self.find_next)
        self.previous.clicked.connect(self.find_previous)
        self.close_button.clicked.connect(self.close_bar)
        self._messages.rowsInserted.connect(self._go_on)
        self._messages.rowsRemoved.connect(self._on_removed)
        self._messages.modelReset.connect(self._search_again)
