"""Writes the body of a request, reading files while it goes out."""

import asyncio
from collections.abc import AsyncIterator
from typing import BinaryIO

from aiohttp.abc import AbstractStreamWriter

from desktop.explorer.model.body import FilePart, Payload
from desktop.explorer.sending.fault import Fault

_PIECE = 256 * 1024


def chunk(data: bytes) -> bytes:
    """A chunk (RFC 9112, section 7.1); an empty one ends the body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def write_body(writer: AbstractStreamWriter, body: Payload, chunked: bool) -> None:
    """Write all of it, no faster than the server takes it. Raises Fault where a file is not what it was."""
    async for piece in _pieces(body):
        await writer.write(chunk(piece) if chunked else piece)
    if chunked:
        await writer.write(chunk(b""))
    await writer.drain()


async def _pieces(body: Payload) -> AsyncIterator[bytes]:
    for segment in (body,) if isinstance(body, bytes) else body.segments:
        if isinstance(segment, bytes):
            for start in range(0, len(segment), _PIECE):
                yield segment[start : start + _PIECE]
        else:
            async for piece in _file(segment):
                yield piece


async def _file(part: FilePart) -> AsyncIterator[bytes]:
    """As many bytes as the file had when the request was prepared: its Content-Length has been told."""
    name = part.path.name
    try:
        file: BinaryIO = await asyncio.to_thread(part.path.open, "rb")
    except OSError as error:
        raise Fault(f"The file “{name}” cannot be read: {error.strerror or error}.") from error
    left = part.size
    try:
        while left:
            piece = await asyncio.to_thread(file.read, min(left, _PIECE))
            if not piece:
                raise Fault(f"The file “{name}” has become shorter since the request was prepared. Send again.")
            left -= len(piece)
            yield piece
    except OSError as error:
        raise Fault(f"The file “{name}” cannot be read: {error.strerror or error}.") from error
    finally:
        file.close()
