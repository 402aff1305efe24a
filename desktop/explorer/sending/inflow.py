"""Takes the body of a response as it comes: keeps it, and undoes its content codings beside."""

import asyncio
import errno
from collections.abc import Iterator
from pathlib import Path

from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.decoding import Decoder, codings_of
from desktop.explorer.sending.fault import Fault
from servers.exchange import Headers

_INLINE = 64 * 1024  # bytes; to unpack more, the work goes to a thread
_BATCH = 1024 * 1024


class Inflow:
    """A body on its way; see Reply for its parts."""

    def __init__(self, folder: Path | None) -> None:
        self.body = Blob(folder=folder)
        self._folder = folder
        self._unpacked = self.body
        self._decoder: Decoder | None = None
        self._fault = ""

    @property
    def decoded(self) -> Blob:
        """The body without its codings; the body as it is where they cannot be undone at all."""
        return self._unpacked if self._unpacked.size or not self.fault else self.body

    @property
    def fault(self) -> str:
        """A sentence where the codings could not be undone, or not to the end."""
        return self._fault or (self._decoder.fault if self._decoder is not None else "")

    def expect(self, headers: Headers) -> None:
        """Learn the codings from the head of the response."""
        if codings_of(headers):
            self._decoder = Decoder(headers)
            self._unpacked = Blob(folder=self._folder)

    async def add(self, data: bytes) -> None:
        """Take what came next. Raises Fault where it cannot be kept."""
        try:
            await self.body.append(data)
        except OSError as error:
            raise Fault(_not_kept(error, self.body)) from error
        if self._decoder is not None and not self.fault:
            await self._unpack(self._decoder.undo(data), len(data) <= _INLINE)

    async def close(self) -> None:
        """Finish what can be finished. Raises Fault."""
        if self._decoder is not None and not self.fault:
            await self._unpack(self._decoder.finish(), inline=True)
        try:
            await self.body.flush()
            await self._unpacked.flush()
        except OSError as error:
            raise Fault(_not_kept(error, self.body)) from error

    async def _unpack(self, pieces: Iterator[bytes], inline: bool) -> None:
        made, done = _take(pieces, _INLINE) if inline else await asyncio.to_thread(_take, pieces, _BATCH)
        while made or not done:
            try:
                await self._unpacked.append(made)
            except OSError as error:
                self._fault = _not_kept(error, self._unpacked)
                return
            if done:
                return
            made, done = await asyncio.to_thread(_take, pieces, _BATCH)


def _take(pieces: Iterator[bytes], enough: int) -> tuple[bytes, bool]:
    """The next bytes, and whether they are the last."""
    taken, size = [], 0
    for piece in pieces:
        taken.append(piece)
        size += len(piece)
        if size >= enough:
            return b"".join(taken), False
    return b"".join(taken), True


def _not_kept(error: OSError, blob: Blob) -> str:
    cause = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
    return f"The body cannot be kept: {cause}. Its first {blob.size:,} bytes are shown."
