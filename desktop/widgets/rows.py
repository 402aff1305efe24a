"""Rows of a source of any size, as a view that scrolls by byte offset asks for them."""

from typing import NamedTuple, Protocol


class Line(NamedTuple):
    """One row: ``text`` as it is shown, made of the bytes from ``start`` up to ``end``, where the next row starts.

    A row that ``continues`` belongs to the same line as the one before it; copied text has no line end between them.
    """

    start: int
    end: int
    text: str
    continues: bool = False


class Rows(Protocol):
    """Where rows come from. Each call takes a few milliseconds whatever the size, and may raise OSError.

    A row is the same from wherever it is reached, and no two start at the same offset.
    """

    @property
    def size(self) -> int:
        """How many bytes can be shown; a source may still grow."""

    def forward(self, offset: int, count: int) -> list[Line]:
        """At most ``count`` rows, the first the one that contains ``offset`` (the last row for one at the end)."""

    def backward(self, offset: int, count: int) -> list[Line]:
        """At most ``count`` rows that end at or before ``offset``, in their order."""

    def column(self, line: Line, offset: int) -> int:
        """The index in ``line.text`` at which the byte at ``offset`` is shown; 0 before it, its length after it."""
