"""The numbers beside the lines of an editor."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import theme


class LineNumbers(QWidget):
    """``lines`` gives block, number and top edge of each line that starts between two heights."""

    def __init__(self, editor: QPlainTextEdit, lines: Callable[[int, int], Iterator[tuple[int, int, int]]]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._lines = lines
        self.setFont(theme.mono_font())

    def needed_width(self) -> int:
        """Pixels for the highest number."""
        digits = max(len(str(self._editor.blockCount())), 2)
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * theme.S

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.needed_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        scheme = theme.colors()
        painter.fillRect(event.rect(), QColor(scheme.window))
        current = self._editor.textCursor().blockNumber()
        height, width = self.fontMetrics().height(), self.width() - theme.S
        for block, line, top in self._lines(event.rect().top(), event.rect().bottom()):
            painter.setPen(QColor(scheme.text if block == current else scheme.muted))
            painter.drawText(QRect(0, top, width, height), Qt.AlignmentFlag.AlignRight, str(line))
