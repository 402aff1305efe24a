"""Lays out text in lines of a width, and finds where characters of it stand."""

from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

MARKS = 1_000
"""Matches that are marked in one bubble."""

_LINE_SEPARATOR = "\u2028"
_LONG_WORD = 500  # characters; Qt looks for the ends of words in a time that grows with their square


class Spanned(Protocol):
    """What was found in a text."""

    def span(self) -> tuple[int, int]:
        """Where it begins and ends, in characters."""


class Pattern(Protocol):
    """Finds something in texts, one after the other, as a compiled regular expression does."""

    def finditer(self, text: str, /) -> Iterator[Spanned]: ...


def lay_out(text: str, font: QFont, width: float, most: int) -> tuple[QTextLayout, bool]:
    """At most ``most`` lines of ``width`` pixels, and whether they are all."""
    layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), font)
    option = QTextOption()
    by_character = any(len(word) > _LONG_WORD for word in text.split())
    mode = QTextOption.WrapMode
    option.setWrapMode(mode.WrapAnywhere if by_character else mode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y, end, count = 0.0, 0, 0
    while count < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, y))
        y, end, count = y + line.height(), _end_of(line), count + 1
    layout.endLayout()
    return layout, end >= _units(text, len(text))


def width_of(layout: QTextLayout) -> float:
    """The width of the longest line in pixels."""
    return max((line.naturalTextWidth() for line in lines_of(layout)), default=0.0) + 1


def lines_of(layout: QTextLayout, first: int = 0) -> Iterator[QTextLine]:
    """The lines from one on."""
    return (layout.lineAt(number) for number in range(first, layout.lineCount()))


def boxes_of(layout: QTextLayout, pattern: Pattern) -> list[QRectF]:
    """Where the matches of an expression stand, as far as they are laid out; one that wraps has several boxes."""
    text = layout.text().replace(_LINE_SEPARATOR, "\n")
    boxes: list[QRectF] = []
    for match in islice(pattern.finditer(text), MARKS):
        start, end = (_units(text, place) for place in match.span())
        first = layout.lineForTextPosition(start)
        if start < end and first.isValid():
            boxes.extend(_boxes(layout, first.lineNumber(), start, end))
    return boxes


def _boxes(layout: QTextLayout, first: int, start: int, end: int) -> Iterator[QRectF]:
    for line in lines_of(layout, first):
        if line.textStart() >= end:
            return
        left, right = (_x(line, min(max(place, line.textStart()), _end_of(line))) for place in (start, end))
        if left != right:
            yield QRectF(min(left, right), line.y(), abs(right - left), line.height() - 1)


def _x(line: QTextLine, position: int) -> float:
    x = line.cursorToX(position)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type] # PySide gives a pair, its stub does not know


def _end_of(line: QTextLine) -> int:
    return line.textStart() + line.textLength()


def _units(text: str, count: int) -> int:
    """Qt counts UTF-16 code units, Python characters."""
    return count if text.isascii() else len(text[:count].encode("utf-16-le", "surrogatepass")) // 2
