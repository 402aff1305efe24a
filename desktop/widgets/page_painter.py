"""Draws the rows of a page view, and tells which character is where."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.widgets.rows import Line

_TAB = 4  # columns


class PagePainter:
    """The rows that are in view, laid out in the font and the colours of a widget."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._layouts: list[tuple[Line, QTextLayout]] = []
        self._digits = 1
        self.hexadecimal = False

    @property
    def row_height(self) -> int:
        """Pixels."""
        return max(1, self._widget.fontMetrics().height())

    @property
    def gutter(self) -> int:
        """The width of the column with the offsets, in pixels."""
        return self._widget.fontMetrics().horizontalAdvance("0") * self._digits + 2 * theme.S

    @property
    def width(self) -> int:
        """The width of the longest row in view, in pixels, with room for the caret."""
        return int(max((layout.lineAt(0).naturalTextWidth() for _, layout in self._layouts), default=0)) + theme.S

    def lay_out(self, lines: Sequence[Line], size: int) -> None:
        """Take other rows of a source of ``size`` bytes."""
        self._digits = len(self._offset(max(size - 1, 0)))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(self._widget.fontMetrics().horizontalAdvance(" ") * _TAB)
        self._layouts = [(line, self._laid_out(line.text, option)) for line in lines]

    def column_at(self, index: int, x: float) -> int:
        """The column nearest to ``x`` pixels from the start of a row's text."""
        line, layout = self._layouts[index]
        return _column(line.text, layout.lineAt(0).xToCursor(x))

    def x_of(self, index: int, column: int) -> float:
        """Pixels from the start of a row's text to a column."""
        line, layout = self._layouts[index]
        return _x(layout, _units(line.text, column))

    def paint(
        self,
        painter: QPainter,
        scrolled: int,
        selected: Iterable[tuple[int, int, bool]],
        marked: Sequence[tuple[int, int]],
    ) -> None:
        """Draw all rows; for each, the columns that are selected, whether its end is, and the columns marked."""
        palette, height = self._widget.palette(), self.row_height
        left = self.gutter + theme.S - scrolled
        painter.save()
        painter.setClipRect(self.gutter, 0, self._widget.width(), self._widget.height())
        for index, (start, end, beyond) in enumerate(selected):
            line, layout = self._layouts[index]
            at = QPointF(left, index * height)
            self._draw_mark(painter, index, marked[index], at)
            if beyond:
                edge = at.x() + _x(layout, _units(line.text, end))
                painter.fillRect(QRectF(edge, at.y(), theme.S, height), palette.highlight())
            formats = [self._selected(palette, line.text, start, end)] if end > start else []
            painter.setPen(palette.text().color())
            layout.draw(painter, at, formats)
        painter.restore()
        self._paint_gutter(painter)

    def paint_caret(self, painter: QPainter, index: int, column: int, scrolled: int) -> None:
        """Draw the caret of a widget that has the focus."""
        line, layout = self._layouts[index]
        at = QPointF(self.gutter + theme.S - scrolled, index * self.row_height)
        if at.x() + _x(layout, _units(line.text, column)) >= self.gutter:
            layout.drawCursor(painter, at, _units(line.text, column), 2)

    def _laid_out(self, text: str, option: QTextOption) -> QTextLayout:
        layout = QTextLayout(text, self._widget.font())
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return layout

    def _paint_gutter(self, painter: QPainter) -> None:
        height, gutter = self.row_height, self.gutter
        painter.fillRect(0, 0, gutter, self._widget.height(), QColor(theme.colors().raised))
        painter.setPen(QColor(theme.colors().muted))
        for index, (line, _) in enumerate(self._layouts):
            if not line.continues or index == 0:
                place = QRectF(0, index * height, gutter - theme.S, height)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight, self._offset(line.start))

    def _draw_mark(self, painter: QPainter, index: int, columns: tuple[int, int], at: QPointF) -> None:
        start, end = columns
        if end <= start:
            return
        left, right = self.x_of(index, start), self.x_of(index, end)
        place = QRectF(at.x() + min(left, right), at.y(), abs(right - left), self.row_height - 1)
        painter.fillRect(place, QColor(theme.colors().reply))
        painter.setPen(QColor(theme.colors().reply_line))
        painter.drawRect(place)

    def _selected(self, palette: QPalette, text: str, start: int, end: int) -> QTextLayout.FormatRange:
        part = QTextLayout.FormatRange()
        part.start = _units(text, start)
        part.length = _units(text, end) - part.start
        look = QTextCharFormat()
        look.setBackground(palette.highlight())
        look.setForeground(palette.highlightedText())
        part.format = look
        return part

    def _offset(self, offset: int) -> str:
        return f"{offset:08x}" if self.hexadecimal else f"{offset:,}"


def _x(layout: QTextLayout, units: int) -> float:
    x = layout.lineAt(0).cursorToX(units)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type] # PySide gives a pair, its stub does not know


def _units(text: str, column: int) -> int:
    """Qt counts UTF-16 code units, Python characters."""
    return column if text.isascii() else len(text[:column].encode("utf-16-le", "surrogatepass")) // 2


def _column(text: str, units: int) -> int:
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))
