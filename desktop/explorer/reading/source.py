"""A body as a child process is given it: the path of its file, and the bytes that are not in the file."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from desktop.explorer.sending.blob import Blob

INSTANT = 64 * 1024
"""Bytes: work on so few is done at once, on more of them in a child process."""


class Source(NamedTuple):
    """What ``path`` has up to ``border``, and then ``rest``."""

    rest: bytes
    path: Path | None = None
    border: int = 0


def source_of(blob: Blob) -> Source:
    """What to hand to a child process. The caller keeps the blob, and so its file, until the child has ended.

    Raises OSError.
    """
    if blob.path is None:
        return Source(blob.read())
    border = min(blob.path.stat().st_size, blob.size)  # the file of a body that still grows is behind it
    return Source(blob.read(border), blob.path, border)


class Reader:
    """A source as a file for reading, in a ``with`` statement. Raises OSError."""

    def __init__(self, source: Source) -> None:
        self._rest, _, self._border = source
        self._file: BinaryIO | None = None if source.path is None else source.path.open("rb", buffering=0)
        self._position = 0

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, length: int) -> bytes:
        """At most ``length`` bytes; fewer only at the end."""
        data = b""
        if self._file is not None and self._position < self._border:
            self._file.seek(self._position)
            data = self._file.read(min(length, self._border - self._position))
        start = self._position + len(data) - self._border
        data += self._rest[start : start + length - len(data)]
        self._position += len(data)
        return data

    def seek(self, position: int) -> None:
        """Go on reading elsewhere."""
        self._position = position

    def tell(self) -> int:
        """Where reading goes on."""
        return self._position
