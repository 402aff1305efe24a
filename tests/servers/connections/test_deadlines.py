"""Tests of the time that clients have: for a request head, between two requests, and to take a response."""

import asyncio
import socket

import pytest
from aiohttp import web

from servers.connections import connection, crowd, progress
from tests.conftest import Run, until
from tests.servers.probe_web import ProbeServer, running
from tests.servers.wire import hang_up, parse

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
BIG = 64 * 1024 * 1024


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "LOOK", 0.01)


@pytest.mark.parametrize("half", [b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"\r\n"])
def test_half_a_head_is_answered_408_and_closed(run: Run, monkeypatch: pytest.MonkeyPatch, half: bytes) -> None:
    monkeypatch.setattr(connection, "HEADER_DEADLINE", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(half)
            reply = parse(await reader.read())
            assert (reply.status, reply.headers["connection"]) == (408, "close")
            assert server.exchanges[0].status == 408
            await hang_up(writer)

    run(scenario())


def test_a_head_that_drips_has_no_more_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEADER_DEADLINE", 0.1)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            answer = asyncio.get_running_loop().create_task(reader.read())
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            while not answer.done():
                writer.write(b"X: y\r\n")
                await asyncio.sleep(0.01)
            assert parse(await answer).status == 408
            await hang_up(writer)

    run(scenario())


def test_a_connection_on_which_nothing_comes_is_closed_without_a_word(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEADER_DEADLINE", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            assert await reader.read() == b""
            assert server.exchanges == []
            await hang_up(writer)

    run(scenario())


def test_half_of_a_second_head_is_answered_408(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEADER_DEADLINE", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(GET)
            await reader.readuntil(b"hello")
            writer.write(GET[:10])
            assert parse(await reader.read()).status == 408
            await hang_up(writer)

    run(scenario())


def test_an_idle_connection_is_closed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.web.KEEP_ALIVE", 0.05)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(GET)
            await reader.readuntil(b"hello")
            assert await reader.read() == b""
            await hang_up(writer)

    run(scenario())


def test_a_request_that_is_answered_slowly_has_no_deadline(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEADER_DEADLINE", 0.02)
    monkeypatch.setattr(progress, "STUCK", 0.02)
    monkeypatch.setattr("servers.web.KEEP_ALIVE", 0.02)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(GET.replace(b"/", b"/wait", 1))
            await server.entered.wait()
            await asyncio.sleep(0.2)
            server.gate.set()
            assert b"hello" in await reader.read()
            await hang_up(writer)

    run(scenario())


@pytest.mark.parametrize("is_streamed", [False, True])
def test_a_client_that_does_not_read_is_cut(run: Run, monkeypatch: pytest.MonkeyPatch, is_streamed: bool) -> None:
    monkeypatch.setattr(progress, "STUCK", 0.1)

    async def answer(server: ProbeServer, request: web.BaseRequest) -> web.StreamResponse:
        if not is_streamed:
            return web.Response(body=bytes(BIG))
        response = web.StreamResponse(headers={"Content-Length": str(BIG)})
        await response.prepare(request)
        for _ in range(BIG // 65536):
            await response.write(bytes(65536))
        return response

    monkeypatch.setattr(ProbeServer, "answer", answer)

    async def scenario() -> None:
        async with running() as server:
            with socket.create_connection(("127.0.0.1", server.port)) as deaf:
                deaf.sendall(GET)
                assert server._manager
                alive = server._manager.crowd.alive
                await until(lambda: alive)
                await until(lambda: not alive)

    run(scenario())


def test_a_client_that_reads_slowly_is_not_cut(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "STUCK", 2.0)

    async def answer(server: ProbeServer, request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=bytes(BIG))

    monkeypatch.setattr(ProbeServer, "answer", answer)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(GET)
            size = 0
            while size < BIG:
                size += len(await reader.read(1024 * 1024))
                await asyncio.sleep(0.02)
            await hang_up(writer)

    run(scenario())
