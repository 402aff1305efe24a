"""Rows out of cells: pieces of a source that are small enough to be laid out at once."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from desktop.widgets.rows import Line

_KEPT = 12  # cells, of a few hundred rows each: what scrolling to and fro needs


class CellRows(ABC):
    """The part of ``Rows`` that is the same for every source; a cell with bytes in it has at least one row."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Sequence[Line]] = {}

    @property
    @abstractmethod
    def size(self) -> int:
        """Bytes that can be shown."""

    @abstractmethod
    def _cell_at(self, offset: int) -> int:
        """The number of the cell in which a byte lies."""

    @abstractmethod
    def _layout(self, cell: int) -> Sequence[Line]:
        """The rows that start in a cell."""

    @abstractmethod
    def _version(self, cell: int) -> int:
        """Changes whenever the rows of a cell may."""

    def forward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        if self.size == 0:
            return []
        offset = max(0, min(offset, self.size - 1))
        cell = self._cell_at(offset)
        while cell > 0 and not (self._lines(cell) and self._lines(cell)[0].start <= offset):
            cell -= 1
        first = max(0, bisect_right(self._lines(cell), offset, key=_start) - 1)
        return list(islice(self._onwards(cell, first), count))

    def backward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        if self.size == 0 or offset <= 0:
            return []
        cell = self._cell_at(min(offset, self.size) - 1)
        return list(islice((line for line in self._back(cell) if line.end <= offset), count))[::-1]

    def _onwards(self, cell: int, first: int) -> Iterator[Line]:
        last = self._cell_at(self.size - 1)
        yield from self._lines(cell)[first:]
        for following in range(cell + 1, last + 1):
            yield from self._lines(following)

    def _back(self, cell: int) -> Iterator[Line]:
        for one in range(cell, -1, -1):
            yield from reversed(self._lines(one))

    def _lines(self, cell: int) -> Sequence[Line]:
        key = cell, self._version(cell)
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = self._layout(cell)
        return self._kept[key]


def _start(line: Line) -> int:
    return line.start
