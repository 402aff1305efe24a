"""Find and replace below an editor; searching never keeps the window from answering."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.editor_text import LINE_BREAK
from desktop.widgets.icon_button import IconButton
from desktop.widgets.long_text import LongText
from desktop.widgets.message_line import MessageLine
from desktop.widgets.searching import Found, TooCostly, Wanted, find
from desktop.widgets.stepper import Stepper

MOST = 100_000
"""Matches that are counted, and replaced at once."""

_AFTER_EDIT_MS = 200
_TOO_COSTLY = "This expression takes too long on this text: say more exactly what it should match."
_GROUPS = "$0 is what an expression has matched, $1 to $9 are its groups."


class FindBar(QWidget):
    """Looks in ``editor``; hidden until it is asked for. Return finds on, Shift+Return back, Esc closes."""

    def __init__(self, editor: LongText, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._found: list[Found] = []
        self._searched = True
        self._then: Callable[[], None] | None = None
        self._work = Stepper(self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AFTER_EDIT_MS)
        self.words = QLineEdit(self)
        self.replacement = QLineEdit(self)
        self.with_case = QCheckBox("Match &case", self)
        self.is_regex = QCheckBox("Regular e&xpression", self)
        self.count = QLabel(self)
        self.message = MessageLine(parent=self)
        self._lay_out()
        self._connect()
        self.hide()

    def open(self, *, replace: bool = False) -> None:
        """Show the bar, with the selected words in it, and with the fields to replace if asked for."""
        cursor = self._editor.textCursor()
        selected = cursor.selectedText()
        if selected and LINE_BREAK not in selected:
            self.words.setText(selected)
        self._row.setVisible(replace and not self._editor.isReadOnly())
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._search(self._show_first)

    def close_bar(self) -> None:
        """Hide the bar and go back to the text."""
        self._work.stop()
        self.hide()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        """Select the next match behind the cursor; from the beginning again after the last."""
        self._when_found(self._to_next)

    def find_previous(self) -> None:
        """Select the match before the cursor; the last one before the first."""
        self._when_found(self._to_previous)

    def replace(self) -> None:
        """Replace the match that is selected, and go to the next."""
        number = self._current()
        if number is None:
            self.find_next()
            return
        found = self._found[number]
        self._editor.replace(*self._places(found), found.replacement)
        self._search(self.find_next)

    def replace_all(self) -> None:
        """Replace every match; one Undo takes all of it back."""
        self._when_found(self._put_all)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched in (self.words, self.replacement)
        ):
            return self._took(event, watched is self.replacement)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _took(self, event: QKeyEvent, in_replacement: bool) -> bool:
        if (
            event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            or event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.find_previous()
        elif in_replacement:
            self.replace()
        else:
            self.find_next()
        return True

    def _wanted(self) -> Wanted:
        return Wanted(self.words.text(), self.is_regex.isChecked(), self.with_case.isChecked())

    def _words_changed(self) -> None:
        self._search(self._show_first)

    def _search_again(self) -> None:
        self._search()

    def _search(self, then: Callable[[], None] | None = None) -> None:
        """Look for everything anew, and ``then`` do something with it."""
        self._again.stop()
        self._work.stop()
        self._found, self._searched, self._then = [], True, then
        wanted = self._wanted()
        fault = wanted.fault()
        self.message.say(fault, fault=True)
        if wanted.text and not fault and not self._editor.is_filling:
            self._searched = False
            self._work.start(self._collect(wanted))
        self._say_count()

    def _collect(self, wanted: Wanted) -> Iterator[None]:
        try:
            for found in find(self._editor.folds.text(), wanted, self.replacement.text()):
                if found is not None:
                    self._found.append(found)
                    if len(self._found) == MOST:
                        break
                yield
        except TooCostly:
            self.message.say(_TOO_COSTLY, fault=True)
        self._searched = True
        self._say_count()
        if self._then is not None and self._found:
            self._then()

    def _when_found(self, then: Callable[[], None]) -> None:
        """Do something with the matches, once they are all known."""
        if not self._searched:
            self._then = then
        elif self._found:
            then()

    def _show_first(self) -> None:
        start = self._editor.folds.place(self._editor.textCursor().selectionStart())
        number = bisect_left(self._found, start, key=lambda one: one.start)
        self._show(self._found[number % len(self._found)])

    def _to_next(self) -> None:
        self._step(1)

    def _to_previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        cursor, folds = self._editor.textCursor(), self._editor.folds
        place = folds.place(cursor.selectionEnd() if step > 0 else cursor.selectionStart())
        number = bisect_left(self._found, place, key=lambda one: one.start)
        self._show(self._found[(number if step > 0 else number - 1) % len(self._found)])

    def _show(self, found: Found) -> None:
        start, end = self._places(found)
        cursor = self._editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()
        self._say_count()

    def _places(self, found: Found) -> tuple[int, int]:
        folds = self._editor.folds
        return folds.position(found.start), folds.position(found.end, ends=True)

    def _current(self) -> int | None:
        """The number of the match that is selected."""
        cursor, folds = self._editor.textCursor(), self._editor.folds
        start, end = folds.place(cursor.selectionStart()), folds.place(cursor.selectionEnd())
        number = bisect_left(self._found, start, key=lambda one: one.start)
        is_one = number < len(self._found) and self._found[number][:2] == (start, end)
        return number if is_one else None

    def _put_all(self) -> None:
        """Put the replacements into the stretch from the first match to the last, as one change."""
        first, last = self._found[0].start, self._found[-1].end
        data = self._editor.folds.text().encode("utf-16-le", "surrogatepass")
        pieces: list[bytes] = []
        at = first
        for found in self._found:
            pieces += (data[2 * at : 2 * found.start], found.replacement.encode("utf-16-le", "surrogatepass"))
            at = found.end
        count = len(self._found)
        places = self._places(Found(first, last, ""))
        self._editor.replace(*places, b"".join(pieces).decode("utf-16-le", "surrogatepass"))
        self._again.stop()
        self._found = []
        self._say_count()
        self.message.say(f"{count:,} replaced; Undo takes it back.")

    def _say_count(self) -> None:
        total = len(self._found)
        more = "+" if total == MOST else "" if self._searched else "…"
        number = self._current() if total else None
        words = f"{number + 1:,} of {total:,}{more}" if number is not None else f"{total:,}{more} found"
        self.count.setText(words if self.words.text() else "")

    def _lay_out(self) -> None:
        self.words.setPlaceholderText("Find")
        self.words.setAccessibleName("Find")
        self.replacement.setPlaceholderText("Replace with")
        self.replacement.setAccessibleName("Replace with")
        self.replacement.setToolTip(_GROUPS)
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("00,000 of 00,000"))
        self.previous = IconButton("chevron-up", "Previous match", self)
        self.next = IconButton("chevron-down", "Next match", self)
        self.close_button = IconButton("close", "Close find", self)
        self.replace_one = QPushButton("&Replace", self)
        self.replace_every = QPushButton("Replace a&ll", self)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.words, 1)
        for one in (self.count, self.with_case, self.is_regex, self.previous, self.next, self.close_button):
            upper.addWidget(one)
        lower.addWidget(self.replacement, 1)
        lower.addWidget(self.replace_one)
        lower.addWidget(self.replace_every)
        self._row = QWidget(self)
        self._row.setLayout(lower)
        lower.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.XS, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(upper)
        layout.addWidget(self._row)
        layout.addWidget(self.message)

    def _connect(self) -> None:
        self.words.installEventFilter(self)
        self.replacement.installEventFilter(self)
        self.words.textChanged.connect(self._words_changed)
        self.replacement.textChanged.connect(self._search_again)
        self.with_case.toggled.connect(self._search_again)
        self.is_regex.toggled.connect(self._search_again)
        self.next.clicked.connect(self.find_next)
        self.previous.clicked.connect(self.find_previous)
        self.close_button.clicked.connect(self.close_bar)
        self.replace_one.clicked.connect(self.replace)
        self.replace_every.clicked.connect(self.replace_all)
        self._editor.edited.connect(self._edited)
        self._again.timeout.connect(self._search_again)

    def _edited(self) -> None:
        if self.isVisible():
            self._again.start()
