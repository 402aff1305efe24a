"""desktop.chat.session with servers that refuse, answer nonsense, fall silent or break off."""

import asyncio
import socket

import pytest
from websockets.asyncio.server import ServerConnection, serve

from desktop.chat import session
from desktop.chat.connecting import handshake
from desktop.chat.entry import EntryKind
from desktop.chat.session import SendFailed, State
from servers.exchange import Exchange
from tests.conftest import Run
from tests.desktop.chat.peers import PATIENCE, Client, accept, raw_server, until

pytestmark = pytest.mark.without_qt


async def _failed(url: str) -> tuple[str, Exchange | None]:
    client = await Client(url).ended()
    assert client.session.state is State.CLOSED
    assert client.session.failed
    assert client.session.closure is None
    assert [entry.kind for entry in client.entries] == [EntryKind.ERROR]
    records = client.records()
    assert all(isinstance(record, Exchange) for record in records)
    return client.session.outcome, records[0] if records and isinstance(records[0], Exchange) else None


async def _send_without_end(client: Client, data: bytes) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            await client.session.send(data)
            await asyncio.sleep(0)


def test_nothing_answers(run: Run) -> None:
    async def scenario() -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
            for host in ("localhost", "127.0.0.1"):
                sentence, exchange = await _failed(f"ws://{host}:{port}")
                wanted = f"Nothing answers on {host} port {port}. Start the WebSocket server or check the port."
                assert sentence == wanted
                assert exchange
                assert (exchange.status, exchange.error, exchange.remote) == (0, wanted, None)

    run(scenario())


@pytest.mark.parametrize(
    ("response", "status", "words"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, "answered 404 Not Found: it is not a WebSocket"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "it is not a WebSocket server, or not at this path"),
        (
            b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nNo \x1b[31m!",
            403,
            r"refused the connection (403 Forbidden). It says: No \x1b[31m!",
        ),
        (b"HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n", 421, "does not answer to this host name"),
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", 503, "lets no more clients in"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", 500, "failed to answer (500 Oops)"),
        (b"HTTP/1.1 302 Found\r\nLocation: ws://x.example/\r\nContent-Length: 0\r\n\r\n", 302, "ws://x.example/"),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", 101, "is not a WebSocket server"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", 0, "does not speak HTTP"),
        (b"", 0, "without an answer"),
    ],
)
def test_a_refused_or_senseless_handshake_is_explained(run: Run, response: bytes, status: int, words: str) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        writer.write_eof()
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            sentence, exchange = await _failed(url)
            assert words in sentence
            assert exchange
            assert exchange.status == status
            assert exchange.error == (sentence if status in (0, 101) else None)
            assert exchange.request_headers

    run(scenario())


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "ws://", "ws://localhost:99999", "ws://a b", "ws://h/#f", "ws://[::"]
)
def test_what_is_not_a_websocket_url_is_said(run: Run, url: str) -> None:
    async def scenario() -> None:
        sentence, exchange = await _failed(url)
        assert "is not a WebSocket URL" in sentence
        assert exchange is None

    run(scenario())


def test_an_unknown_name_is_said(run: Run) -> None:
    async def scenario() -> None:
        sentence, _ = await _failed(f"ws://{'a' * 64}.invalid:80")
        assert "There is no computer named" in sentence

    run(scenario())


def test_tls_towards_a_server_without_it(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async def scenario() -> None:
        async with raw_server(script) as url:
            sentence, _ = await _failed(url.replace("ws://", "wss://"))
            assert "does not speak TLS" in sentence

    run(scenario())


def test_a_server_that_says_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            sentence, exchange = await _failed(url)
            assert "did not answer in time" in sentence
            assert exchange
            assert exchange.remote

    run(scenario())


def test_giving_up_while_connecting_is_recorded(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = Client(url)
            await asked.wait()
            await client.session.close()
            await client.ended()
            (exchange,) = client.records()
            assert isinstance(exchange, Exchange)
            assert exchange.error == "The attempt was given up."
            assert client.states == [State.CLOSED]

    asked = asyncio.Event()
    run(scenario())


def test_a_server_that_never_answers_the_close_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).opened()
            await client.session.close(1000)
            await client.ended()
            closure = client.session.closure
            assert closure
            assert (closure.code, closure.was_clean) == (1006, False)
            assert "The server did not answer. Not clean (1006)." in client.session.outcome

    run(scenario())


def test_a_server_that_closes_but_never_hangs_up_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(b"\x88\x05\x0f\xa0bye")
        await ended.wait()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).ended()
            assert client.session.outcome == "Closed by the server: 4000, reason “bye”. Clean."
            ended.set()

    ended = asyncio.Event()
    run(scenario())


@pytest.mark.parametrize(
    ("frames", "outcome"),
    [
        (b"\x81\x05hel", "The connection was cut without a close frame. Not clean (1006)."),
        (b"", "The connection was cut without a close frame. Not clean (1006)."),
        (b"\x81\x01\xff", "Closed by this client: 1007 (text is not UTF-8)"),
        (b"\x83\x00", "Closed by this client: 1002 (protocol error)"),
        (b"\x82\x7f\x00\x00\x00\x00\x08\x00\x00\x00", "Closed by this client: 1009 (message too big)"),
    ],
)
def test_broken_frames_end_in_a_stated_way(run: Run, frames: bytes, outcome: str) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(frames)
        if "cut" in outcome:
            writer.write_eof()
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).ended()
            assert client.session.outcome.startswith(outcome)
            kinds = [entry.kind for entry in client.entries if entry.kind is not EntryKind.ERROR]
            assert kinds == [EntryKind.OPEN, EntryKind.CLOSE]
            assert [entry.text for entry in client.of(EntryKind.ERROR)] == (
                ["The server sent a text that is not UTF-8: \\xff"] if "UTF-8" in outcome else []
            )

    run(scenario())


def test_only_the_text_that_cannot_be_read_is_called_so(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(b"\x81\x02ok\x81\x01\xff\x81\x05hello")
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).ended()
            assert [entry.text for entry in client.of(EntryKind.PLAIN)] == ["ok"]
            assert [entry.text for entry in client.of(EntryKind.ERROR)] == [
                "The server sent a text that is not UTF-8: \\xff"
            ]

    run(scenario())


def test_a_server_that_does_not_read_delays_nobody_for_long(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "SEND_TIMEOUT", 0.05)
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await ended.wait()

    async def scenario() -> None:
        async with raw_server(script) as url:
            client = await Client(url).opened()
            with pytest.raises(SendFailed, match="does not read"):
                await _send_without_end(client, bytes(4 * 1024 * 1024))
            await client.session.close()
            await client.ended()
            ended.set()
            assert "did not answer" in client.session.outcome

    ended = asyncio.Event()
    run(scenario())


def test_a_send_into_a_connection_that_just_ended_fails(run: Run) -> None:
    async def leave(connection: ServerConnection) -> None:
        await connection.recv()
        connection.transport.abort()

    async def scenario() -> None:
        async with serve(leave, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            client = await Client(f"ws://127.0.0.1:{port}").opened()
            await client.session.send("go")
            with pytest.raises(SendFailed):
                await _send_without_end(client, b"more")
            await client.ended()
            assert client.session.closure
            assert not client.session.closure.was_clean
            await until(lambda: client.of(EntryKind.CLOSE))

    run(scenario())
