"""Sends bytes of a file in pieces, each of which is checked: what was changed meanwhile ends the connection."""

import asyncio
import os
from time import perf_counter_ns

from aiohttp import web

from servers.http.files.opened import PIECE, Changed, Opened
from servers.http.files.ranges import ByteRange
from servers.traffic_log import NOTES, Notes
from servers.web import add_extras

COPIED = 64 * 1024 * 1024
"""Bytes at the end of a file that sendfile does not send.

What it has sent is still the file's own memory until a client on this computer has read it, and changes with the
file. The bytes that are copied after it fill every buffer on the way, so the last of them are sent, and the file
checked, only when the client has read all that was not copied.
"""

STEP = 512 * 1024
"""Bytes that sendfile gets at once: it may wait for the disk."""

TURN = 16 * 1024 * 1024
"""Bytes that all clients who are sent files get in one turn of the loop, about: the more they are, the less each."""

LEAST = 16 * 1024
"""Bytes that a client gets in its turn, however many there are."""

LOOK = 1.0
"""Seconds after which a connection that takes nothing is looked at: it may have been cut."""


class _Sending:
    """How many clients are being sent files, by whatever server: it is one loop in which they take turns."""

    def __init__(self) -> None:
        self._count = 0

    def __enter__(self) -> None:
        self._count += 1

    def __exit__(self, *_: object) -> None:
        self._count -= 1

    def share(self, most: int) -> int:
        """Bytes to send at once to one of them, ``most`` where they are few."""
        return max(LEAST, min(most, TURN // self._count))


_sending = _Sending()


async def send(
    request: web.BaseRequest, response: web.StreamResponse, opened: Opened, part: ByteRange
) -> web.StreamResponse:
    """Send a part of an opened file. When that cannot be finished, the connection ends and the record says why."""
    add_extras(request, response)
    await response.prepare(request)
    notes = request[NOTES]
    notes.responded_ns = perf_counter_ns()
    notes.streamed = 0
    if request.method == "HEAD":
        return response
    try:
        with _sending:
            await _send(request, response, opened, part)
    except Changed:
        notes.fault = "The file could not be sent to its end: it was changed while it was sent."
        request.protocol.force_close()  # returning, instead of raising, lets the exchange be recorded
    except OSError as error:
        if not isinstance(error, ConnectionError):
            notes.fault = f"The file could not be sent to its end: {error.strerror or error}."
        request.protocol.force_close()
    return response


async def _send(request: web.BaseRequest, response: web.StreamResponse, opened: Opened, part: ByteRange) -> None:
    notes = request[NOTES]
    transport = request.transport
    if part.length > COPIED and transport is not None and _has_sendfile(transport):
        await _send_uncopied(notes, transport, opened, ByteRange(part.first, part.last - COPIED))
    position, end = part.first + (notes.streamed or 0), part.last + 1
    while position < end:
        piece = await opened.read(position, min(_sending.share(PIECE), end - position))
        opened.check()
        if not piece:
            raise Changed
        await response.write(piece)
        position += len(piece)
        notes.streamed = position - part.first
        await asyncio.sleep(0)  # a client that takes everything at once must not keep the others waiting


def _has_sendfile(transport: asyncio.Transport) -> bool:
    return (
        hasattr(os, "sendfile")
        and transport.get_extra_info("sslcontext") is None
        and transport.get_extra_info("socket") is not None
        and transport.get_write_buffer_size() == 0
    )


async def _send_uncopied(notes: Notes, transport: asyncio.Transport, opened: Opened, part: ByteRange) -> None:
    """Let the system send a part, through a descriptor of our own.

    ``loop.sendfile`` never returns when the transport is cut meanwhile, and loses count when it is cancelled.
    """
    out = os.dup(transport.get_extra_info("socket").fileno())
    position = part.first
    try:
        while position <= part.last:
            if transport.is_closing():
                raise ConnectionResetError
            try:
                count = min(_sending.share(STEP), part.last + 1 - position)
                sent = os.sendfile(out, opened.descriptor, position, count)
            except BlockingIOError:
                await _writable(out)
                continue
            opened.check()
            if not sent:
                raise Changed
            position += sent
            notes.streamed = position - part.first
            await asyncio.sleep(0)
    finally:
        os.close(out)


async def _writable(descriptor: int) -> None:
    """Wait until the descriptor takes more, LOOK seconds at most."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.add_writer(descriptor, _wake, ready)
    try:
        await asyncio.wait([ready], timeout=LOOK)
    finally:
        loop.remove_writer(descriptor)


def _wake(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():
        waiting.set_result(None)
