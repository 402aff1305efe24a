"""A read-only view of text that went over the wire; any size of it, without ever blocking the window."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import theme

LIMIT = 2_000_000
"""At most this many characters are shown; a last line says so."""

_FOLD = 2_000  # Qt lays out a line as a whole: a megabyte in one line takes a second
_SLICE = 2_000
_CONTINUES = 1


class CodeView(QPlainTextEdit):
    """Monospace text, put in slice by slice; ``filled`` follows when all of it is there.

    Very long lines are folded into several; copied text has them whole.
    """

    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFont(theme.mono_font())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._rows: Iterator[tuple[str, bool]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fill)

    def show_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self._timer.stop()
        self.clear()
        self._rows = _rows(text)
        self._timer.start()
        self._fill()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        parts: list[str] = []
        for part in cursor.selectedText().split("\u2029"):
            if parts and block.userState() != _CONTINUES:
                parts.append("\n")
            parts.append(part)
            block = block.next()
        mime = QMimeData()
        mime.setText("".join(parts))
        return mime

    def _fill(self) -> None:
        rows = list(islice(self._rows, _SLICE))
        if not rows:
            self._timer.stop()
            self.filled.emit()
            return
        document = self.document()
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = cursor.blockNumber()
        if not document.isEmpty():
            cursor.insertBlock()
            first += 1
        cursor.insertText("\n".join(row for row, _ in rows))
        for number, (_, continues) in enumerate(rows, first):
            if continues:
                document.findBlockByNumber(number).setUserState(_CONTINUES)


def _rows(text: str) -> Iterator[tuple[str, bool]]:
    """The lines to show, each with whether it continues the one before."""
    shown = text[:LIMIT].replace("\r\n", "\n").replace("\r", "\n")
    for line in shown.split("\n"):
        for start in range(0, max(len(line), 1), _FOLD):
            yield line[start : start + _FOLD], start > 0
    if len(text) > LIMIT:
        yield f"[The first {LIMIT:,} of {len(text):,} characters are shown.]", False
