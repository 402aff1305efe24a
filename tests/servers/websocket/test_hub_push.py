"""Tests of what the server's user does to clients: messages to one, a room or all, and closing one."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import ChatKind, ChatMessage
from servers.close_codes import REASON_LIMIT
from servers.exchange import Direction, Kind
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    Bench,
    chat,
    deaf_client,
    ended,
    handshake,
    heard,
    plain,
    read,
    reset,
    serving,
    stalled,
)
from tests.servers.websocket.raw_frames import frame, shaken
from tests.servers.wire import hang_up


@asynccontextmanager
async def _four(mode: Mode = Mode.ECHO) -> AsyncIterator[tuple[Bench, list[ClientConnection]]]:
    """A plain and a chat client in the lobby, the same in a room; all greetings are read."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving(mode))
        clients = []
        for room in ("/", "/rooms/tea"):
            clients.append(await stack.enter_async_context(plain(server, room)))
            clients.append(await stack.enter_async_context(chat(server, "", room)))
            await heard(server, clients[-1])
        yield server, clients


def _is_notice(messages: list[ChatMessage | str | bytes], content: str | bytes) -> bool:
    """Whether a chat client was told just that."""
    first = messages[0]
    assert isinstance(first, ChatMessage)
    assert (first.kind, first.sender, first.id, first.to) == (ChatKind.NOTICE, "", None, "")
    assert first.time.endswith("Z")
    if isinstance(content, str):
        return len(messages) == 1 and (first.text, first.size) == (content, None)
    label = "1 byte" if len(content) == 1 else f"{len(content)} bytes"
    return (first.text, first.size, messages[1:]) == (label, len(content), [content])


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    "content",
    ["hello", "", "grüße 🙂\0", '{"kind":"say","text":""}', "x" * 900_000, b"", b"\x00", os.urandom(900_000)],
    ids=range(8),
)
def test_send_to_one_to_a_room_and_to_all(run: Run, mode: Mode, content: str | bytes) -> None:
    async def scenario() -> None:
        async with _four(mode) as (server, clients):
            ids = [server.seen(client).id for client in clients]
            everybody: list[int] = [0, 1, 2, 3]
            for client, room, reached in (
                (ids[0], None, [0]),
                (ids[3], None, [3]),
                (None, "/", [0, 1]),
                (None, "/rooms/tea", [2, 3]),
                (None, None, everybody),
                (ids[0], "/", [0]),
                (ids[0], "/rooms/tea", []),
                (max(ids) + 1, None, []),
                (None, "/rooms/none", []),
            ):
                assert await server.hub.send(content, client=client, room=room) == len(reached)
                for number, one in enumerate(clients):
                    received = await heard(server, one)
                    if number not in reached:
                        assert received == []
                    elif one.subprotocol:
                        assert _is_notice(received, content)
                    else:
                        assert received == [content]

    run(scenario())


def test_nobody_is_there(run: Run) -> None:
    async def scenario() -> None:
        server = Bench(Mode.ECHO)
        assert await server.hub.send("anybody?") == 0
        await server.start()
        assert await server.hub.send("anybody?") == 0
        assert not server.hub.close(1, 1000, "")
        await server.stop()
        assert await server.hub.send(b"anybody?") == 0

    run(scenario())


def test_text_that_utf_8_cannot_carry_is_not_sent(run: Run) -> None:
    async def scenario() -> None:
        async with _four() as (server, clients):
            with pytest.raises(ValueError, match="surrogates not allowed"):
                await server.hub.send("half \ud83d")
            for client in clients:
                assert await heard(server, client) == []

    run(scenario())


def test_many_at_a_time_reach_everybody_in_one_order(run: Run) -> None:
    async def scenario() -> None:
        async with _four(Mode.BROADCAST) as (server, clients):
            await asyncio.gather(*(server.hub.send(f"{number}", room="/") for number in range(50)))
            old, new = await heard(server, clients[0]), await heard(server, clients[1])
            assert sorted(map(str, old), key=int) == [f"{number}" for number in range(50)]
            assert [one.text for one in new if isinstance(one, ChatMessage)] == old

    run(scenario())


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (1000, ""),
        (1000, "done"),
        (1001, "good night"),
        (1008, "behave"),
        (1011, "oh dear"),
        (3000, ""),
        (4999, "größer geht’s nicht"),
        (4000, "x" * REASON_LIMIT),
        (4000, "🙂" * 30),
    ],
)
def test_close_with_code_and_reason(run: Run, code: int, reason: str) -> None:
    async def scenario() -> None:
        async with _four() as (server, clients):
            chosen = server.seen(clients[1])
            assert server.hub.close(chosen.id, code, reason)
            assert chosen.is_closing
            assert await ended(clients[1]) == code
            assert clients[1].close_reason == reason
            await until(lambda: len(server.names) == 3)
            closes = [(one.direction, one.data) for one in server.messages if one.kind is Kind.CLOSE]
            data = code.to_bytes(2, "big") + reason.encode()
            assert closes == [(Direction.SENT, data), (Direction.RECEIVED, data)]
            assert not server.hub.close(chosen.id, code, reason)
            for client in (clients[0], *clients[2:]):
                assert await heard(server, client) == []

    run(scenario())


def test_the_others_of_the_room_are_told(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as ann, plain(server, "/?name=Old") as old:
            await heard(server, ann)
            server.hub.close(server.seen(old).id, 1000, "")
            left = await read(ann)
            assert (left.kind, left.sender) == (ChatKind.LEAVE, "Old")

    run(scenario())


@pytest.mark.parametrize("code", [0, 999, 1002, 1004, 1005, 1006, 1007, 1009, 1013, 1015, 2999, 5000, -1])
def test_codes_that_are_not_to_be_sent(run: Run, code: int) -> None:
    async def scenario() -> None:
        async with _four() as (server, clients):
            with pytest.raises(ValueError, match=rf"^{code} is not to be sent here\."):
                server.hub.close(server.seen(clients[0]).id, code, "")
            assert len(server.names) == 4

    run(scenario())


@pytest.mark.parametrize("reason", ["x" * 124, "é" * 62, "\ud800"], ids=range(3))
def test_reasons_that_no_frame_can_carry(run: Run, reason: str) -> None:
    async def scenario() -> None:
        async with _four() as (server, clients):
            with pytest.raises(ValueError, match=r"^The reason .*\.$"):
                server.hub.close(server.seen(clients[0]).id, 1000, reason)
            assert await heard(server, clients[0]) == []

    run(scenario())


def test_a_second_close_changes_nothing(run: Run) -> None:
    async def scenario() -> None:
        async with _four() as (server, clients):
            number = server.seen(clients[0]).id
            assert server.hub.close(number, 4001, "first")
            server.hub.close(number, 4002, "second")
            assert await ended(clients[0]) == 4001

    run(scenario())


@pytest.mark.parametrize("ping_interval", [0, 20])
def test_a_client_that_does_not_answer_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch, ping_interval: int) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with (
            serving(Mode.ECHO, ping_interval=ping_interval) as server,
            shaken(server) as (reader, _),
            plain(server) as other,
        ):
            (number, _) = server.hub.clients
            server.hub.close(number, 4000, "")
            assert (await reader.readexactly(4))[:2] == b"\x88\x02"
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readexactly(1)
            await until(lambda: len(server.names) == 1)
            assert await heard(server, other) == []

    run(scenario())


def test_a_client_that_does_not_read_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=0) as server:
            _, writer = await deaf_client(server)
            seen = server.seen(writer)
            while seen.pending < 500_000:
                await server.hub.send(bytes(100_000))
            assert server.hub.close(seen.id, 1008, "wake up")
            await until(lambda: not server.names)
            reset(writer)
            await hang_up(writer)

    run(scenario())


def test_what_waits_is_not_sent_to_a_client_that_is_closed(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, stalled(server, compression=None) as (client, seen):
            while seen.pending < 300_000:
                await server.hub.send(os.urandom(10_000))
            server.hub.close(seen.id, 4000, "enough")
            assert seen.pending < 100_000
            client.transport.resume_reading()
            assert await ended(client) == 4000

    run(scenario())


def test_what_a_client_says_while_it_is_closed_is_not_listened_to(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server, shaken(server) as (reader, writer), plain(server) as other:
            (number, _) = server.hub.clients
            server.hub.close(number, 1008, "no more of this")
            writer.write(frame(0x81, b"spam") * 100)
            await reader.readexactly(19)
            writer.write(frame(0x88, b"\x03\xf0"))
            await reader.read()
            writer.close()
            await until(lambda: len(server.names) == 1)
            assert await heard(server, other) == []

    run(scenario())


def test_the_last_words_before_a_close_are_heard(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.BROADCAST) as server, plain(server) as other:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(handshake() + frame(0x81, b"bye") + frame(0x81, b"bye") + frame(0x88, b"\x03\xe8"))
            assert [await other.recv(), await other.recv()] == ["BROADCAST! bye"] * 2
            await hang_up(writer)
            await until(lambda: len(server.names) == 1)

    run(scenario())
