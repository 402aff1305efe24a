"""Tests of request bodies that are read piece by piece: limits, and clients that are slow, stop, or go away."""

import asyncio

import pytest
from aiohttp import web

from servers import request_body
from servers.request_body import body_chunks
from tests.conftest import Run, until
from tests.servers.probe_web import LIMIT, ProbeServer, running
from tests.servers.wire import ask, hang_up, parse, raw, request

CHUNKED = "Transfer-Encoding: chunked"


@pytest.fixture(autouse=True)
def _in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(_server: ProbeServer, request: web.BaseRequest) -> web.Response:
        return web.Response(body=b"".join([chunk async for chunk in body_chunks(request, LIMIT)]))

    monkeypatch.setattr(ProbeServer, "answer", answer)
    monkeypatch.setattr("servers.web.LINGER", 0.05)


@pytest.mark.parametrize("size", [0, 1, LIMIT, LIMIT + 1, 500 * LIMIT])
@pytest.mark.parametrize("chunked", [False, True])
def test_the_limit(run: Run, size: int, chunked: bool) -> None:
    data = (
        request("POST", "/", CHUNKED) + b"%x\r\n%s\r\n0\r\n\r\n" % (size, b"x" * size)
        if chunked and size
        else request("POST", "/", body=b"x" * size)
    )

    async def scenario() -> None:
        async with running() as server:
            reply = parse(await raw(server.port, data))
            if size <= LIMIT:
                assert (reply.status, reply.body) == (200, b"x" * size)
                assert server.exchanges[0].request_body == b"x" * size
            else:
                assert (reply.status, reply.headers["connection"]) == (413, "close")

    run(scenario())


def test_a_coding_is_refused(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            assert (await ask(server.port, "POST", "/", "Content-Encoding: gzip", body=b"abc")).status == 415

    run(scenario())


def test_a_client_that_waits_to_be_asked_is_asked(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("PUT", "/", "Content-Length: 3", "Expect: 100-continue"))
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            writer.write(b"abc")
            assert parse(await reader.read()).body == b"abc"
            await hang_up(writer)

    run(scenario())


def test_a_body_that_goes_on_may_take_longer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "BODY_DEADLINE", 1)
    monkeypatch.setattr(request_body, "SLOWEST", 1)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("PUT", "/", "Content-Length: 50"))
            for _ in range(50):
                writer.write(b"x")
                await asyncio.sleep(0.03)
            assert parse(await reader.read()).body == b"x" * 50
            await hang_up(writer)

    run(scenario())


@pytest.mark.parametrize(("deadline", "slowest"), [(0.05, 1), (0.2, 10**9)], ids=["stalls", "drips"])
def test_a_body_that_stalls_or_drips_is_given_up(
    run: Run, monkeypatch: pytest.MonkeyPatch, deadline: float, slowest: int
) -> None:
    monkeypatch.setattr(request_body, "BODY_DEADLINE", deadline)
    monkeypatch.setattr(request_body, "SLOWEST", slowest)

    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            answer = asyncio.get_running_loop().create_task(reader.readuntil(b"\r\n\r\n"))
            writer.write(request("PUT", "/", "Content-Length: 900"))
            while not answer.done():
                await asyncio.sleep(deadline / 10 if slowest > 1 else deadline)
                writer.write(b"x")
                if slowest == 1:
                    break
            assert parse(await answer).status == 408
            await hang_up(writer)

    run(scenario())


def test_a_client_that_goes_away_ends_it(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("PUT", "/", "Content-Length: 100", "Expect: 100-continue"))
            await reader.readuntil(b"\r\n\r\n")
            writer.transport.abort()
            await until(lambda: server.exchanges)
            assert server.exchanges[0].status == 0

    run(scenario())
