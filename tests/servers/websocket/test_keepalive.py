"""Tests of pings: who answers stays and has a latency, who does not is cut, whatever else waits for it."""

import asyncio
import os

import pytest

from servers.exchange import Direction, Kind
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    Bench,
    deaf_client,
    ended,
    handshake,
    plain,
    read_on,
    reset,
    serving,
    stalled,
)
from tests.servers.websocket.raw_frames import frame, shaken
from tests.servers.wire import hang_up

NO_ANSWER = (1011).to_bytes(2, "big") + b"keepalive ping timeout"


def _pings(server: Bench) -> int:
    return len([one for one in server.messages if (one.kind, one.direction) == (Kind.PING, Direction.SENT)])


def _closes(server: Bench) -> list[bytes]:
    return [one.data for one in server.messages if (one.kind, one.direction) == (Kind.CLOSE, Direction.SENT)]


def test_a_client_that_answers_stays_and_its_latency_is_measured(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=1) as server, plain(server, ping_interval=None) as client:
            seen = server.seen(client)
            before = seen.latency
            await until(lambda: _pings(server) == 2)
            assert (before, bool(seen.latency)) == (None, True)
            assert server.names == [seen.name]

    run(scenario())


def test_a_client_that_never_answers_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=1) as server, shaken(server) as (reader, _):
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readexactly(1_000)
            await until(lambda: not server.names)
            assert (_pings(server), _closes(server)) == (1, [NO_ANSWER])

    run(scenario())


def test_a_client_that_says_much_but_does_not_answer_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with serving(Mode.VERBATIM, ping_interval=1) as server, shaken(server) as (_, writer):
            while server.names:
                writer.write(frame(0x81, b"me, me, me") + frame(0x8A, b"no such ping"))
                await asyncio.sleep(0.01)
            assert _closes(server) == [NO_ANSWER]

    run(scenario())


@pytest.mark.parametrize("mode", [Mode.BROADCAST, Mode.ECHO])
def test_a_client_that_stopped_reading_is_cut_though_its_ping_cannot_be_sent(
    run: Run, monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with serving(mode, ping_interval=1) as server, plain(server) as other:
            _, writer = await deaf_client(server)
            seen = server.seen(writer)
            while not seen.connection.paused:
                await server.hub.send(os.urandom(100_000), client=seen.id)
                if mode is Mode.ECHO:
                    writer.write(frame(0x82, bytes(1_000)) * 40)
            await until(lambda: len(server.names) == 1)
            await other.send("and I?")
            assert str(await other.recv()).endswith("! and I?")
            reset(writer)
            await hang_up(writer)

    run(scenario())


def test_a_client_that_reads_again_in_time_stays(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(Mode.BROADCAST, ping_interval=1) as server,
            stalled(server, ping_interval=None) as (client, seen),
        ):
            while not seen.connection.paused:
                await server.hub.send(os.urandom(10_000))
            await until(lambda: _pings(server) == 1)
            read_on(client)
            reading = asyncio.get_running_loop().create_task(ended(client))
            await until(lambda: seen.latency)
            assert (server.names, _closes(server)) == ([seen.name], [])
            await server.stop()
            assert await reading == 1001

    run(scenario())


def test_no_pings_while_they_are_off_and_again_from_the_next_connection(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=0) as server, plain(server, ping_interval=None) as silent:
            server.change(ping_interval=1)
            async with plain(server, ping_interval=None) as pinged:
                await until(lambda: _pings(server) == 2)
                assert {one.exchange.remote for one in server.messages if one.kind is Kind.PING} == {
                    pinged.local_address
                }
                assert server.seen(pinged).latency
                assert server.seen(silent).latency is None

    run(scenario())


@pytest.mark.parametrize("last", [frame(0x88, b"\x03\xe8"), frame(0x83), frame(0x81, b"\xff"), frame(0x81, b"x" * 99)])
def test_who_has_ended_the_conversation_but_not_the_connection_is_cut(
    run: Run, monkeypatch: pytest.MonkeyPatch, last: bytes
) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)

    async def scenario() -> None:
        async with serving(Mode.BROADCAST, ping_interval=0, max_message=98) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(handshake() + last)
            await reader.readuntil(b"\r\n\r\n")
            await until(lambda: server.exchanges and not server.names)
            await hang_up(writer)

    run(scenario())
