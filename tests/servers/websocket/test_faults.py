"""Tests with real faults: killed clients, cut lines, and a handler that fails."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection

from servers.chat_protocol import ChatKind, ChatMessage
from servers.close_codes import UNEXPECTED
from servers.settings import Mode
from servers.websocket.client import Client
from servers.websocket.hub import Hub
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    Bench,
    ask_for,
    chat,
    deaf_client,
    ended,
    handshake,
    heard,
    plain,
    read,
    read_until,
    reset,
    say,
    serving,
    stalled,
)
from tests.servers.websocket.raw_frames import frame
from tests.servers.wire import hang_up

KILLED = """
import os, signal, socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as sock:
    sock.sendall(bytes.fromhex(sys.argv[2]))
    while b"\\r\\n\\r\\n" not in sock.recv(4096):
        pass
    sock.sendall(bytes.fromhex(sys.argv[3]))
    os.kill(os.getpid(), signal.SIGKILL)
"""

MIDDLES = [b"", frame(0x81, b"whole"), frame(0x81, b"x" * 100)[:50], b"\x81", frame(0x01, b"the first piece")]
"""What is sent before the line is cut: nothing, a message, half a frame, a byte, half a message."""


@asynccontextmanager
async def _witnessed(mode: Mode = Mode.BROADCAST) -> AsyncIterator[tuple[Bench, ClientConnection]]:
    """A server and a chat client who must hear of everybody that comes and goes, and be served at the end."""
    async with serving(mode) as server, chat(server, "Ann") as ann:
        await heard(server, ann)
        yield server, ann
        await until(lambda: server.names == ["Ann"])
        await heard(server, ann)
        await say(ann, "still there?")
        assert (await read(ann)).text.endswith("still there?")


async def _left(server: Bench, ann: ClientConnection) -> list[str]:
    """Who has left while she was there alone in the end, as she was told."""
    await until(lambda: server.names == ["Ann"])
    told = [one for one in await heard(server, ann) if isinstance(one, ChatMessage)]
    return [one.sender for one in told if one.kind is ChatKind.LEAVE]


@pytest.mark.parametrize("middle", MIDDLES, ids=range(len(MIDDLES)))
def test_a_process_that_is_killed(run: Run, middle: bytes) -> None:
    async def scenario() -> None:
        async with _witnessed() as (server, ann):
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-c", KILLED, f"{server.port}", handshake().hex(), middle.hex()
            )
            await child.wait()
            assert (await read(ann)).kind is ChatKind.JOIN
            if middle == MIDDLES[1]:
                assert (await read(ann)).text == "whole"
            assert (await read(ann)).kind is ChatKind.LEAVE

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST])
@pytest.mark.parametrize("middle", MIDDLES, ids=range(len(MIDDLES)))
def test_a_connection_that_is_reset(run: Run, mode: Mode, middle: bytes) -> None:
    async def scenario() -> None:
        async with _witnessed(mode) as (server, ann):
            _, writer = await deaf_client(server)
            seen = server.seen(writer)
            writer.write(middle)
            await writer.drain()
            await until(lambda: middle != MIDDLES[1] or seen.messages_out)
            reset(writer)
            await hang_up(writer)
            assert await _left(server, ann) == [seen.name]

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.ECHO, Mode.BROADCAST])
def test_a_reset_while_answers_wait_to_be_read(run: Run, caplog: pytest.LogCaptureFixture, mode: Mode) -> None:
    caplog.set_level(logging.INFO, "portside.ws")

    async def scenario() -> None:
        async with _witnessed(mode) as (server, ann):
            _, writer = await deaf_client(server)
            seen = server.seen(writer)
            while not seen.connection.paused:
                writer.write(frame(0x82, bytes(60_000)))  # not drained: that would wait for the end of the pause
                await asyncio.sleep(0)
            reset(writer)
            await hang_up(writer)
            assert await _left(server, ann) == [seen.name]

    run(scenario())
    assert "failed" not in caplog.text


@pytest.mark.parametrize("end", range(0, len(handshake()), 16))
def test_a_handshake_that_is_cut(run: Run, end: int) -> None:
    async def scenario() -> None:
        async with _witnessed() as (server, _):
            sent = handshake()[:end]
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(sent)
            await until(lambda: len(server.connections) == 2 and sent in {one.early for one in server.connections})
            reset(writer)
            await hang_up(writer)
            await until(lambda: len(server.connections) == 1)
            assert [one.request_body for one in server.exchanges[1:]] == ([sent] if sent else [])

    run(scenario())


def test_a_client_that_is_gone_before_it_is_answered(run: Run) -> None:
    async def scenario() -> None:
        async with _witnessed() as (server, ann):
            for _ in range(20):
                _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                writer.write(handshake())
                reset(writer)
                await hang_up(writer)
            await until(lambda: len(server.connections) == 1)
            kinds = [one.kind for one in await heard(server, ann) if not isinstance(one, str | bytes)]
            assert kinds.count(ChatKind.JOIN) == kinds.count(ChatKind.LEAVE)

    run(scenario())


def test_clients_that_are_reset_while_a_message_is_handed_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.hub._SLICE", 0)  # others have their turn after each client

    async def scenario() -> None:
        async with _witnessed() as (server, ann), AsyncExitStack() as stack:
            writers = [(await deaf_client(server))[1] for _ in range(20)]
            others = [await stack.enter_async_context(plain(server)) for _ in range(5)]
            sending = [asyncio.get_running_loop().create_task(server.hub.send(f"{number}")) for number in range(10)]
            for writer in writers:
                await asyncio.sleep(0)
                reset(writer)
            reached = await asyncio.gather(*sending)
            assert all(6 <= one <= 26 for one in reached)
            for other in others:
                assert await heard(server, other) == [f"{number}" for number in range(10)]
            for writer in writers:
                await hang_up(writer)
            await until(lambda: len(server.names) == 6)
            notices = [one for one in await heard(server, ann) if not isinstance(one, str | bytes)]
            assert [one.text for one in notices if one.kind is ChatKind.NOTICE] == [f"{number}" for number in range(10)]

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.BROADCAST, Mode.BROADCAST_REPLY])
def test_a_handler_that_fails_ends_its_client_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str], mode: Mode
) -> None:
    expected_logs.append("ERROR portside.ws: connection handler failed")
    sound = Hub.broadcast

    async def faulty(hub: Hub, sender: Client, content: str | bytes, label: str = "") -> int:
        if content == "boom":
            raise ZeroDivisionError("injected")
        return await sound(hub, sender, content, label)

    monkeypatch.setattr(Hub, "broadcast", faulty)

    async def scenario() -> None:
        async with _witnessed(mode) as (server, ann), plain(server) as other:
            async with plain(server) as unlucky, chat(server, "Bob") as bob:
                await unlucky.send("boom")
                assert (await ended(unlucky), unlucky.close_reason) == (UNEXPECTED, "")
                await say(bob, "boom")
                assert await ended(bob) == UNEXPECTED
            await other.send("calm")
            assert (await read_until(ann, ChatKind.BROADCAST)).text == "calm"
            await until(lambda: len(server.names) == 2)
            assert (await heard(server, other))[0] == "BROADCAST! calm"

    run(scenario())


def test_a_failure_while_a_client_is_introduced(
    run: Run, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    expected_logs.append("ERROR portside.ws: connection handler failed")

    async def faulty(*_: object) -> None:
        raise ZeroDivisionError("injected")

    async def scenario() -> None:
        async with _witnessed() as (server, ann):
            with monkeypatch.context() as patch:
                patch.setattr(Hub, "introduce", faulty)
                async with plain(server, "/?name=Bob") as unlucky:
                    assert await ended(unlucky) == UNEXPECTED
            await until(lambda: server.names == ["Ann"])
            async with chat(server, "Bob") as bob:
                assert (await read(bob)).sender == "Bob"
                await ask_for(ann, ChatKind.PRIVATE, "again", to="Bob")
                assert (await read_until(bob, ChatKind.PRIVATE)).text == "again"
            assert await _left(server, ann) == ["Bob", "Bob"]

    run(scenario())


def test_a_stalled_client_whose_line_is_cut_is_gone_at_once(run: Run) -> None:
    async def scenario() -> None:
        async with _witnessed() as (server, ann):
            async with stalled(server, compression=None) as (client, seen):
                while seen.pending < 300_000:
                    await server.hub.send(bytes(10_000), client=seen.id)
                client.transport.abort()
                assert (await read_until(ann, ChatKind.LEAVE)).sender == seen.name
            assert seen.pending == 0

    run(scenario())
