"""Files on their way into a folder: first written beside their places, then put there together."""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import NamedTuple, ParamSpec, TypeVar

from servers.http.site import Place
from servers.http.uploads.folder import Folder
from servers.http.uploads.refusals import no_file, taken

BATCH = 1024 * 1024
"""Bytes that are written to the disk at once."""

_CLOSED = -1

P = ParamSpec("P")
T = TypeVar("T")


class Stored(NamedTuple):
    """A file that has been put in its place; ``size`` in bytes."""

    name: str
    size: int
    is_new: bool


@dataclass(slots=True)
class _File:
    """A file that is not yet in its place, and its name until then."""

    name: str
    unfinished: str
    size: int = 0


class Incoming:
    """What comes with one request; whatever is not put in place is gone at the end of its context.

    ``how`` is a sentence about how to say that files may be replaced. The disk is written by a thread, one thing at a
    time, so that the loop does not wait for it. All methods raise OSError and Refusal 409.
    """

    def __init__(self, place: Place, how: str) -> None:
        self._how = how
        self._lock = Lock()
        self._is_open = True
        self._files: list[_File] = []
        self._buffer = bytearray()
        self._descriptor = _CLOSED
        self._folder = Folder(place)

    async def __aenter__(self) -> "Incoming":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gone = asyncio.get_running_loop().run_in_executor(None, self._discard)
        if not isinstance(error, asyncio.CancelledError):  # who is cancelled does not wait: the thread ends by itself
            await asyncio.shield(gone)

    def has(self, name: str) -> bool:
        """Whether the folder has something of that name."""
        return self._folder.has(name)

    def check(self, name: str, *, replace: bool) -> None:
        """Refuse a name that is taken, unless by a file that may be replaced."""
        if not self.has(name):
            return
        if not replace:
            raise taken(name, self._how)
        if not self._folder.is_file(name):
            raise no_file(name)

    async def begin(self, name: str) -> None:
        """Begin a file that is to get this name; what is written from now on is its content."""
        await self._in_thread(self._begin, name)

    async def write(self, data: bytes) -> None:
        """Add to the content."""
        self._buffer += data
        if len(self._buffer) >= BATCH:
            await self._flush()

    async def end(self) -> None:
        """End the file that was begun: all of it is on the disk then."""
        await self._flush()
        await self._in_thread(self._close)

    async def put(self, *, replace: bool) -> list[Stored]:
        """Put all files in their places. Where one of them must not be replaced, none is put."""
        return await self._in_thread(self._put, replace)

    async def _flush(self) -> None:
        data, self._buffer = self._buffer, bytearray()
        await self._in_thread(self._write, data)

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        def alone() -> T:
            with self._lock:
                if not self._is_open:  # cancelled just before it began
                    raise OSError(errno.EBADF, "closed")
                return work(*args, **kwargs)

        return await asyncio.to_thread(alone)

    def _begin(self, name: str) -> None:
        if not self._files:
            with suppress(OSError):
                self._folder.sweep()
        unfinished, self._descriptor = self._folder.create()
        self._files.append(_File(name, unfinished))

    def _write(self, data: bytearray) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._descriptor, left) :]
        self._files[-1].size += len(data)

    def _close(self) -> None:
        os.fsync(self._descriptor)
        descriptor, self._descriptor = self._descriptor, _CLOSED
        os.close(descriptor)

    def _put(self, replace: bool) -> list[Stored]:
        for file in self._files:
            self.check(file.name, replace=replace)
        stored = []
        while self._files:
            file = self._files[0]
            is_new = not self.has(file.name)
            self._place(file, replace=replace)
            stored.append(Stored(file.name, file.size, is_new))
            del self._files[0]
        return stored

    def _place(self, file: _File, *, replace: bool) -> None:
        if replace:
            self._folder.replace(file.unfinished, file.name)
            return
        try:
            self._folder.add(file.unfinished, file.name)
        except FileExistsError:
            raise taken(file.name, self._how) from None

    def _discard(self) -> None:
        with self._lock:
            self._is_open = False
            with suppress(OSError):
                os.close(self._descriptor)
            for file in self._files:
                with suppress(OSError):
                    self._folder.remove(file.unfinished)
            self._folder.close()
