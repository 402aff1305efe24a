"""Speaks RFC 6455 in raw bytes: for what a client library would never send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.servers.websocket.clients import Bench, handshake, plain
from tests.servers.wire import hang_up

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate"


def frame(first: int, payload: bytes = b"", *, masked: bool = True) -> bytes:
    """A frame with that first byte (FIN, RSV1 to RSV3, opcode). The masking key is 0, so that the payload stays."""
    size = len(payload)
    mask = 0x80 if masked else 0
    if size < 126:
        head = bytes([first, mask | size])
    elif size < 65_536:
        head = bytes([first, mask | 126]) + size.to_bytes(2, "big")
    else:
        head = bytes([first, mask | 127]) + size.to_bytes(8, "big")
    return head + (bytes(4) if masked else b"") + payload


def fragments(first: int, pieces: list[bytes]) -> bytes:
    """One message whose frames carry the pieces; ``first`` is the first byte of the first frame, without FIN."""
    openings = [first, *[0x00] * (len(pieces) - 1)]
    openings[-1] |= 0x80
    return b"".join(frame(opening, piece) for opening, piece in zip(openings, pieces, strict=True))


def frames_in(answer: bytes) -> list[tuple[int, bytes]]:
    """First byte and payload of each frame of an answer; all of them are short."""
    found = []
    while answer:
        end = 2 + answer[1]
        assert len(answer) >= end
        found.append((answer[0], answer[2:end]))
        answer = answer[end:]
    return found


def close_code(answer: bytes) -> int:
    """The code of the close frame that ends an answer."""
    first, payload = frames_in(answer)[-1]
    assert first == 0x88
    return int.from_bytes(payload[:2], "big")


@asynccontextmanager
async def shaken(server: Bench, *fields: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection after its opening handshake."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(handshake(*fields))
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        yield reader, writer
    finally:
        await hang_up(writer)


async def answer_to(server: Bench, data: bytes, *fields: str) -> bytes:
    """All that the server sends after these bytes, until it ends the connection."""
    async with shaken(server, *fields) as (reader, writer):
        writer.write(data)
        return await reader.read()


async def goes_on(server: Bench) -> None:
    """Another client is served in echo or verbatim mode."""
    async with plain(server) as client:
        await client.send("still there?")
        assert str(await client.recv()).endswith("still there?")
