"""Answers that are sent piece by piece, and waits that end with the connection or with the server."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from time import perf_counter_ns

from aiohttp import web

from servers.guard import Refusal
from servers.rest.lab.answers import NO_STORE
from servers.traffic_log import NOTES
from servers.web import add_extras

PIECE = 64 * 1024
"""Bytes that are made and sent at a time."""

TICK = 0.1
"""Seconds after which a wait looks whether anybody still waits with it."""

Pieces = AsyncGenerator[bytes, None]


@dataclass(frozen=True, slots=True)
class Pace:
    """Lets time pass for a request; ``stopping`` says whether the server is about to stop."""

    stopping: Callable[[], bool]

    async def wait(self, request: web.BaseRequest, seconds: float) -> None:
        """Wait. Raises Refusal 503 when the server stops meanwhile, ConnectionResetError when the client leaves."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (left := end - loop.time()) > 0:
            if self.stopping():
                raise Refusal(503, "The server was stopped.", {"Retry-After": "5", "Connection": "close"})
            if request.transport is None:
                raise ConnectionResetError("the client left")
            await asyncio.sleep(min(left, TICK))


async def send(
    request: web.BaseRequest, headers: Mapping[str, str], pieces: Pieces, length: int | None = None
) -> web.StreamResponse:
    """Send the pieces as they come, each when the client has taken those before.

    Without ``length``, in bytes, the body is chunked (RFC 9112, section 7.1). A client that leaves, or the server's
    stop, ends the connection and is noted in the record.
    """
    response = web.StreamResponse(headers={**NO_STORE, **headers})
    response.content_length = length
    add_extras(request, response)
    async with aclosing(pieces):
        await response.prepare(request)
        notes = request[NOTES]
        notes.responded_ns, notes.streamed = perf_counter_ns(), 0
        if request.method != "HEAD":
            await _copy(request, pieces, response)
    return response


async def _copy(request: web.BaseRequest, pieces: Pieces, response: web.StreamResponse) -> None:
    notes = request[NOTES]
    try:
        async for piece in pieces:
            await response.write(piece)
            notes.streamed = (notes.streamed or 0) + len(piece)
            await asyncio.sleep(0)  # a client that reads as fast as we write would keep all others waiting
    except ConnectionError:
        request.protocol.force_close()  # returning, instead of raising, lets the exchange be recorded
    except Refusal as refusal:
        notes.fault = f"The response was not sent to its end: {refusal.detail}"
        request.protocol.force_close()
