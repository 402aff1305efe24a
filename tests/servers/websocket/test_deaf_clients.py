"""Tests of clients that do not read: what becomes of them, and that they burden nobody else."""

import asyncio
import os
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.frames import CloseCode

from servers.exchange import Direction, Kind
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    deaf_client,
    ended,
    plain,
    read_on,
    serving,
    stalled,
)
from tests.servers.websocket.raw_frames import frame
from tests.servers.wire import hang_up


@pytest.mark.parametrize("speakers", [1, 3])
def test_a_client_that_never_reads_is_dropped_and_delays_nobody(
    run: Run, monkeypatch: pytest.MonkeyPatch, speakers: int
) -> None:
    monkeypatch.setattr("servers.websocket.connection.CUT_AFTER", 0.05)
    count, text = 200, "x" * 100_000

    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.BROADCAST, max_pending=1_000_000))
            _, writer = await deaf_client(server)
            deaf = next(iter(server.hub.clients.values()))
            clients = [await stack.enter_async_context(plain(server, compression=None)) for _ in range(speakers)]
            for number in range(count):
                await clients[number % speakers].send(text)
                assert {await client.recv() for client in clients} == {f"BROADCAST! {text}"}
            await until(lambda: deaf not in server.hub.clients.values())
            sent = [one for one in server.messages if one.exchange.remote == writer.get_extra_info("sockname")[:2]]
            closes = [one.data for one in sent if (one.direction, one.kind) == (Direction.SENT, Kind.CLOSE)]
            assert [data[:2] for data in closes] == [CloseCode.TRY_AGAIN_LATER.to_bytes(2, "big")]
            assert len(sent) < count
            assert len(server.names) == speakers
            writer.transport.abort()
            await hang_up(writer)

    run(scenario())


def test_a_dropped_client_that_reads_at_last_learns_why(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(Mode.BROADCAST, max_pending=200_000) as server,
            stalled(server) as (client, _),
            plain(server) as other,
        ):
            for _ in range(10):
                await other.send(os.urandom(100_000))
                await other.recv()
            read_on(client)
            assert await ended(client) == CloseCode.TRY_AGAIN_LATER
            assert client.close_reason == "too many messages were left unread"
            await until(lambda: len(server.names) == 1)

    run(scenario())


def test_an_echo_waits_until_the_client_reads(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_pending=100_000) as server, stalled(server) as (client, seen):
            sending = asyncio.get_running_loop().create_task(_count_off(client, 300))
            await until(lambda: seen.pending > 32_768)
            taken = seen.messages_in
            async with plain(server) as other:
                for number in range(100):
                    await other.send(f"{number}")
                    assert await other.recv() == f"ECHO! {number}"
            assert seen.messages_in - taken < 50
            assert seen.pending < 50_000
            read_on(client)
            assert [int(str(await client.recv()).split()[1]) for _ in range(300)] == list(range(300))
            await sending
            assert (seen.messages_in, seen.messages_out, seen.pending) == (300, 300, 0)

    run(scenario())


async def _count_off(client: ClientConnection, count: int) -> None:
    for number in range(count):
        await client.send(f"{number} {os.urandom(5_000).hex()}")


def test_pings_of_a_client_that_does_not_read_pile_nothing_up(run: Run) -> None:
    """RFC 6455, section 5.5.3: of several pings only the last needs an answer."""

    async def scenario() -> None:
        async with serving(Mode.ECHO, ping_interval=0) as server, stalled(server) as (client, seen):
            sent = 0
            while sent < 10_000 or not seen.connection.paused:
                client.transport.write(frame(0x89, bytes(125)) * 100)
                sent += 100
                await until(lambda: client.transport.get_write_buffer_size() == 0)
                assert seen.pending < 50_000
            client.transport.write(frame(0x89, b"the last"))
            read_on(client)
            await client.send("?")
            assert await client.recv() == "ECHO! ?"
            pongs = [one.data for one in server.messages if one.kind is Kind.PONG]
            assert len(pongs) < sent
            await until(lambda: b"the last" in [one.data for one in server.messages if one.kind is Kind.PONG])
            assert seen.pending == 0

    run(scenario())
