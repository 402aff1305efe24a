"""Where the values of a JSON text end, however long they are: what lies between is passed over by its marks."""

import re
from typing import NamedTuple

from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.sending.blob import Blob

WINDOW = 64 * 1024
"""Bytes that are read at a time."""

_REST = rb'[^"\\]*+(?:\\.[^"\\]*+)*+"'
_STRING_END = re.compile(_REST, re.DOTALL)
_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"%b)*+([\[\]{}])' % _REST, re.DOTALL)


class Piece(NamedTuple):
    """Bytes of the source, and the offset at which they start."""

    data: bytes
    base: int


class Ends:
    """Finds ends, as far as the marks reach. Raises OSError."""

    def __init__(self, blob: Blob, marks: Marks) -> None:
        self._blob = blob
        self._marks = marks
        self._piece = Piece(b"", 0)

    @property
    def scanned(self) -> int:
        """Up to where ends can be known."""
        return self._marks.scanned

    def piece(self, offset: int, length: int) -> Piece:
        """Bytes with at least ``length`` of those from ``offset`` on, if there are so many."""
        end = min(offset + length, self.scanned)
        data, base = self._piece
        if not base <= offset <= end <= base + len(data):
            self._piece = Piece(self._blob.read(offset, min(WINDOW, self.scanned - offset)), offset)
        return self._piece

    def of_string(self, start: int) -> int | None:
        """The offset after the string whose quotation mark is at ``start``; None where that is not known yet."""
        marks, cell = self._marks, self._marks.cell_at(start)
        if (end := self._close_string(start + 1, cell)) is not None:
            return end
        for number in range(cell + 1, len(marks.list)):
            if not marks.list[number].is_string:
                return self._close_string(marks.list[number].offset, number)
        return None

    def of_container(self, start: int, depth: int) -> int | None:
        """The offset after the array or object at ``start``, outside of which ``depth`` brackets are open."""
        marks, cell = self._marks, self._marks.cell_at(start)
        if (end := self._close(start, cell, 0, 0)) is not None:
            return end
        for number in range(cell + 1, len(marks.list)):
            mark = marks.list[number]
            if mark.lowest <= depth:
                begin = mark.offset if not mark.in_string else self._close_string(mark.offset, number)
                return None if begin is None else self._close(begin, number, mark.depth, depth)
        return None

    def _close_string(self, start: int, cell: int) -> int | None:
        stop = self._marks.cell_end(cell)
        data, base = self.piece(start, stop - start)
        found = _STRING_END.match(data, start - base, stop - base)
        return found.end() + base if found else None

    def _close(self, start: int, cell: int, depth: int, until: int) -> int | None:
        """Where the depth comes down to ``until`` in the rest of a cell."""
        stop = self._marks.cell_end(cell)
        data, base = self.piece(start, stop - start)
        position = start - base
        while (found := _BRACKET.match(data, position, stop - base)) is not None:
            position = found.end()
            depth += 1 if found[1] in b"{[" else -1
            if depth <= until:
                return position + base
        return None
