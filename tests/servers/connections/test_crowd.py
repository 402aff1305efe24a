"""Tests of how many connections a server takes, and of who makes room for whom."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from servers.connections import crowd
from tests.conftest import Run, until
from tests.servers.probe_web import ProbeServer, running
from tests.servers.wire import ask, hang_up, parse

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
WAIT = b"GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def _many(server: ProbeServer, number: int, data: bytes = b"") -> AsyncIterator[list[Streams]]:
    """So many connections, opened one after the other, that have sent ``data``."""
    streams = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(number)]
    for _, writer in streams:
        writer.write(data)
    try:
        yield streams
    finally:
        for _, writer in streams:
            await hang_up(writer)


def _alive(server: ProbeServer) -> int:
    assert server._manager
    return len(server._manager.crowd.alive)


def test_half_open_connections_make_room_for_a_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 20)

    async def scenario() -> None:
        async with running() as server, _many(server, 60, b"GET / HT") as streams:
            assert (await ask(server.port, "GET", "/")).status == 200
            assert await streams[0][0].read() == b""
            await until(lambda: _alive(server) <= 20)

    run(scenario())


def test_500_half_open_connections_do_not_keep_a_request_waiting(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server, _many(server, 500, b"GET / HTTP/1.1\r\nHost: "):
            assert (await ask(server.port, "GET", "/")).status == 200

    run(scenario())


def test_idle_connections_make_room_where_no_half_open_one_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 3)

    async def scenario() -> None:
        async with running() as server, _many(server, 3, GET) as streams:
            for reader, _ in streams:
                await reader.readuntil(b"hello")
            assert (await ask(server.port, "GET", "/")).status == 200
            assert await streams[0][0].read() == b""
            streams[2][1].write(GET)
            await streams[2][0].readuntil(b"hello")

    run(scenario())


def test_a_server_full_of_requests_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 3)
    monkeypatch.setattr(crowd, "SURPLUS", 0)

    async def scenario() -> None:
        async with running() as server, _many(server, 3, WAIT) as streams:
            await until(lambda: _alive(server) == 3 and not server._manager.crowd.fresh)  # type: ignore[union-attr]
            monkeypatch.setattr(crowd, "SURPLUS", 1)
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            await until(lambda: _alive(server) == 4)
            writer.write(GET)
            reply = parse(await reader.read())
            assert (reply.status, reply.headers["connection"]) == (503, "close")
            assert int(reply.headers["retry-after"]) > 0
            await hang_up(writer)
            server.gate.set()
            assert b"hello" in await streams[0][0].readuntil(b"hello")
            assert (await ask(server.port, "GET", "/")).status == 200

    run(scenario())


def test_connections_beyond_the_surplus_are_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST", 2)
    monkeypatch.setattr(crowd, "SURPLUS", 0)

    async def scenario() -> None:
        async with running() as server, _many(server, 2, WAIT):
            await until(lambda: _alive(server) == 2 and not server._manager.crowd.fresh)  # type: ignore[union-attr]
            async with _many(server, 1) as surplus:
                assert await surplus[0][0].read() == b""

    run(scenario())


def test_another_computer_has_a_share_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "PER_ADDRESS", 5)
    monkeypatch.setattr(crowd, "is_loopback", lambda address: address == "::1")

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("::1", server.port)
            await until(lambda: _alive(server) == 1)
            async with _many(server, 10, b"GET / HT"):
                assert (await ask(server.port, "GET", "/")).status == 200
                await until(lambda: _alive(server) <= 6)
                writer.write(GET)  # an older one that is half-open too, but of another address
                await reader.readuntil(b"hello")
            await hang_up(writer)

    run(scenario())


def test_what_has_ended_is_forgotten(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            assert server._manager
            crowd_of_server = server._manager.crowd
            async with _many(server, 20, GET):
                await until(lambda: _alive(server) == 20)
            await until(lambda: _alive(server) == 0)
            assert not crowd_of_server.fresh
            assert not crowd_of_server._of_address

    run(scenario())
