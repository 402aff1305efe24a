"""A WebSocket server for one test, and clients that connect to it."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, decode, encode
from servers.recorder import Recorder
from servers.settings import Mode, WebSocketSettings
from servers.websocket.client import Client
from servers.websocket.connection import Connection
from servers.websocket.server import WebSocketServer
from tests.servers.watched import Watched


class Bench(Watched, WebSocketServer):
    """A server that knows its port and its records."""

    def __init__(self, mode: Mode, **options: Any) -> None:
        self.recorder = Recorder()
        super().__init__(WebSocketSettings(port=0, mode=mode, **options), self.recorder)

    def change(self, **values: Any) -> None:
        """Replace settings while it runs."""
        self.settings = replace(self.settings, **values)

    @property
    def names(self) -> list[str]:
        return [client.name for client in self.hub.clients.values()]

    @property
    def connections(self) -> list[Connection]:
        """All connections from accept to their end, also those without a handshake."""
        return list(self._alive)

    def seen(self, client: ClientConnection | asyncio.StreamWriter) -> Client:
        """What the hub knows of a client of this test."""
        own = client.local_address if isinstance(client, ClientConnection) else client.get_extra_info("sockname")
        return next(one for one in self.hub.clients.values() if one.remote == own[:2])


@asynccontextmanager
async def serving(mode: Mode = Mode.BROADCAST_REPLY, **options: Any) -> AsyncIterator[Bench]:
    """A started server on a free port, stopped at the end."""
    server = Bench(mode, **options)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def plain(server: Bench, path: str = "/", **options: Any) -> connect:
    """A client of no subprotocol."""
    return connect(f"ws://127.0.0.1:{server.port}{path}", proxy=None, **options)


def chat(server: Bench, name: str = "", room: str = "/", **options: Any) -> connect:
    """A client of the chat subprotocol."""
    return plain(server, f"{room}?name={quote(name)}", subprotocols=[Subprotocol(SUBPROTOCOL)], **options)


async def read(client: ClientConnection) -> ChatMessage:
    """The next message of the chat subprotocol."""
    text = await client.recv()
    assert isinstance(text, str)
    return decode(text)


async def read_until(client: ClientConnection, kind: ChatKind) -> ChatMessage:
    """The next message of a kind; others before it are passed over."""
    while (message := await read(client)).kind is not kind:
        pass
    return message


async def say(client: ClientConnection, text: str) -> None:
    await ask_for(client, ChatKind.SAY, text)


async def ask_for(client: ClientConnection, kind: ChatKind, text: str = "", **fields: Any) -> None:
    """Send one message of the chat subprotocol."""
    await client.send(encode(ChatMessage(kind, text, **fields)))


async def obeyed(client: ClientConnection) -> None:
    """Wait until all that a chat client has sent is done; what it was sent meanwhile is passed over."""
    await ask_for(client, ChatKind.LIST)
    await read_until(client, ChatKind.CLIENTS)


async def heard(server: Bench, client: ClientConnection) -> list[ChatMessage | str | bytes]:
    """All that was sent to a client and that it has not read yet, the chat subprotocol's messages decoded."""
    mark, found = "that was all", list[ChatMessage | str | bytes]()
    await server.hub.send(mark, client=server.seen(client).id)
    while True:
        data = await client.recv()
        message = decode(data) if client.subprotocol and isinstance(data, str) else data
        if mark in (message, message.text if isinstance(message, ChatMessage) else ""):
            return found
        found.append(message)


@asynccontextmanager
async def stalled(
    server: Bench, connecting: Callable[..., connect] = plain, **options: Any
) -> AsyncIterator[tuple[ClientConnection, Client]]:
    """A client that reads nothing until ``read_on``, and what the hub knows of it; the system keeps little for it."""
    async with connecting(server, **options) as client:
        client.transport.pause_reading()
        seen = server.seen(client)
        for transport, option in ((client.transport, socket.SO_RCVBUF), (seen.connection.transport, socket.SO_SNDBUF)):
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, option, 16_384)
        yield client, seen


def read_on(client: ClientConnection) -> None:
    """Let a stalled client read."""
    client.transport.resume_reading()


async def ended(client: ClientConnection) -> int | None:
    """Read all that is left to the end of the connection; return the close code."""
    with suppress(ConnectionClosed):
        while True:
            await client.recv()
    return client.close_code


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection at once with a TCP reset, as the system does for a process that crashed."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def deaf_client(
    server: Bench, *fields: str, path: str = "/"
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A client that has shaken hands and from then on reads nothing."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", server.port))
    reader, writer = await asyncio.open_connection(sock=sock, limit=4096)
    writer.write(handshake(*fields, path=path))
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()  # type: ignore[attr-defined] # a socket's transport has it
    return reader, writer


def handshake(*fields: str, host: str = "Host: localhost", path: str = "/") -> bytes:
    """The opening request of RFC 6455, section 1.3."""
    lines = [f"GET {path} HTTP/1.1", *([host] if host else []), "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", *fields, "", ""]
    return "\r\n".join(lines).encode("latin-1")
