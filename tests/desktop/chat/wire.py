"""Frames as servers write them that keep no rule, and the scripts of such servers."""

import asyncio
import json
import socket
import struct
import zlib
from collections.abc import Iterable

from websockets.utils import accept_key

from tests.desktop.chat.peers import Script

CONTINUATION, TEXT, BINARY, CLOSE, PING = 0x0, 0x1, 0x2, 0x8, 0x9
RSV1, RSV2, RSV3 = 0x40, 0x20, 0x10
CHAT = "Sec-WebSocket-Protocol: portside.chat.v1"
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate"


def frame(opcode: int, data: bytes, *, fin: bool = True, rsv: int = 0, mask: bytes = b"") -> bytes:
    """One frame (RFC 6455, section 5.2)."""
    size, masked = len(data), 0x80 if mask else 0
    if size > 0xFFFF:
        length = struct.pack("!BQ", masked | 127, size)
    else:
        length = struct.pack("!BH", masked | 126, size) if size > 125 else bytes([masked | size])
    return bytes([0x80 * fin | rsv | opcode]) + length + mask + data


def close(code: int, reason: bytes = b"") -> bytes:
    """A close frame, whatever its code and reason."""
    return frame(CLOSE, struct.pack("!H", code) + reason)


def chat(kind: str, text: str = "", **fields: object) -> bytes:
    """A message of the chat subprotocol."""
    return frame(TEXT, json.dumps({"kind": kind, "text": text} | fields).encode())


WELCOME = chat("welcome", "Welcome, Ann.", sender="Ann")


def deflated(data: bytes) -> bytes:
    """The payload of a compressed message (RFC 7692, section 7.2.1)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


async def agree(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *fields: str) -> None:
    """Answer the handshake with these header fields besides (RFC 6455, section 4.2.2)."""
    writer.write(await agreement(reader, *fields))
    await writer.drain()


async def agreement(reader: asyncio.StreamReader, *fields: str) -> bytes:
    """The answer to the handshake."""
    request = (await reader.readuntil(b"\r\n\r\n")).decode()
    key = next(line.split(": ")[1] for line in request.splitlines() if line.lower().startswith("sec-websocket-key"))
    lines = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
    return "\r\n".join((*lines, f"Sec-WebSocket-Accept: {accept_key(key)}", *fields, "", "")).encode()


def sends(frames: Iterable[bytes], *fields: str) -> Script:
    """A server that sends these after the handshake, then only listens."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await agree(reader, writer, *fields)
        try:
            for one in frames:
                writer.write(one)
                await writer.drain()
            await reader.read()
        except ConnectionError:
            return  # the client has had enough

    return script


def reset(writer: asyncio.StreamWriter) -> None:
    """Cut the connection with an RST."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
