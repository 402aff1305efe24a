"""Text of up to a few megabytes to edit: typing stays instant whatever its lines are, and no character is lost."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import theme
from desktop.widgets.editor_text import FOLD, held, newline_of, released, rows, slice_units
from desktop.widgets.folds import Folds, block_format
from desktop.widgets.stepper import Stepper

LIMIT = 5_000_000
"""Characters that can be edited; longer texts are refused."""

_AT_ONCE = 64_000
_SLICE = 0.015  # nobody types meanwhile, and each slice costs a repaint
_ERASED = 20_000
_ROWS = 300
_KEEP = QTextCursor.MoveMode.KeepAnchor


class LongText(QPlainTextEdit):
    """A very long line is several blocks, joined again in ``text`` and in what is copied.

    Text of more than about 64 kB is put in slice by slice: it cannot be edited before ``filled``, but ``text`` has all
    of it at once. One Undo takes it back, and then nothing older. ``edited`` follows every change. ``refused`` carries
    the sentence to show when a text is too long.
    """

    edited = Signal()
    filled = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.mono_font())
        # Qt looks for the ends of words in a time that grows with the square of the line.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.folds = Folds(self.document())
        self._newline = "\n"
        self._pending: str | None = None
        self._read_only = False
        self._read_at, self._read = (-1, ""), ""
        self._restoring = False
        self._from_start = False
        self._past: _Version | None = None
        self._future: _Version | None = None
        self._work = Stepper(self, _SLICE)
        self.textChanged.connect(self._text_changed)

    @property
    def is_filling(self) -> bool:
        """Whether a long text is still being put in."""
        return self._pending is not None

    @property
    def newline(self) -> str:
        """The line break of the text that was shown: CR LF or LF."""
        return self._newline

    def text(self) -> str:
        """What was typed or shown, to the character."""
        if self._pending is not None:
            return self._pending
        revision = self.document().revision()
        if self._read_at != (revision, self._newline):
            self._read_at, self._read = (revision, self._newline), self._outside(self.folds.text())
        return self._read

    def show_text(self, text: str) -> None:
        """Show another text; one Undo brings back what was there. Refuses one that is too long."""
        if self._refuses(len(text)):
            return
        now = self._version()
        self._newline = newline_of(text)
        self._from_start = True
        self._fill(0, self._end(), held(_with_lf(text, self._newline)), _Version(text, self._newline), now)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put ``text``, as ``folds.text`` gives it, between two positions of the document; one Undo takes it back."""
        all_of_it = self.folds.text()
        before = slice_units(all_of_it, 0, self.folds.place(start))
        after = slice_units(all_of_it, self.folds.place(end), self._end())
        if not self._refuses(len(before) + len(text) + len(after)):
            self._from_start = False
            whole = self._outside(before + text + after)
            self._fill(start, end, text, _Version(whole, self._newline), self._version())

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        if self.isReadOnly():
            return
        text = held(source.text().replace("\r\n", "\n").replace("\r", "\n"))
        cursor = self.textCursor()
        self.replace(cursor.selectionStart(), cursor.selectionEnd(), text)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        cursor = self.textCursor()
        mime = QMimeData()
        mime.setText(self._outside(self.folds.text(cursor.selectionStart(), cursor.selectionEnd())))
        return mime

    def undo(self) -> None:
        """Take back the last change."""
        if self.document().isUndoAvailable():
            self._travel(super().undo)
        elif self._past is not None and not self.isReadOnly():
            self._future = self._version()
            self._restore(self._past)

    def redo(self) -> None:
        """Make a change again that was taken back."""
        if self.document().isRedoAvailable():
            self._travel(super().redo)
        elif self._future is not None and not self.isReadOnly():
            past = self._version()
            self._restore(self._future)
            self._past, self._future = past, None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        menu = self.createStandardContextMenu(event.pos())
        for name, slot, version in (("edit-undo", self.undo, self._past), ("edit-redo", self.redo, self._future)):
            action = menu.findChild(QAction, name)
            if action is not None:
                action.triggered.disconnect()
                action.triggered.connect(slot)
                action.setEnabled(action.isEnabled() or version is not None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def setReadOnly(self, read_only: bool) -> None:  # noqa: N802 - Qt's name
        self._read_only = read_only
        super().setReadOnly(read_only or self.is_filling)

    def fold(self) -> None:
        """Make several blocks of that of the cursor, where typing has made it too long."""
        block = self.textCursor().block()
        if block.length() <= 2 * FOLD:
            return
        self.folds.used = True
        cursor = QTextCursor(block)
        cursor.joinPreviousEditBlock()
        for place in reversed(range(block.position() + FOLD, block.position() + block.length() - 1, FOLD)):
            is_half = "\udc00" <= self.document().characterAt(place) <= "\udfff"
            cursor.setPosition(place - is_half)
            cursor.insertBlock(block_format(continues=True))
        cursor.endEditBlock()

    def _travel(self, there: Callable[[], None]) -> None:
        if self.isReadOnly():
            return
        self.folds.undoing = True
        there()
        self.folds.undoing = False

    def _end(self) -> int:
        return self.document().characterCount() - 1

    def _outside(self, text: str) -> str:
        text = released(text)
        return text if self._newline == "\n" else text.replace("\n", self._newline)

    def _refuses(self, length: int) -> bool:
        if length > LIMIT:
            self.refused.emit(f"{length:,} characters are more than the {LIMIT:,} that can be edited here.")
        return length > LIMIT

    def _version(self) -> "_Version":
        return _Version(self.text(), self._newline)

    def _restore(self, version: "_Version") -> None:
        self._newline = version.newline
        self._restoring = self._from_start = True
        self._fill(0, self._end(), held(_with_lf(*version)), version, None)

    def _fill(self, start: int, end: int, text: str, whole: "_Version", now: "_Version | None") -> None:
        """Put the text in place of what is between two positions, so that Undo brings back what is there ``now``."""
        self._work.stop()
        self._pending = whole.text
        super().setReadOnly(True)
        steps = self._steps(start, end, text)
        is_short = len(text) + end - start <= _AT_ONCE
        if now is None or not is_short or not self.document().isUndoRedoEnabled():
            self.document().setUndoRedoEnabled(False)  # Qt takes a second to undo what is long
            self._past = now
        if is_short:
            for _ in steps:
                pass
        else:
            self._work.start(steps)

    def _steps(self, start: int, end: int, text: str) -> Iterator[None]:
        if max(map(len, text.split("\n"))) > FOLD:
            self.folds.used = True
        blocks = rows(text)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        while end - start > _ERASED:
            self._erase(cursor, end - _ERASED, end)
            end -= _ERASED
            cursor.endEditBlock()
            yield
            cursor.joinPreviousEditBlock()
        self._erase(cursor, start, end)
        cursor.insertText(next(blocks)[0])
        while batch := list(islice(blocks, _ROWS)):
            cursor.endEditBlock()
            yield
            cursor.joinPreviousEditBlock()
            self._insert(cursor, batch)
        cursor.endEditBlock()
        self._filled(cursor)

    def _filled(self, cursor: QTextCursor) -> None:
        self._pending = None
        self.document().setUndoRedoEnabled(True)
        super().setReadOnly(self._read_only)
        if self._from_start:
            cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self._text_changed()
        self._restoring = False
        self.filled.emit()

    def _erase(self, cursor: QTextCursor, start: int, end: int) -> None:
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        cursor.removeSelectedText()

    def _insert(self, cursor: QTextCursor, batch: list[tuple[str, bool]]) -> None:
        if not self.folds.used:
            cursor.insertText("".join(f"\n{row}" for row, _ in batch))
            return
        for row, continues in batch:
            cursor.insertBlock(block_format(continues))
            cursor.insertText(row)

    def _text_changed(self) -> None:
        if self.is_filling:
            return
        self.folds.mend()
        if not self.folds.undoing and not self._restoring:
            self._future = None
        self.edited.emit()


class _Version(NamedTuple):
    text: str
    newline: str


def _with_lf(text: str, newline: str) -> str:
    return text if newline == "\n" else text.replace(newline, "\n")
