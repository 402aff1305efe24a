"""Tests of a send from its first request to its last reply."""

import asyncio

import psutil
import pytest
from aiohttp import web

from desktop.explorer.model.auth import Digest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.client import Client, Reply
from desktop.explorer.sending.cookies import CookieJar
from desktop.tasks import TaskSet
from servers.exchange import Exchange, header
from servers.recorder import Recorder
from tests.conftest import Run, until
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.apps import sending, serving, statuses
from tests.desktop.explorer.servers import OK, RawServer

MOVED = b"HTTP/1.1 307 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
ASKED = b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest nonce="n"\r\nContent-Length: 0\r\n\r\n'
PART = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npart"
WAIT = b"HTTP/1.1 102 Processing\r\nNot-Yet: Content-Length\r\n\r\n"


def test_a_plain_send_is_one_attempt(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server, sending(CookieJar()) as client:
            request = Request("GET", server.url).prepare()
            reply = await client.send(request)
        assert reply.request is request
        assert (reply.exchange.status, reply.body.read(), reply.hops, reply.notes) == (200, b"ok", (), ())

    run(scenario())


def test_every_attempt_is_recorded(run: Run) -> None:
    async def scenario() -> None:
        recorder = Recorder()
        client = Client(recorder)
        async with RawServer(ASKED, MOVED, OK).running() as server:
            reply = await client.send(Request("POST", server.url, (), "body", auth=Digest("u", "p")).prepare())
        await client.close()
        assert statuses(reply) == [401, 307, 200]
        assert list(recorder) == [hop.exchange for hop in (*reply.hops, reply)]
        assert [request.endswith(b"\r\n\r\nbody") for request in server.requests] == [True] * 3
        assert server.connections == 1
        sent = "".join(f"{name}: {value}\r\n" for name, value in reply.request.headers)
        assert sent.encode() in server.requests[2]
        assert "Digest" in (header(reply.request.headers, "Authorization") or "")

    run(scenario())


def test_the_last_request_is_the_one_that_was_sent(run: Run) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            raw = "".join(f"{name.decode()}: {value.decode()}\r\n" for name, value in request.raw_headers)
            return web.Response(text=f"{request.method} {request.raw_path}\r\n{raw}", headers={"Set-Cookie": "a=1"})

        async with serving(handle) as root, sending(CookieJar()) as client:
            await client.send(Request("GET", root).prepare())
            reply = await client.send(Request("PUT", f"{root}/x", (Header("X", "y"),), "b").prepare())
        sent = reply.request
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.headers)
        assert reply.body.read().decode() == f"{sent.method} {sent.target.path}\r\n{lines}"
        assert sent.headers[-1] == ("Cookie", "a=1")
        assert reply.exchange.request_headers == sent.headers

    run(scenario())


def test_a_failure_is_a_reply(run: Run) -> None:
    async def scenario() -> None:
        async with sending() as client:
            reply = await client.send(Request("GET", f"http://127.0.0.1:{free_port()}/").prepare())
        assert (reply.exchange.status, reply.hops) == (0, ())
        assert "Nothing answers" in (reply.exchange.error or "")

    run(scenario())


def test_the_watcher_sees_how_it_came_there(run: Run) -> None:
    async def scenario() -> None:
        seen: list[Reply] = []
        tasks = TaskSet(_fail)
        async with RawServer(MOVED, PART).running() as server, sending() as client:
            tasks.spawn(client.send(Request("GET", server.url).prepare(), seen.append), name="send")
            await until(lambda: any(reply.body.size == 4 for reply in seen))
            await tasks.close()
        assert {reply.exchange.status for reply in seen} == {200}
        assert {statuses(reply)[0] for reply in seen} == {307}
        assert not any(reply.finished for reply in seen)

    run(scenario())


@pytest.mark.parametrize(
    "answers", [(WAIT,), (MOVED, WAIT), (ASKED, WAIT), (PART,), (MOVED, PART), (ASKED, MOVED, WAIT)]
)
def test_a_cancelled_send_leaves_nothing(run: Run, answers: tuple[bytes, ...]) -> None:
    async def scenario() -> None:
        recorder, tasks = Recorder(), TaskSet(_fail)
        client = Client(recorder, jar=CookieJar())
        async with RawServer(*answers).running() as server:
            request = Request("POST", server.url, (), "body", auth=Digest("u", "p")).prepare()
            tasks.spawn(client.send(request), name="send")
            await until(lambda: len(server.requests) == len(answers))
            await tasks.close()
            await until(lambda: not connections_to(server.port))
        errors = [one.error for one in recorder if isinstance(one, Exchange)]
        assert len(errors) == len(answers)
        assert "Cancelled" in (errors[-1] or "")
        async with RawServer(OK).running() as server:
            assert (await client.send(Request("GET", server.url).prepare())).exchange.status == 200
        await client.close()

    run(scenario())


def test_many_at_once_and_after_a_close(run: Run) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            return web.Response(text=request.path)

        client = Client(Recorder())
        async with serving(handle) as root:
            for _ in range(2):
                waiting = (client.send(Request("GET", f"{root}/{number}").prepare()) for number in range(20))
                replies = await asyncio.gather(*waiting)
                assert [reply.body.read() for reply in replies] == [b"/%d" % number for number in range(20)]
                await client.close()

    run(scenario())


def connections_to(port: int) -> int:
    """How many connections of this process lead to this port."""
    return sum(bool(one.raddr) and one.raddr.port == port for one in psutil.Process().net_connections("tcp"))


def _fail(error: BaseException, name: str) -> None:
    raise AssertionError(name) from error
