"""The end of a connection whose client sends what nobody can read, in such a way that it gets to read why."""

import asyncio
import contextlib

from aiohttp.streams import EmptyStreamReader


class Rest(EmptyStreamReader):
    """Stands where aiohttp looks for the body of a request that was refused: what it waits for is the client's end.

    A socket that is closed while bytes wait in it takes the response with it (RFC 9112, section 9.6); so the server
    ends its own side first, and throws away what comes for as long as aiohttp lingers.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._ended = asyncio.Event()

    def is_eof(self) -> bool:
        """Whether the connection is gone."""
        return self._ended.is_set()

    def feed_eof(self) -> None:
        """The connection is gone."""
        self._ended.set()

    async def readany(self) -> bytes:
        """Wait for the end of the connection."""
        if self._transport.can_write_eof() and not self._transport.get_write_buffer_size():
            with contextlib.suppress(OSError):  # the client was quicker
                self._transport.write_eof()
        await self._ended.wait()
        return b""
