"""desktop.chat.session where the network fails: resets, half-open connections, and closes that come late or never."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from desktop.chat import session
from desktop.chat.connecting import connection, handshake, opening
from desktop.chat.entry import EntryKind
from desktop.chat.session import SendFailed, State
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import Client, Script, accept, app_server, raw_server, until
from tests.desktop.chat.wire import TEXT, agreement, close, frame, reset

pytestmark = pytest.mark.without_qt

CUT = "The connection was cut without a close frame. Not clean (1006)."
SILENT = "The server did not answer a ping in time, so the connection was given up. Not clean (1006)."


async def _reset_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def _reset_after_the_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    reset(writer)


async def _headers_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write((await agreement(reader))[:-2] + b"X: " + b"a" * (1 << 20))
    with contextlib.suppress(ConnectionError):
        await writer.drain()
        await reader.read()


async def _very_many_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write((await agreement(reader))[:-2] + b"X: aaaa\r\n" * 200_000)
    with contextlib.suppress(ConnectionError):
        await writer.drain()
        await reader.read()


async def _headers_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write((await agreement(reader))[:-2])
    await reader.read()


@pytest.mark.parametrize(
    ("script", "words", "retryable"),
    [
        (_reset_at_once, "cut the connection without an answer", True),
        (_reset_after_the_request, "cut the connection without an answer", True),
        (_headers_without_end, "more than can be read: a header is too long", False),
        (_very_many_headers, "more than can be read: there are too many headers", False),
        (_headers_for_ever, "did not answer in time", True),
    ],
)
def test_a_handshake_that_fails(
    run: Run, monkeypatch: pytest.MonkeyPatch, script: Script, words: str, retryable: bool
) -> None:
    if "time" in words:
        monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 0.2)

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).ended()
            assert client.life.exception() is None
            assert (client.session.state, client.session.failed) == (State.CLOSED, True)
            assert words in client.session.outcome
            assert client.session.retryable is retryable
            assert [entry.kind for entry in client.entries] == [EntryKind.ERROR]

    run(scenario())


def test_a_handshake_may_come_byte_by_byte(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in await agreement(reader) + frame(TEXT, b"hi") + close(1000):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).ended()
            assert [entry.text for entry in client.of(EntryKind.PLAIN)] == ["hi"]
            assert client.session.outcome == "Closed by the server: 1000 (normal closure). Clean."

    run(scenario())


@pytest.mark.parametrize(
    ("last", "outcome"),
    [
        (b"", CUT),
        (frame(TEXT, b"x" * 1000)[:300], CUT),
        (close(4000, b"bye")[:3], CUT),
        (close(4000, b"bye"), "Closed by the server: 4000, reason “bye”. Clean."),
    ],
)
def test_a_reset_loses_nothing_that_had_come(run: Run, last: bytes, outcome: str) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(frame(TEXT, b"before") + last)
        await read.wait()
        reset(writer)

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = Client(url)
            await until(
                lambda: client.of(EntryKind.PLAIN) and (client.session.state is State.CLOSING or "cut" in outcome)
            )
            read.set()
            await client.ended()
            assert client.session.outcome == outcome
            assert client.session.retryable
            assert [entry.kind for entry in client.entries] == [EntryKind.OPEN, EntryKind.PLAIN, EntryKind.CLOSE]

    read = asyncio.Event()
    run(scenario())


@pytest.mark.parametrize("answers", [True, False])
def test_a_server_that_keeps_sending_after_the_close_is_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.2)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.read(1)
        writer.write(frame(TEXT, b"still"))
        if answers:
            writer.write(close(4001))
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(frame(TEXT, b"more") * 100)
                await writer.drain()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).opened()
            await client.session.close(4001, "bye")
            await client.ended()
            told = [entry.text for entry in client.of(EntryKind.PLAIN)]
            assert told[:1] == ["still"]
            assert not answers or told == ["still"]
            end = "Clean." if answers else "The server did not answer. Not clean (1006)."
            assert client.session.outcome == f"Closed by this client: 4001, reason “bye”. {end}"

    run(scenario())


def test_a_close_that_is_answered_late_is_clean(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.read(1)
        asked.set()
        await late.wait()
        writer.write(close(4001))

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).opened()
            closing = asyncio.get_running_loop().create_task(client.session.close(4001), name="closing")
            await asked.wait()
            assert client.session.state is State.CLOSING
            with pytest.raises(SendFailed):
                await client.session.send("too late")
            late.set()
            await closing
            await client.ended()
            assert client.session.outcome == "Closed by this client: 4001. Clean."

    asked, late = asyncio.Event(), asyncio.Event()
    run(scenario())


@pytest.mark.parametrize("unsent", [0, 16 << 20])
def test_a_network_that_swallows_everything_is_found(run: Run, monkeypatch: pytest.MonkeyPatch, unsent: int) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.1)
    monkeypatch.setattr(opening, "PING_INTERVAL", 30 if unsent else 0.1)  # a ping would wait behind what is unsent
    monkeypatch.setattr(opening, "PING_TIMEOUT", 0.1)
    monkeypatch.setattr(connection, "STALLED", 1)

    async def scenario() -> None:
        async with app_server() as server, _wire(server, flowing) as url:
            client = await Client(url).opened()
            await client.session.send("passes")
            await until(lambda: client.of(EntryKind.REPLY))
            flowing.clear()
            if unsent:
                await client.session.send(os.urandom(unsent))  # which compression makes no smaller
            await client.ended()
            assert client.session.outcome == (CUT if unsent else SILENT)
            assert client.session.retryable
            assert client.entries[-1].kind is EntryKind.CLOSE
            with pytest.raises(SendFailed, match="no connection"):
                await client.session.send("nothing goes any more")

    flowing = asyncio.Event()
    flowing.set()
    run(scenario())


@asynccontextmanager
async def _wire(server: WebSocketServer, flowing: asyncio.Event) -> AsyncIterator[str]:
    """The URL of a network on the way to a server, which takes in nothing unless it is ``flowing``."""
    assert server.address
    place = urlsplit(server.address.url)

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1024):
            await flowing.wait()
            writer.write(data)
            await writer.drain()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(place.hostname, place.port)
        try:
            await asyncio.gather(carry(reader, back), carry(there, writer))
        finally:
            back.transport.abort()
            writer.transport.abort()

    async with raw_server(script) as url:
        yield url
