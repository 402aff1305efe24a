"""Tests of what waits for a client that does not read: bounded, in order, and no burden to the others."""

import os
from itertools import pairwise

import pytest
from websockets.frames import CloseCode

from servers.chat_protocol import ChatKind, ChatMessage
from servers.exchange import Kind
from servers.settings import Overflow
from servers.websocket.client import Client
from tests.conftest import Run, until
from tests.servers.websocket.clients import (
    Bench,
    chat,
    ended,
    heard,
    plain,
    read_on,
    serving,
    stalled,
)

FILLING = os.urandom(5_000).hex()
"""Small beside the bounds, large beside what the system keeps for a client that does not read, and hard to deflate."""


async def _fill(server: Bench, client: Client, until_pending: int = 150_000) -> int:
    """Send until messages wait in the queue; return how many were sent."""
    sent = 0
    while client.pending < until_pending:
        await server.hub.send(f"{sent} {FILLING}")
        sent += 1
    return sent


def _numbers(messages: list[ChatMessage | str | bytes]) -> list[int]:
    return [int(str(message).split()[0]) for message in messages]


@pytest.mark.parametrize("compression", [None, "deflate"])
@pytest.mark.parametrize("overflow", list(Overflow))
def test_what_waits_within_the_bounds_comes_in_order_once_it_is_read(
    run: Run, compression: str | None, overflow: Overflow
) -> None:
    async def scenario() -> None:
        async with (
            serving(overflow=overflow) as server,
            stalled(server, compression=compression) as (client, seen),
        ):
            for _ in range(3):
                client.transport.pause_reading()
                sent = await _fill(server, seen)
                read_on(client)
                assert _numbers([await client.recv() for _ in range(sent)]) == list(range(sent))
                assert await heard(server, client) == []
            assert (seen.pending, seen.dropped) == (0, 0)
            assert seen.messages_out == len([one for one in server.messages if one.kind is Kind.TEXT])

    run(scenario())


def test_the_oldest_messages_are_dropped_and_counted(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(max_pending=200_000, overflow=Overflow.DROP_OLDEST) as server,
            stalled(server, compression=None) as (client, seen),
        ):
            sent = await _fill(server, seen)
            assert seen.dropped == 0
            for number in range(sent, sent + 100):
                await server.hub.send(f"{number} {FILLING}")
                assert seen.pending <= 200_000
            assert seen.dropped > 50
            read_on(client)
            numbers = _numbers(await heard(server, client))
            assert numbers[-1] == sent + 99
            assert all(before < after for before, after in pairwise(numbers))
            assert len(numbers) + seen.dropped == sent + 100
            assert seen.messages_out == len(numbers) + 1
            assert await heard(server, client) == []

    run(scenario())


def test_announcement_and_bytes_are_dropped_together(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(max_pending=200_000, overflow=Overflow.DROP_OLDEST) as server,
            stalled(server, chat, compression=None) as (client, seen),
        ):
            for size in range(10_000, 10_200):
                await server.hub.send(bytes(size))
                await server.hub.send(f"{size}")
            assert seen.dropped > 0
            read_on(client)
            received = await heard(server, client)
            announced = [one.size for one in received if isinstance(one, ChatMessage) and one.size is not None]
            assert [len(one) for one in received if isinstance(one, bytes)] == announced
            for before, after in pairwise(received):
                assert isinstance(after, bytes) == (isinstance(before, ChatMessage) and before.size is not None)
            texts = [one for one in received if isinstance(one, ChatMessage) and one.kind is ChatKind.NOTICE]
            assert len(texts) + seen.dropped == 400

    run(scenario())


@pytest.mark.parametrize("size", [0, 1_000_000])
def test_the_newest_message_is_kept_whatever_its_size(run: Run, size: int) -> None:
    async def scenario() -> None:
        async with (
            serving(max_pending=100_000, overflow=Overflow.DROP_OLDEST) as server,
            stalled(server, compression=None) as (client, seen),
        ):
            sent = await _fill(server, seen, 90_000)
            await server.hub.send(bytes(300_000))
            await server.hub.send(bytes(size))
            read_on(client)
            received = [await client.recv()]
            while not isinstance(received[-1], bytes) or len(received[-1]) != size:
                received.append(await client.recv())
            assert len(received) + seen.dropped == sent + 2
            assert seen.pending == 0

    run(scenario())


def test_the_policy_is_changed_while_a_client_isstalled(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(max_pending=200_000, overflow=Overflow.DROP_OLDEST) as server,
            stalled(server, compression=None) as (client, seen),
        ):
            await _fill(server, seen)
            while not seen.dropped:
                await server.hub.send(FILLING)
            server.change(max_pending=400_000)
            dropped = seen.dropped
            for _ in range(15):
                await server.hub.send(FILLING)
            assert (seen.dropped, seen.pending > 200_000) == (dropped, True)
            server.change(overflow=Overflow.CLOSE, max_pending=100_000)
            await server.hub.send(FILLING)
            assert seen.pending < 100_000
            await server.hub.send(FILLING)
            read_on(client)
            assert await ended(client) == CloseCode.TRY_AGAIN_LATER

    run(scenario())


def test_nothing_more_is_kept_for_a_client_that_is_being_closed(run: Run) -> None:
    async def scenario() -> None:
        async with (
            serving(max_pending=200_000) as server,
            stalled(server, compression=None) as (client, seen),
            plain(server) as reader,
        ):
            await _fill(server, seen)
            for _ in range(100):
                await server.hub.send(FILLING)
                assert seen.pending <= 200_000
            await heard(server, reader)
            assert seen.dropped == 0
            assert len(server.names) == 2
            read_on(client)
            assert await ended(client) == CloseCode.TRY_AGAIN_LATER
            await until(lambda: len(server.names) == 1)

    run(scenario())
