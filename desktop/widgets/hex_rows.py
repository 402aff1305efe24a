"""Rows of bytes of any size in hexadecimal and as ASCII, for a page view."""

from typing import Protocol

from desktop.widgets.rows import Line


class Bytes(Protocol):
    """Bytes that can be read from anywhere; there may come more."""

    @property
    def size(self) -> int:
        """How many there are."""

    def read(self, start: int, count: int) -> bytes:
        """At most ``count`` bytes from ``start`` on."""


class FixedBytes:
    """Bytes that are all there."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._data)

    def read(self, start: int, count: int) -> bytes:
        """See ``Bytes``."""
        return self._data[start : start + count]


class HexRows:
    """16 bytes a row, in hexadecimal and as ASCII."""

    def __init__(self, source: Bytes) -> None:
        self._source = source

    @property
    def size(self) -> int:
        """Bytes that can be shown; grows with the source."""
        return self._source.size

    def forward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        start = max(0, min(offset, self.size - 1)) & ~15
        return self._rows(start, min(self.size, start + 16 * count))

    def backward(self, offset: int, count: int) -> list[Line]:
        """See ``Rows``."""
        stop = self.size if offset >= self.size else offset & ~15
        return self._rows(max(0, ((stop + 15) & ~15) - 16 * count), stop)

    def column(self, line: Line, offset: int) -> int:
        """See ``Rows``."""
        index = max(0, min(offset, line.end) - line.start)
        return index * 3 + (index > 8) - (index > 0 and offset >= line.end)

    def _rows(self, start: int, stop: int) -> list[Line]:
        data = self._source.read(start, stop - start)
        pieces = (data[at : at + 16] for at in range(0, len(data), 16))
        return [Line(start + 16 * row, start + 16 * row + len(piece), _hex(piece)) for row, piece in enumerate(pieces)]


def _hex(piece: bytes) -> str:
    text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in piece)
    return f"{piece[:8].hex(' '):23}  {piece[8:].hex(' '):23}  {text}"
