"""Tests of requests that are handled without a task of their own."""

import asyncio
import sys
from collections.abc import Awaitable

import pytest
from aiohttp import web

from servers.connections.inline import without_tasks
from tests.conftest import Run
from tests.servers.probe_web import ProbeServer, running
from tests.servers.wire import ask, hang_up, raw, request, statuses


def test_a_request_has_no_task_unless_others_wait(run: Run) -> None:
    async def scenario() -> None:
        waiting: list[int] = []
        loop = without_tasks(asyncio.get_running_loop(), waiting)
        if sys.version_info >= (3, 12):
            assert loop is asyncio.get_running_loop()
            return
        handled: Awaitable[None] = loop.create_task(asyncio.sleep(0))
        assert not isinstance(handled, asyncio.Task)
        await handled
        waiting.append(1)
        handled = loop.create_task(asyncio.sleep(0))
        assert isinstance(handled, asyncio.Task)
        await handled

    run(scenario())


def test_many_requests_at_once_let_others_have_their_turn(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            others = 0

            async def count() -> None:
                nonlocal others
                while True:
                    others += 1
                    await asyncio.sleep(0)

            counting = asyncio.get_running_loop().create_task(count())
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 500 + request("GET", "/"))
            assert statuses(await reader.read()) == [200] * 501
            assert others > 250
            counting.cancel()
            await hang_up(writer)

    run(scenario())


def test_a_handler_that_runs_out_of_time_ends_its_request_alone(
    run: Run, expected_logs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs.append("ERROR portside.web: Request failed (incident ")

    async def answer(_server: ProbeServer, _request: web.BaseRequest) -> web.StreamResponse:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(60)
        return web.Response()

    async def scenario() -> None:
        async with running() as server:
            monkeypatch.setattr(ProbeServer, "answer", answer)
            one = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            assert statuses(await raw(server.port, one, request("GET", "/"))) == [500, 500]
            monkeypatch.undo()
            assert (await ask(server.port, "GET", "/")).text == "hello"

    run(scenario())
