"""Rows of a text of any size, for a page view; offsets count its characters."""

from desktop.widgets.rows import Line
from servers.logs import visible

WIDTH = 200
"""Characters after which a line is folded."""


class TextRows:
    """The lines of a text, with nothing in them that hides or moves what stands beside it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 0, 0  # where a line starts, and up to where it is known to go on

    @property
    def size(self) -> int:
        """Characters that can be shown."""
        return len(self._text)

    def forward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        rows: list[Line] = []
        start = self._row_start(min(offset, self.size - 1))
        while len(rows) < count and start < self.size:
            rows.append(self._row(start))
            start = rows[-1].end
        return rows

    def backward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        rows: list[Line] = []
        end = self.size if offset >= self.size else self._row_start(offset)
        while len(rows) < count and end > 0:
            rows.append(self._row(self._row_start(end - 1)))
            end = rows[-1].start
        return rows[::-1]

    def column(self, line: Line, offset: int) -> int:
        """See ``Rows``."""
        shown = visible(self._text[line.start : max(line.start, min(offset, line.end))])
        return min(len(shown), len(line.text))

    def _row(self, start: int) -> Line:
        newline = self._text.find("\n", start, start + WIDTH + 1)
        stop = newline if newline >= 0 else min(start + WIDTH, self.size)
        goes_on = start > 0 and self._text[start - 1] != "\n"
        return Line(start, stop + (newline >= 0), visible(self._text[start:stop]), goes_on)

    def _row_start(self, offset: int) -> int:
        if offset <= 0:
            return 0
        line = self._line_start(offset)
        at_border = self._text[offset] == "\n" and offset > line and (offset - line) % WIDTH == 0
        return offset - WIDTH if at_border else offset - (offset - line) % WIDTH

    def _line_start(self, offset: int) -> int:
        """Where the line of a character starts; a line of many megabytes is not searched for every row of it."""
        start, known = self._line
        if not start <= offset <= known:
            beyond = known if start <= known < offset else 0
            newline = self._text.rfind("\n", beyond, offset)
            start = newline + 1 if newline >= 0 else start if beyond else 0
            self._line = start, offset
        return start
