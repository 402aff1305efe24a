"""A server of files with live reload, and a client that listens to its events."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from servers.http.live import PATHS, LiveReload, inject
from servers.http.site import decode_path
from servers.server import ServerState
from tests.servers.http.files.harness import FileServer
from tests.servers.wire import hang_up

STREAM = b"GET /.portside/live HTTP/1.1\r\nHost: localhost\r\n\r\n"


class LiveServer(FileServer):
    """Has live reload, which ``is_on`` from the start."""

    def __init__(self, root: Path, **settings: Any) -> None:
        super().__init__(root, **settings)
        self.is_on = True
        self.live = LiveReload(lambda: self.files.root, self._is_live)

    def _is_live(self) -> bool:
        return self.is_on and self.state is not ServerState.STOPPING

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.files.transform = inject if self.is_on else None
        path = decode_path(request.raw_path)
        return await (self.live.answer(request, path) if self.is_on and path in PATHS else super().answer(request))

    async def _stop(self) -> None:
        try:
            await self.live.close()
        finally:
            await super()._stop()


@asynccontextmanager
async def live_server(root: Path, **settings: Any) -> AsyncIterator[LiveServer]:
    """A started server."""
    server = LiveServer(root, **settings)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@dataclass(frozen=True, slots=True)
class Event:
    """An event as a page gets it."""

    name: str
    token: str
    data: list[str]


class Listener:
    """A page that listens."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.head = b""

    async def piece(self) -> bytes:
        """The next chunk of the body; empty at its end."""
        size = int((await self.reader.readuntil(b"\r\n"))[:-2], 16)
        piece = await self.reader.readexactly(size)
        await self.reader.readexactly(2)
        return piece

    async def event(self) -> Event:
        """The next event, comments left out."""
        while (piece := await self.piece()).startswith((b":", b"retry:")):
            pass
        fields = [line.partition(": ") for line in piece.decode().removesuffix("\n\n").split("\n")]
        (name,) = (value for field, _, value in fields if field == "event")
        (token,) = (value for field, _, value in fields if field == "id")
        return Event(name, token, [value for field, _, value in fields if field == "data"])

    async def ends(self) -> bool:
        """Wait for the end; whether it is that of a whole response."""
        try:
            while await self.piece():
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            return False
        return True


@asynccontextmanager
async def listening(server: LiveServer) -> AsyncIterator[Listener]:
    """A page that listens and was told the first state."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    listener = Listener(reader, writer)
    try:
        writer.write(STREAM)
        listener.head = await reader.readuntil(b"\r\n\r\n")
        yield listener
    finally:
        await hang_up(writer)


def threads() -> list[str]:
    """The threads that watch."""
    return [one.name for one in threading.enumerate() if one.name == "portside-live"]


async def begin(page: Listener) -> str:
    """Wait until the page is told the state that it begins with; gives the token."""
    first = await page.event()
    assert (first.name, first.data) == ("state", ["now"])
    return first.token


async def told(page: Listener, path: str) -> set[str]:
    """Wait until the page is told of a change there; gives all that was told until then."""
    paths: set[str] = set()
    while path not in paths:  # what is made and filled may be told twice
        event = await page.event()
        assert event.name == "change"
        paths.update(event.data)
    return paths
