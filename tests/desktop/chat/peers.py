"""What the chat tests talk to, and the session that they talk with."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NoReturn

from websockets.utils import accept_key

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.frames.wire import WireFrame
from desktop.chat.session import Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from servers.exchange import Record
from servers.recorder import Recorder
from servers.settings import Mode, WebSocketSettings
from servers.websocket.server import WebSocketServer

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
PATIENCE = 10.0


async def until(condition: Callable[[], object]) -> None:
    """Wait until ``condition`` holds; fail when it does not within PATIENCE seconds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - the conditions are other parties' states
            await asyncio.sleep(0.002)


def failed(error: BaseException, where: str) -> NoReturn:
    """For what must not be reported."""
    raise AssertionError(where) from error


def surroundings(folder: Path = Path("nowhere"), authority: Path | None = None) -> Surroundings:
    """What a session gets from the program, with a recorder of its own."""
    return Surroundings(Recorder(), failed, folder, authority)


class Client:
    """A session with what it has told, and the task that it lives in."""

    def __init__(self, url: str | Target, name: str = "Ann", authority: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self.states: list[State] = []
        self.frames: list[WireFrame] = []
        self.surroundings = surroundings(authority=authority)
        self.session = Session(
            Target(url, name) if isinstance(url, str) else url,
            self.surroundings,
            on_entry=self.entries.append,
            on_state=self._note,
            on_frame=self.frames.append,
        )
        self.life: asyncio.Task[None] = asyncio.get_running_loop().create_task(self.session.run(), name="session")

    def _note(self) -> None:
        self.states.append(self.session.state)

    def of(self, kind: EntryKind) -> list[Entry]:
        """The entries of one kind."""
        return [entry for entry in self.entries if entry.kind is kind]

    def records(self) -> list[Record]:
        """What was recorded."""
        return list(self.surroundings.recorder)

    async def opened(self) -> "Client":
        """Wait for the connection, and for the welcome where there will be one."""
        session = self.session
        await until(lambda: session.state is State.OPEN and (self.of(EntryKind.JOIN) or not session.speaks_chat))
        return self

    async def ended(self) -> "Client":
        """Wait for the end of the session's life."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(self.life, return_exceptions=True)
        return self


@contextlib.asynccontextmanager
async def app_server(mode: Mode = Mode.BROADCAST_REPLY) -> AsyncIterator[WebSocketServer]:
    """The application's own server on a free port."""
    server = WebSocketServer(WebSocketSettings(port=0, mode=mode), Recorder())
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@contextlib.asynccontextmanager
async def raw_server(script: Script) -> AsyncIterator[str]:
    """The URL of a TCP server that does with each connection what ``script`` says."""
    conversations: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        conversations.add(task)
        with contextlib.suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            await script(reader, writer)  # a client may go away in the middle of it
        writer.close()
        conversations.discard(task)

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    try:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in conversations:
            task.cancel()
        await until(lambda: not conversations)
        await server.wait_closed()


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the handshake as a plain server (RFC 6455, section 4.2.2)."""
    request = (await reader.readuntil(b"\r\n\r\n")).decode()
    key = next(line.split(": ")[1] for line in request.splitlines() if line.lower().startswith("sec-websocket-key"))
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept_key(key).encode() + b"\r\n\r\n"
    )
    await writer.drain()
