"""Rows of a body as it came, as text in its charset."""

from collections.abc import Iterator, Sequence

from desktop.explorer.reading.cells import CellRows
from desktop.explorer.reading.characters import Coding, aligned, coding_of, decode, fold
from desktop.explorer.reading.content import readable
from desktop.explorer.sending.blob import Blob
from desktop.widgets.rows import Line

WIDTH = 200
"""Characters after which a line is folded."""

_CELL = 32 * 1024
_LONGEST = 8  # bytes that a character may take, with an escape sequence before it


def shown(text: str) -> str:
    """A row's text as it is shown: nothing in it hides, or moves what stands beside it."""
    return readable(text).replace("\r", "\\r")


class RawRows(CellRows):
    """A body as text in ``charset``; a line of more than ``width`` characters is folded.

    A line longer than a cell is cut at every cell's border as well, so that no row depends on what lies far before it.
    """

    def __init__(self, blob: Blob, charset: str = "utf-8", width: int = WIDTH) -> None:
        super().__init__()
        self._blob = blob
        self._charset = charset
        self._width = width
        self._reach = width * _LONGEST

    @property
    def size(self) -> int:
        """Bytes that can be shown; grows with the body."""
        return self._blob.size

    def column(self, line: Line, offset: int) -> int:
        """See ``Rows``."""
        if offset <= line.start:
            return 0
        text = decode(self._blob.read(line.start, min(offset, line.end) - line.start), self._coding())
        return min(len(shown(_unmarked(text, line.start))), len(line.text))

    def _coding(self) -> Coding:
        return coding_of(self._charset, self._blob.read(0, 4))

    def _cell_at(self, offset: int) -> int:
        return offset // _CELL

    def _version(self, cell: int) -> int:
        return min(self.size, (cell + 1) * _CELL + self._reach)

    def _layout(self, cell: int) -> Sequence[Line]:
        coding = self._coding()
        start, stop = cell * _CELL, min((cell + 1) * _CELL, self.size)
        anchor = self._anchor(start, coding)
        data = self._blob.read(anchor, stop + self._reach - anchor)
        if _rfind(data[max(0, start - anchor) : stop - anchor], coding) < 0:
            border = stop - anchor
            data = data[: border + aligned(data[:border], data[border : border + _LONGEST], coding)]
        return [line for line in self._rows(data, anchor, stop, coding) if line.start >= start]

    def _anchor(self, start: int, coding: Coding) -> int:
        """Where to fold from: the last line start before a cell, or the cell where the line is longer than that."""
        before = self._blob.read(max(0, start - _CELL), min(start, _CELL))
        newline = _rfind(before, coding)
        if newline >= 0:
            return start - len(before) + newline + coding.unit
        return start + aligned(before, self._blob.read(start, _LONGEST), coding)

    def _rows(self, data: bytes, anchor: int, stop: int, coding: Coding) -> Iterator[Line]:
        position = 0
        cut = anchor > 0 and self._blob.read(anchor - coding.unit, coding.unit) != coding.newline
        while position < min(len(data), stop - anchor):
            newline = _find(data, position, coding)
            end = len(data) if newline < 0 else newline
            lead = 0 if newline < 0 else coding.unit
            for line in self._line(data[position:end], anchor + position, lead, coding):
                if line.start >= stop:
                    return
                yield line._replace(continues=True) if cut else line
                cut = False
            position = end + lead

    def _line(self, line: bytes, start: int, lead: int, coding: Coding) -> Iterator[Line]:
        position, end = start, start + len(line)
        if not line:
            yield Line(start, start + lead, "")
        for text, length in fold(line, coding, self._width):
            last = position + length == end
            text = _unmarked(text, position)
            if last and lead:
                text = text.removesuffix("\r")
            yield Line(position, position + length + (lead if last else 0), shown(text), position > start)
            position += length


def _unmarked(text: str, start: int) -> str:
    """Without the byte order mark at the start of a body."""
    return text.removeprefix("\ufeff") if start == 0 else text


def _find(data: bytes, start: int, coding: Coding) -> int:
    """Where the next line end lies, on a border between code units; -1 for nowhere."""
    found = data.find(coding.newline, start)
    while found % coding.unit and found >= 0:
        found = data.find(coding.newline, found + 1)
    return found


def _rfind(data: bytes, coding: Coding) -> int:
    found = data.rfind(coding.newline)
    while found % coding.unit and found >= 0:
        found = data.rfind(coding.newline, 0, found + coding.unit - 1)
    return found
