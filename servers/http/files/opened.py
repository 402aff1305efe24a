"""Opens files so that no link leads out of the folder, and reads them without keeping the loop waiting for a disk."""

import asyncio
import errno
import os
import stat
from types import TracebackType

from servers.guard import Refusal
from servers.http.folders import NO_LINK, WALKS, open_folder
from servers.http.site import Place, is_inside, missing

PIECE = 256 * 1024
"""Bytes that are read at once, at most."""

Signature = tuple[int, int, int, int, int, int]

_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # never waits at a pipe
_NO_WAIT: int = getattr(os, "RWF_NOWAIT", 0)


class Changed(Exception):
    """A file is not any more what it was when it was looked at."""


def signature(status: os.stat_result) -> Signature:
    """What is different when a file is another one, or has other content."""
    return (
        status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )  # fmt: skip


class Opened:
    """A regular file of a site, open for reading until it is closed. Raises Refusal 403, 404 or 503."""

    def __init__(self, place: Place) -> None:
        self.descriptor = _open(place)
        self._status = os.fstat(self.descriptor)
        if not stat.S_ISREG(self._status.st_mode) or not (WALKS or is_inside(self.descriptor, place.real)):
            self.close()
            raise missing()

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        os.close(self.descriptor)

    @property
    def size(self) -> int:
        """How many bytes it had when it was opened."""
        return self._status.st_size

    @property
    def signature(self) -> Signature:
        """What it was when it was opened."""
        return signature(self._status)

    def check(self) -> None:
        """Raise Changed when its content may be another than when it was opened; deleting it is no change."""
        now = os.fstat(self.descriptor)
        if (now.st_size, now.st_mtime_ns) != (self._status.st_size, self._status.st_mtime_ns):
            raise Changed

    async def read(self, position: int, count: int) -> bytes | memoryview:
        """Bytes from ``position`` on, ``count`` or fewer; empty at the end. A disk is waited for in a thread."""
        if _NO_WAIT:
            buffer = bytearray(count)
            try:
                number = os.preadv(self.descriptor, [buffer], position, _NO_WAIT)
            except OSError:  # not in memory, or a file system that cannot tell
                number = 0
            if number:
                return memoryview(buffer)[:number]
        return await asyncio.get_running_loop().run_in_executor(None, self.read_now, position, count)

    def read_now(self, position: int, count: int) -> bytes:
        """The same, waiting for the disk."""
        if hasattr(os, "pread"):
            return os.pread(self.descriptor, count, position)
        os.lseek(self.descriptor, position, os.SEEK_SET)
        return os.read(self.descriptor, count)

    def whole_now(self) -> bytes:
        """All of it, waiting for the disk. Raises Changed when it was changed meanwhile."""
        parts, position = [], 0
        while position < self.size:
            part = self.read_now(position, self.size - position)
            if not part:
                raise Changed
            parts.append(part)
            position += len(part)
        self.check()
        return b"".join(parts)

    async def whole(self) -> bytes:
        """All of it. Raises Changed when it was changed meanwhile."""
        data = bytes(await self.read(0, self.size)) if self.size else b""
        if len(data) != self.size:
            return await asyncio.get_running_loop().run_in_executor(None, self.whole_now)
        self.check()
        return data


def _open(place: Place) -> int:
    try:
        return _walk(place) if WALKS else os.open(place.real, _FILE)
    except PermissionError:
        raise Refusal(403, "This server may not read that file.") from None
    except OSError as error:
        if error.errno in (errno.EMFILE, errno.ENFILE):
            raise Refusal(503, "Too many files are open. Try again in a moment.", {"Retry-After": "1"}) from None
        raise missing() from None


def _walk(place: Place) -> int:
    """Open the file so that no link is followed: whatever is put in the way now, this stays inside."""
    parent = open_folder(place.root, place.real.parent)
    try:
        return os.open(place.real.name, _FILE | NO_LINK, dir_fd=parent)
    finally:
        os.close(parent)
