"""A read-only view of text that went over the wire; any size of it, without ever blocking the window."""

import io
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop import theme
from desktop.widgets.folding import Row, fold
from desktop.widgets.syntax import Coloring, Kind, color_of

LIMIT = 2_000_000
"""At most this many characters are shown; a last line says so."""

_SLICE = 1_000
_SLICE_CHARACTERS = 100_000
_BLOCK_ENDS = re.compile("[\u2029\ufdd0\ufdd1]")
_READ = 0.006  # seconds at a time for finding colours
_MARKED = 150  # places in one window of text that are marked

Span = tuple[int, int]
"""From the one character up to the other, counted from the beginning of the text."""


class CodeView(QPlainTextEdit):
    """Monospace text, put in slice by slice; ``filled`` follows when all of it is there.

    Very long lines are folded into several; copied text has them whole. Rows get their colours as they come into view.
    """

    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(theme.mono_font())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._reset("")
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_text(self, text: str, language: str = "") -> None:
        """Show another text from its beginning, in the colours of a language of ``syntax.LANGUAGES``."""
        self._timer.stop()
        self.clear()
        self._reset(_holdable(text[:LIMIT].replace("\r\n", "\n").replace("\r", "\n")), language, len(text))
        self._coloring.read_on(_READ)
        self._timer.start()
        self._work()

    def add_text(self, text: str) -> None:
        """Add to the end of a text without colours; the view follows the end if it was there."""
        room = LIMIT - len(self._text)
        if room <= 0:
            return
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum()
        added = _holdable(self._line_ends.decode(text)[:room])
        rows = list(fold(added, len(self._text), self._column()))
        self._text += added
        while self._filling:
            self._fill()
        self._insert(rows, joined=True)
        if follows:
            bar.setValue(bar.maximum())

    def text(self) -> str:
        """What is shown, or will be when it is filled; its line ends are line feeds."""
        return self._text

    def mark(self, spans: Sequence[Span], current: int = -1) -> None:
        """Mark these places, in order, the ``current`` one most of all; that one comes into view."""
        self._spans, self._current = tuple(spans), current
        self._wanted = 0 <= current < len(spans)
        self._bring()
        self._look()

    def offset_of(self, cursor: QTextCursor) -> int:
        """The character of the text that a cursor stands before."""
        block = cursor.block()
        if block.blockNumber() >= len(self._starts):
            return len(self._text)
        before = block.text().encode("utf-16-le", "surrogatepass")[: 2 * cursor.positionInBlock()]
        return self._starts[block.blockNumber()] + len(before.decode("utf-16-le", "surrogatepass"))

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        parts: list[str] = []
        for part in cursor.selectedText().split("\u2029"):
            if parts and not _state(block) & 1:
                parts.append("\n")
            parts.append(part)
            block = block.next()
        mime = QMimeData()
        mime.setText("".join(parts))
        return mime

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_timer"):
            self._painted += 1
            self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._look()

    def _reset(self, text: str, language: str = "", whole: int = 0) -> None:
        self._text, self._whole = text, whole
        self._starts = array("I")
        self._rows: Iterator[Row] = fold(text)
        self._filling = True
        self._coloring = Coloring(text, language)
        self._painted = 1  # what a row's state says once it has the colours of now
        self._line_ends = io.IncrementalNewlineDecoder(None, translate=True)
        self._spans = ()
        self._wanted = False  # whether the current place is still to be brought into view
        self._current = -1

    def _bring(self) -> None:
        """Bring the current place into view, as soon as its row is there."""
        if not self._wanted or (
            self._filling and (not self._starts or self._starts[-1] <= self._spans[self._current][1])
        ):
            return
        self._wanted = False
        self.setTextCursor(self._cursor(*[self._spans[self._current][0]] * 2))
        self.centerCursor()

    def _work(self) -> None:
        """Put in more rows, and find more colours, until there is nothing left to do."""
        if self._filling:
            self._fill()
        elif not self._coloring.done:
            self._coloring.read_on(_READ)
            self._look()
        else:
            self._timer.stop()

    def _fill(self) -> None:
        rows: list[Row] = []
        size = 0
        for row in self._rows:
            rows.append(row)
            size += len(row[1])
            if len(rows) == _SLICE or size > _SLICE_CHARACTERS:
                break
        else:
            self._filling = False
        self._insert(rows)
        self._bring()
        if not self._filling:
            if self._whole > LIMIT:
                self.appendPlainText(f"[The first {LIMIT:,} of {self._whole:,} characters are shown.]")
            self.filled.emit()

    def _insert(self, rows: list[Row], joined: bool = False) -> None:
        """Add rows at the end; with ``joined`` the first one goes on in the last line that is there."""
        if not rows:
            return
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = cursor.blockNumber()
        new = rows[1:] if joined and self._starts else rows
        if self._starts and not joined:
            cursor.insertBlock()
            first += 1
        elif new is not rows:
            first += 1
        cursor.insertText("\n".join(text for _, text, _ in rows))
        for number, (start, _, continues) in enumerate(new, first):
            self._starts.append(start)
            if continues:
                self.document().findBlockByNumber(number).setUserState(1)
        self._look()

    def _look(self) -> None:
        """Give the rows in view their colours and marks."""
        block = self.firstVisibleBlock()
        first = block.blockNumber()
        bottom = self.viewport().height() - self.contentOffset().y()
        last = first
        while block.isValid() and self.blockBoundingGeometry(block).top() <= bottom:
            last = block.blockNumber()
            if last < len(self._starts) and _state(block) >> 1 != self._painted:
                self._color(block)
            block = block.next()
        self._show_marks(first, last)

    def _color(self, block: QTextBlock) -> None:
        start = self._starts[block.blockNumber()]
        text = block.text()
        if self._coloring.reached < start + len(text) and not self._coloring.done:
            return
        ranges = [
            _format(text, one - start, end - start, kind)
            for one, end, kind in self._coloring.within(start, start + len(text))
        ]
        block.setUserState(self._painted << 1 | _state(block) & 1)
        if ranges or block.layout().formats():
            block.layout().setFormats(ranges)
            self.document().markContentsDirty(block.position(), block.length())

    def _show_marks(self, first: int, last: int) -> None:
        if not self._spans or not self._starts:
            self.setExtraSelections([])
            return
        number = min(first, len(self._starts) - 1)
        low = bisect_right(self._spans, (self._starts[number], -1))
        end = self._starts[last + 1] if last + 1 < len(self._starts) else len(self._text)
        high = bisect_right(self._spans, (end, -1))
        # A place that begins above the window may reach into it.
        numbers = [*range(max(low - 1, 0), min(high, low + _MARKED))]
        if numbers and numbers[-1] < self._current < high:
            numbers.append(self._current)
        self.setExtraSelections([self._selection(one) for one in numbers])

    def _selection(self, number: int) -> QTextEdit.ExtraSelection:
        scheme = theme.colors()
        back, fore = (scheme.accent, scheme.on_accent) if number == self._current else (scheme.reply, scheme.text)
        selection = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setBackground(QColor(back))
        form.setForeground(QColor(fore))
        selection.format = form
        selection.cursor = self._cursor(*self._spans[number])
        return selection

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _position(self, offset: int) -> int:
        """Where a character of the text stands in the document, which counts in units of UTF-16."""
        number = max(bisect_right(self._starts, offset) - 1, 0)
        block = self.document().findBlockByNumber(number)
        text = block.text()
        return block.position() + _units(text, min(offset - self._starts[number], len(text)))

    def _column(self) -> int:
        return len(self._text) - self._starts[-1] if self._starts else 0


def _holdable(text: str) -> str:
    """The text without the characters that Qt takes for the end of a block, which are no characters of any language."""
    return _BLOCK_ENDS.sub("\ufffd", text)


def _state(block: QTextBlock) -> int:
    """The lowest bit: the row continues the one before. The others: which colours it has."""
    return max(block.userState(), 0)


def _units(text: str, count: int) -> int:
    return count if text.isascii() else len(text[:count].encode("utf-16-le", "surrogatepass")) // 2


def _format(text: str, start: int, end: int, kind: Kind) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setForeground(QColor(color_of(kind)))
    made = QTextLayout.FormatRange()
    made.start = _units(text, start)
    made.length = _units(text, end) - made.start
    made.format = form
    return made
