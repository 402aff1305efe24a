"""Bytes that arrive in pieces and are kept whole: in memory at first, then in a temporary file."""

import asyncio
import os
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import psutil

MEMORY = 4 * 1024 * 1024
"""So many bytes stay in memory; a longer body lies on the disk."""

_TAIL = 1024 * 1024
"""So many bytes wait in memory until they are written together."""

_PREFIX, _SUFFIX = "portside-", ".body"


class Blob:
    """A body of any size. ``read`` gives any window of what has come so far; ``path`` is its file once it has one.

    While it grows, the file may be a megabyte behind; after ``flush`` it has all. It is deleted with the blob, when
    nobody holds that any more. ``folder`` is where the file goes, by default the system's folder for temporary files.
    One task at a time may append; the same thread, or any one after that, may read.
    """

    def __init__(self, data: bytes = b"", folder: Path | None = None) -> None:
        self.size = len(data)
        self.path: Path | None = None
        self._folder = folder
        self._file: BinaryIO | None = None
        self._on_disk = 0
        self._tail = bytearray(data)

    @classmethod
    def open(cls, path: Path) -> "Blob":
        """The bytes of a file that stays when the blob goes; nothing can be appended. Raises OSError."""
        blob = cls()
        blob.size = blob._on_disk = path.stat().st_size
        blob.path = path
        return blob

    async def append(self, data: bytes) -> None:
        """Add a piece at the end. Raises OSError where the disk is full; what lies on it already stays."""
        self._tail += data
        self.size += len(data)
        if len(self._tail) > (MEMORY if self._file is None else _TAIL):
            await self._write()

    async def flush(self) -> None:
        """Write to the file what is not there yet, if there is a file. Raises OSError."""
        if self._file is not None and self._tail:
            await self._write()

    def read(self, start: int = 0, length: int | None = None) -> bytes:
        """The bytes from ``start``, at most ``length`` of them. Raises OSError."""
        end = self.size if length is None else min(start + length, self.size)
        kept = self._on_disk
        written = self._read_file(start, min(end, kept) - start) if start < kept else b""
        return written + self._tail[max(start - kept, 0) : max(end - kept, 0)]

    def _read_file(self, start: int, length: int) -> bytes:
        if self.path is None or length <= 0:
            return b""
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(length)

    async def _write(self) -> None:
        try:
            await asyncio.to_thread(self._write_tail)
        except OSError:
            self._drop_tail()
            raise
        self._on_disk, self._tail = self.size, bytearray()

    def _write_tail(self) -> None:
        if self._file is None:
            self._file = self._make_file()
        self._file.seek(self._on_disk)
        rest = memoryview(self._tail)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _make_file(self) -> BinaryIO:
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-", suffix=_SUFFIX, dir=self._folder)
        file = os.fdopen(number, "w+b", buffering=0)
        self.path = Path(name)
        weakref.finalize(self, _remove, file, self.path)
        return file

    def _drop_tail(self) -> None:
        """Keep what lies on the disk; where that is nothing, what memory holds."""
        if self._on_disk:
            self._tail = bytearray()
        else:
            self._tail = self._tail[:MEMORY]
            self.path, self._file = None, None
        self.size = self._on_disk + len(self._tail)


def clear(folder: Path) -> None:
    """Delete the files of programs that have ended before they could. Raises OSError."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        owner = path.name.removeprefix(_PREFIX).partition("-")[0]
        if not (owner.isdigit() and psutil.pid_exists(int(owner))):
            path.unlink(missing_ok=True)


def _remove(file: BinaryIO, path: Path) -> None:
    file.close()
    with suppress(OSError):  # Windows keeps a file that someone has open
        path.unlink()
