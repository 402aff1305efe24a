"""A WebSocket server for one test, and clients that connect to it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, decode, encode
from servers.recorder import Recorder
from servers.settings import Mode, WebSocketSettings
from servers.websocket.server import WebSocketServer
from tests.servers.watched import Watched


class Bench(Watched, WebSocketServer):
    """A server that knows its port and its records."""

    def __init__(self, mode: Mode, **options: Any) -> None:
        self.recorder = Recorder()
        super().__init__(WebSocketSettings(port=0, mode=mode, **options), self.recorder)

    @property
    def names(self) -> list[str]:
        return [client.name for client in self.hub.clients.values()]


@asynccontextmanager
async def serving(mode: Mode = Mode.BROADCAST_REPLY, **options: int) -> AsyncIterator[Bench]:
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


def chat(server: Bench, name: str = "") -> connect:
    """A client of the chat subprotocol."""
    return plain(server, f"/?name={quote(name)}", subprotocols=[Subprotocol(SUBPROTOCOL)])


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
    await client.send(encode(ChatMessage(ChatKind.SAY, text)))


async def deaf_client(server: Bench) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A client that has shaken hands and from then on reads nothing."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", server.port))
    reader, writer = await asyncio.open_connection(sock=sock, limit=4096)
    writer.write(handshake())
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()  # type: ignore[attr-defined] # a socket's transport has it
    return reader, writer


def handshake(*fields: str, host: str = "Host: localhost", path: str = "/") -> bytes:
    """The opening request of RFC 6455, section 1.3."""
    lines = [f"GET {path} HTTP/1.1", *([host] if host else []), "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", *fields, "", ""]
    return "\r\n".join(lines).encode("latin-1")
