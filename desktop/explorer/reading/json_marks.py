"""Marks in a JSON text of any size, from which reading can start anywhere."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from desktop.explorer.reading.jobs import in_process
from desktop.explorer.reading.source import INSTANT, Reader, Source, source_of
from desktop.explorer.sending.blob import Blob

CELL = 16 * 1024
"""Bytes between two marks, at most."""

_BATCH = 256
_NO_MARKS = bytes(set(range(256)) - set(b'{}[]"'))
_SQUARE = bytes.maketrans(b"{}", b"[]")
_DEEP = 8
_STEPS = bytes.maketrans(b"[]", b"\x01\xff")  # as signed bytes: one deeper, one less deep
_LEAST = 64
_ROWS = 2_000
"""At most about so many rows are made of a cell."""
_BORDER = re.compile(rb".*[][{}\s]", re.DOTALL)


class Mark(NamedTuple):
    """Where a cell starts, and what is true there.

    ``depth`` counts the brackets that are open, ``lowest`` is its minimum within the cell. In a string, or where the
    text was ``cut`` because no place to do so came for too long, the cell goes on with the token before it. A cell that
    ``is_string`` is nothing else.
    """

    offset: int
    depth: int = 0
    lowest: int = 0
    in_string: bool = False
    cut: bool = False
    is_string: bool = False


class Marks:
    """What is known of a JSON text; grows while ``scan`` runs. ``scanned`` is the number of bytes that are marked."""

    def __init__(self) -> None:
        self.list: list[Mark] = []
        self.scanned = 0

    def add(self, marks: list[Mark], scanned: int) -> None:
        """Take what has been scanned from the last mark on, or from after its cell."""
        if self.list and self.list[-1].offset == marks[0].offset:
            self.list.pop()
        self.list += marks
        self.scanned = scanned

    def cell_at(self, offset: int) -> int:
        """The number of the cell in which a byte lies."""
        return max(0, bisect_right(self.list, offset, key=_offset) - 1)

    def cell_end(self, cell: int) -> int:
        """The offset at which a cell ends."""
        return self.list[cell + 1].offset if cell + 1 < len(self.list) else self.scanned


async def scan(blob: Blob, marks: Marks, progress: Callable[[int], None] | None = None) -> None:
    """Mark what of the blob is not marked yet: the first 64 KB at once, what is left in a child process.

    ``progress`` is told the bytes that have been scanned. May be called again when the blob has grown, but not twice at
    a time. Raises OSError, JobDied.
    """

    def take(batch: tuple[list[Mark], int]) -> None:
        marks.add(*batch)
        if progress is not None:
            progress(marks.scanned)

    start = marks.list[-1] if marks.list else Mark(0)
    if blob.size - start.offset <= INSTANT or not marks.list:
        for batch in _batches(Source(blob.read(start.offset, INSTANT)), start, start.offset):
            take(batch)
    if marks.scanned < blob.size:
        await in_process(scan_marks, source_of(blob), marks.list[-1], progress=take)


def scan_marks(source: Source, start: Mark, report: Callable[[tuple[list[Mark], int]], None]) -> None:
    """Report the marks of a source from ``start`` on, in batches, each with the offset up to which it reaches."""
    for batch in _batches(source, start, 0):
        report(batch)


def _batches(source: Source, start: Mark, origin: int) -> Iterator[tuple[list[Mark], int]]:
    marks, size = [start], CELL
    with Reader(source) as file:
        while True:
            file.seek(marks[-1].offset - origin)
            following = _next(file, marks, size)
            if following is None:
                break
            # Where brackets are dense cells are short: no more is read than the next one may need.
            size = min(CELL, 2 * (following.offset - marks[-1].offset) + 64)
            if len(marks) > _BATCH:
                yield marks, following.offset
                marks = []
            marks.append(following)
        yield marks, file.tell() + origin


def _next(file: Reader, marks: list[Mark], size: int) -> Mark | None:
    """Read one cell, complete the mark at its start, and give the mark at its end; None at the end of the text."""
    mark = marks[-1]
    chunk = file.read(size)
    last = len(chunk) < size
    cell = _cell(chunk, mark.in_string, last)
    if cell.rows > _ROWS:
        last = False
        cell = _cell(chunk[: max(cell.length * _ROWS // cell.rows, _LEAST)], mark.in_string, last)
    marks[-1] = mark._replace(lowest=mark.depth - cell.closed, is_string=cell.is_string)
    if last:
        return None
    return Mark(mark.offset + cell.length, mark.depth - cell.closed + cell.opened, 0, cell.ends_in_string, cell.cut)


class _Cell(NamedTuple):
    length: int
    rows: int
    closed: int
    opened: int
    ends_in_string: bool
    cut: bool
    is_string: bool


def _cell(chunk: bytes, in_string: bool, last: bool) -> _Cell:
    """What is known of the cell at the start of a chunk, which it fills if it is the ``last``."""
    if not last:
        chunk = _without_a_broken_character(chunk)
    plain = _without_escapes(chunk)
    ends_in_string = (plain.count(b'"') + in_string) % 2 == 1
    length, cut = (len(chunk), False) if last else _border(plain, ends_in_string)
    plain = plain[:length]
    outside = _outside(plain, in_string)
    closed, opened = _brackets(outside)
    return _Cell(
        length,
        plain.count(b",") + len(outside),
        closed,
        opened,
        ends_in_string and length == len(chunk),
        cut,
        in_string and b'"' not in plain,
    )


def _border(plain: bytes, ends_in_string: bool) -> tuple[int, bool]:
    """Where the cell ends: after its last comma, else in a string or after a token, else anywhere (then it is cut)."""
    end, inside = len(plain), ends_in_string
    while end >= 0:
        quote = plain.rfind(b'"', 0, end)
        if not inside and (comma := plain.rfind(b",", quote + 1, end)) >= 0:
            return comma + 1, False
        end, inside = quote, not inside
    if ends_in_string:
        return len(plain), False
    tail = plain.rfind(b'"') + 1
    if (found := _BORDER.match(plain, tail)) is not None:
        return found.end(), False
    return len(plain), True


def _outside(plain: bytes, in_string: bool) -> bytes:
    """The brackets that stand outside of strings, all of them square."""
    marks = plain.translate(_SQUARE, _NO_MARKS).replace(b'""', b"")  # pairs of quotation marks change nothing
    return b"".join(marks.split(b'"')[in_string::2])


def _without_a_broken_character(chunk: bytes) -> bytes:
    """Without the beginning of a UTF-8 character or of an escape at its end."""
    end = len(chunk)
    while end > len(chunk) - 4 and chunk[end - 1] & 0xC0 == 0x80:
        end -= 1
    if chunk[end - 1] >= 0xC0:
        chunk = chunk[: end - 1]
    slashes = len(chunk) - len(chunk.rstrip(b"\\"))
    return chunk[: len(chunk) - slashes % 2]


def _without_escapes(chunk: bytes) -> bytes:
    """The same length, with no quotation mark that does not begin or end a string."""
    return chunk.replace(b"\\\\", b"__").replace(b'\\"', b"__") if b"\\" in chunk else chunk


def _brackets(outside: bytes) -> tuple[int, int]:
    """How many brackets close what was open before, and how many stay open."""
    left = outside
    for _ in range(_DEEP):
        shorter = left.replace(b"[]", b"")
        if len(shorter) == len(left):
            closed = left.count(b"]")
            return closed, len(left) - closed
        left = shorter
    return _brackets_one_by_one(left)


def _brackets_one_by_one(brackets: bytes) -> tuple[int, int]:
    depths = list(accumulate(array("b", brackets.translate(_STEPS))))
    lowest = min(0, *depths)
    return -lowest, depths[-1] - lowest


def _offset(mark: Mark) -> int:
    return mark.offset
