"""desktop.chat.link: connects again after a loss, if that is wanted, until somebody has had enough."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from desktop.chat import link as link_module
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.link import Link, Waiting
from desktop.chat.session import SendFailed
from desktop.chat.target import Target
from servers.recorder import Recorder
from servers.settings import WebSocketSettings
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import PATIENCE, accept, app_server, raw_server, surroundings, until

pytestmark = pytest.mark.without_qt

FOREVER = 1000.0


def _no_time() -> Iterator[float]:
    while True:
        yield 0.0


def _long() -> Iterator[float]:
    while True:
        yield FOREVER


class Window:
    """A link with what it has told, and the task that it lives in."""

    def __init__(self, target: Target, pauses: object = _no_time) -> None:
        self.target = target
        self.entries: list[Entry] = []
        self.waited: list[Waiting] = []
        self.link = Link(
            lambda: self.target,
            surroundings(),
            on_entry=self.entries.append,
            on_state=self._note,
            pauses=pauses,  # type: ignore[arg-type] # one of the two above
        )
        self.life = asyncio.get_running_loop().create_task(self.link.run(), name="link")

    def _note(self) -> None:
        if self.link.waiting is not None and self.link.waiting not in self.waited:
            self.waited.append(self.link.waiting)

    def count(self, kind: EntryKind) -> int:
        return sum(entry.kind is kind for entry in self.entries)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@asynccontextmanager
async def cutting_server() -> AsyncIterator[str]:
    """The URL of a server that cuts each connection as soon as it is there."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.transport.abort()

    async with raw_server(script) as url:
        yield url


def test_without_the_wish_there_is_one_attempt(run: Run) -> None:
    async def scenario() -> None:
        window = Window(Target(f"ws://127.0.0.1:{_free_port()}"))
        await asyncio.wait([window.life])
        assert window.count(EntryKind.ERROR) == 1
        assert not window.waited
        assert not window.link.is_busy

    run(scenario())


def test_a_server_that_comes_late_is_found(run: Run) -> None:
    async def scenario() -> None:
        port = _free_port()
        window = Window(Target(f"ws://127.0.0.1:{port}", "Ann", reconnect=True))
        await until(lambda: len(window.waited) > 2)
        server = WebSocketServer(WebSocketSettings(port=port), Recorder())
        await server.start()
        await until(lambda: window.link.is_open)
        assert window.link.waiting is None
        await window.link.close()
        await asyncio.wait([window.life])
        await server.stop()
        assert window.count(EntryKind.OPEN) == 1

    run(scenario())


def test_attempts_are_counted_and_begin_anew_after_a_good_connection(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "STEADY", FOREVER)

    async def scenario() -> None:
        async with cutting_server() as url:
            window = Window(Target(url, reconnect=True))
            await until(lambda: len(window.waited) > 4)
            assert [one.attempt for one in window.waited[:4]] == [2, 3, 4, 5]
            monkeypatch.setattr(link_module, "STEADY", -1.0)
            await until(lambda: [one.attempt for one in window.waited[-2:]] == [2, 2])
            await window.link.leave()
            await asyncio.wait([window.life])

    run(scenario())


def test_waiting_is_visible_and_can_be_cut_short_or_given_up(run: Run) -> None:
    async def scenario() -> None:
        async with cutting_server() as url:
            window = Window(Target(url, reconnect=True), _long)
            await until(lambda: window.link.waiting)
            waiting = window.link.waiting
            assert waiting is not None
            assert (waiting.attempt, waiting.delay) == (2, FOREVER)
            assert waiting.due > asyncio.get_running_loop().time() + FOREVER / 2
            window.link.retry_now()
            await until(lambda: len(window.waited) == 2)
            async with asyncio.timeout(PATIENCE):
                await window.link.close()
            assert not window.link.is_busy
            assert window.link.waiting is None
            await asyncio.wait([window.life])

    run(scenario())


def test_one_who_closes_or_stops_wanting_it_is_not_connected_again(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            target = Target(server.address.url, "Ann", reconnect=True)
            window = Window(target)
            await until(lambda: window.link.is_open)
            await window.link.close(3000, "enough")
            assert not window.link.is_busy
            assert window.count(EntryKind.OPEN) == 1
            other = Window(target)
            await until(lambda: other.link.is_open)
            other.target = replace(target, reconnect=False)
        await asyncio.wait([window.life, other.life])
        assert other.count(EntryKind.OPEN) == 1

    run(scenario())


def test_a_server_that_is_done_with_a_client_is_left_alone(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            window = Window(Target(server.address.url, "Ann", reconnect=True))
            await until(lambda: server.hub.clients)
            assert server.hub.close(next(iter(server.hub.clients)), 1008, "no more")
            await asyncio.wait([window.life])
            assert window.count(EntryKind.OPEN) == 1

    run(scenario())


def test_nothing_is_sent_by_itself_after_a_loss(run: Run) -> None:
    async def scenario() -> None:
        async with cutting_server() as url:
            window = Window(Target(url, reconnect=True), _long)
            await until(lambda: window.link.waiting)
            assert window.link.session is not None
            with pytest.raises(SendFailed):
                await window.link.session.send("while it waits")
            await window.link.leave()
            await asyncio.wait([window.life])
        async with app_server() as server:
            assert server.address
            window.target = Target(server.address.url)
            again = asyncio.get_running_loop().create_task(window.link.run(), name="again")
            await until(lambda: window.link.is_open and server.hub.clients)
            await window.link.close()
            await again
            assert sum(one.messages_in for one in server.hub.clients.values()) == 0

    run(scenario())
