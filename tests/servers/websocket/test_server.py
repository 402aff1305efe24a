"""Tests of the WebSocket server: settings that count from the next connection, and what it records."""

import itertools
import json

import pytest

from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import Direction, End, Kind, header
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import chat, ended, plain, serving


def test_compression_counts_from_the_next_connection(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, compression=False) as server, plain(server) as before:
            server.change(compression=True)
            async with plain(server) as after, plain(server, compression=None) as unwilling:
                server.change(compression=False)
                clients = (before, after, unwilling)
                assert [server.seen(client).compressed for client in clients] == [False, True, False]
                fields = [header(one.response_headers, "Sec-WebSocket-Extensions") for one in server.exchanges]
                assert [bool(field) for field in fields] == [False, True, False]
                for client in clients:
                    await client.send("so " * 1000)
                    assert await client.recv() == "ECHO! " + "so " * 1000
                assert {server.seen(client).bytes_out for client in clients} == {3006}

    run(scenario())


def test_the_size_limit_counts_from_the_next_connection(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM, max_message=10) as server, plain(server) as before:
            server.change(max_message=20)
            async with plain(server) as after:
                await after.send("x" * 20)
                assert await after.recv() == "x" * 20
                await before.send("x" * 11)
                assert await ended(before) == 1009

    run(scenario())


@pytest.mark.parametrize("compression", [None, "deflate"])
def test_messages_and_bytes_are_counted_each_way(run: Run, compression: str | None) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server, compression=compression) as client:
            seen = server.seen(client)
            assert (seen.messages_in, seen.bytes_in, seen.messages_out, seen.bytes_out) == (0, 0, 0, 0)
            await client.send("é")
            assert await client.recv() == "ECHO! é"
            await client.send(["frag", "ments"])
            assert await client.recv() == "ECHO! fragments"
            await client.send(b"")
            assert await client.recv() == b""
            await (await client.ping(b"not counted"))
            assert (seen.messages_in, seen.bytes_in) == (3, 2 + 9)
            assert (seen.messages_out, seen.bytes_out) == (3, 8 + 15)
            await server.hub.send("pushed")
            assert (seen.messages_out, seen.bytes_out) == (4, 8 + 15 + 6)
            assert (seen.pending, seen.dropped) == (0, 0)

    run(scenario())


def test_what_is_known_of_a_client(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann", "/rooms/tea") as ann, plain(server, "/") as old:
            one, other = server.seen(ann), server.seen(old)
            assert (one.name, one.room, one.speaks_chat) == ("Ann", "/rooms/tea", True)
            assert (other.name, other.room, other.speaks_chat) == (f"Client {other.id}", "/", False)
            assert one.remote == ann.local_address
            assert 0 < one.since_ns < other.since_ns
            assert one.id < other.id
            assert server.hub.clients == {one.id: one, other.id: other}

    run(scenario())


def test_the_handshake_is_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as client:
            record = server.exchanges[0]
            assert (record.source, record.end, record.method, record.target) == ("ws", End.SERVER, "GET", "/?name=Ann")
            assert (record.status, record.reason, record.error) == (101, "Switching Protocols", None)
            assert (record.local, record.remote) == (("127.0.0.1", server.port), client.local_address)
            assert header(record.request_headers, "sec-websocket-protocol") == SUBPROTOCOL
            assert header(record.response_headers, "Sec-WebSocket-Accept")
            assert header(record.request_headers, "Sec-WebSocket-Key")
            assert record.started_ns <= record.responded_ns <= record.finished_ns

    run(scenario())


def test_messages_and_control_frames_are_recorded(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            async with plain(server) as client:
                await client.send("hi")
                await client.recv()
                await client.send(b"\xff")
                await client.recv()
                await (await client.ping(b"now"))
                await client.close(4000, "enough")
            await until(lambda: len(server.messages) == 8)
            record = server.exchanges[0]
            close = (4000).to_bytes(2, "big") + b"enough"
            assert [(one.direction, one.kind, one.data) for one in server.messages] == [
                (Direction.RECEIVED, Kind.TEXT, b"hi"),
                (Direction.SENT, Kind.TEXT, b"ECHO! hi"),
                (Direction.RECEIVED, Kind.BINARY, b"\xff"),
                (Direction.SENT, Kind.BINARY, b"\xff"),
                (Direction.RECEIVED, Kind.PING, b"now"),
                (Direction.SENT, Kind.PONG, b"now"),
                (Direction.RECEIVED, Kind.CLOSE, close),
                (Direction.SENT, Kind.CLOSE, close),
            ]
            assert all(one.exchange is record for one in server.messages)
            times = [record.finished_ns, *(one.at_ns for one in server.messages)]
            assert all(earlier <= later for earlier, later in itertools.pairwise(times))

    run(scenario())


def test_messages_on_the_wire_are_json_objects(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server, chat(server, "Ann") as client:
            welcome = json.loads(await client.recv())
            assert set(welcome) == {"kind", "sender", "text", "time"}
            assert (welcome["kind"], welcome["sender"]) == ("welcome", "Ann")

    run(scenario())
