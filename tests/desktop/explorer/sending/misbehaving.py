"""Servers that do what a test tells them, down to the bytes, and one attempt to reach them."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.body import FilePart, Upload
from desktop.explorer.model.options import Options
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.attempt import Sessions, attempt
from desktop.explorer.sending.reply import Reply, Watch
from desktop.widgets.proxy_choice import NO_PROXY
from servers.exchange import Exchange

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server on a free port of the loopback interface; ends with all its connections."""
    ended = asyncio.Event()
    running = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(writer)
        try:
            await handler(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            running.discard(writer)
            ended.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        while running:
            ended.clear()
            for writer in running:
                writer.transport.abort()
            await ended.wait()
        await server.wait_closed()


def answering(*pieces: bytes, reset: bool = False, hold: bool = False) -> Handler:
    """Reads the head of a request and writes an answer; then it closes, resets or holds the connection."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if reset:
            sock: socket.socket = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        while hold and await reader.read(1024):
            pass

    return handler


async def send(
    request: PreparedRequest, watch: Watch | None = None, folder: Path | None = None, sessions: Sessions | None = None
) -> Reply:
    """One attempt, with connections of its own unless given."""
    records: list[Exchange] = []
    own = Sessions() if sessions is None else sessions
    try:
        reply = await attempt(request, own, records.append, watch, folder)
    finally:
        if sessions is None:
            await own.close()
    assert records == [reply.exchange]
    return reply


async def ask(handler: Handler, watch: Watch | None = None, folder: Path | None = None) -> Reply:
    """GET from a server that answers like this."""
    async with listening(handler) as port:
        return await send(get(f"http://127.0.0.1:{port}/"), watch, folder)


async def fault_of(handler: Handler) -> str:
    """The sentence for what the server does; the client must live on."""
    reply = await ask(handler)
    return reply.exchange.error or ""


def get(url: str, options: Options | None = None, *headers: Header) -> PreparedRequest:
    """GET, through no proxy unless the options say so."""
    return Request("GET", url, headers, auth=NoAuth(), options=options or Options(proxy=NO_PROXY)).prepare()


def upload(url: str, path: Path, size: int, *headers: Header) -> PreparedRequest:
    """POST of a file."""
    rows = (*headers, *(() if headers else (Header("Content-Length", "0"),)))
    request = Request("POST", url, rows, auth=NoAuth()).prepare()
    told = tuple((name, str(size) if name == "Content-Length" else value) for name, value in request.headers)
    return replace(request, headers=told, body=Upload((b"<", FilePart(path, size - 2), b">")))
