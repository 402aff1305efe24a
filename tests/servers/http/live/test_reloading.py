"""Tests of the event streams: their beginnings, their ends, and what else pages may ask for."""

import asyncio
from pathlib import Path
from time import monotonic

import pytest

from servers.http.live import reloading
from tests.conftest import Run, until
from tests.servers.http.live.harness import begin, listening, live_server, threads
from tests.servers.http.site import make_folder
from tests.servers.wire import ask, parse, raw, request

IN_TIME = 2.0


def test_close_ends_streams_in_time_and_it_can_be_used_again(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            tokens = set()
            for _ in range(3):
                async with listening(server) as one, listening(server) as two:
                    tokens |= {await begin(one)}
                    assert await begin(two) in tokens
                    before = monotonic()
                    await server.live.close()
                    assert monotonic() - before < IN_TIME
                    assert threads() == []
                    assert await one.ends()
                    assert await two.ends()
            assert len(tokens) == 3, "pages load again when the switch was off and on"
            await until(lambda: len(server.exchanges) == 6)

    run(scenario())


def test_streams_end_when_the_switch_goes_off(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOOK", 0.01)

    async def scenario() -> None:
        async with live_server(make_folder(tmp_path)) as server, listening(server) as page:
            token = await begin(page)
            server.is_on = False
            assert await page.ends()
            assert (await ask(server.port, "GET", "/.portside/live")).status == 404
            assert (await ask(server.port, "GET", "/index.html")).text == "home"
            server.is_on = True
            async with listening(server) as again:
                assert await begin(again) == token, "nothing changed meanwhile"

    run(scenario())


def test_a_stop_of_the_server_ends_all_in_time(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as one, listening(server) as two:
            await begin(one)
            before = monotonic()
            await server.stop()
            assert monotonic() - before < IN_TIME
            assert threads() == []
            assert await one.ends()
            assert await two.ends()

    run(scenario())


def test_a_stop_at_any_moment_of_a_beginning(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        for steps in range(12):
            async with live_server(root) as server:
                reading = asyncio.get_running_loop().create_task(raw(server.port, request("GET", "/.portside/live")))
                for _ in range(steps):
                    await asyncio.sleep(0)
                await server.stop()
                await asyncio.gather(reading, return_exceptions=True)
        await until(lambda: not threads())

    run(scenario())


def test_a_client_that_does_not_read_keeps_nobody_waiting(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloading, "_RETRY", b":" * 8 * 1024 * 1024)
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("GET", "/.portside/live"))
            await until(lambda: server.live._watcher)
            before = monotonic()
            await server.live.close()
            assert monotonic() - before < IN_TIME
            await until(lambda: server.exchanges)
            writer.close()

    run(scenario())


def test_the_record_has_one_exchange_for_a_stream(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOOK", 0.01)
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            server.more = {"X-More": "1"}
            async with listening(server) as page:
                assert b"X-More: 1\r\n" in page.head
                await begin(page)
                assert server.exchanges == []
            await until(lambda: server.exchanges)
            (exchange,) = server.exchanges
            assert (exchange.status, exchange.target) == (200, "/.portside/live")
            assert exchange.response_size > len(reloading._RETRY)
            assert exchange.responded_ns < exchange.finished_ns

    run(scenario())


def test_silence_is_broken_by_comments(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOOK", 0.01)
    monkeypatch.setattr(reloading, "HEARTBEAT", 0.02)

    async def scenario() -> None:
        async with live_server(make_folder(tmp_path)) as server, listening(server) as page:
            await begin(page)
            assert [await page.piece() for _ in range(3)] == [b":\n\n"] * 3

    run(scenario())


def test_there_is_an_end_of_streams(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "MOST_STREAMS", 1)
    monkeypatch.setattr(reloading, "LOOK", 0.01)

    async def scenario() -> None:
        async with live_server(make_folder(tmp_path)) as server:
            async with listening(server):
                reply = await ask(server.port, "GET", "/.portside/live")
                assert (reply.status, reply.headers["retry-after"]) == (503, "30")
            await until(lambda: not server.live._streams)
            async with listening(server) as page:
                await begin(page)

    run(scenario())


@pytest.mark.parametrize(
    ("method", "target", "field", "status", "allow"),
    [
        ("HEAD", "/.portside/live", "X: y", 405, "GET"),
        ("POST", "/.portside/live", "X: y", 405, "GET"),
        ("OPTIONS", "/.portside/live", "X: y", 405, "GET"),
        ("POST", "/.portside/live.js", "X: y", 405, "GET, HEAD"),
        ("GET", "/.portside/live", "Sec-Fetch-Site: cross-site", 403, None),
    ],
)
def test_refusals(
    run: Run, tmp_path: Path, method: str, target: str, field: str, status: int, allow: str | None
) -> None:
    async def scenario() -> None:
        async with live_server(make_folder(tmp_path)) as server:
            reply = await ask(server.port, method, target, field)
            assert (reply.status, reply.headers.get("allow")) == (status, allow)

    run(scenario())


def test_the_script_is_served_and_pages_ask_for_it(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            page = await ask(server.port, "GET", "/index.html")
            assert page.text == 'home<script src="/.portside/live.js" async></script>'
            script = await ask(server.port, "GET", "/.portside/live.js")
            assert (script.status, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
            assert "EventSource" in script.text
            assert (await ask(server.port, "HEAD", "/.portside/live.js")).body == b""
            server.is_on = False
            plain = await ask(server.port, "GET", "/index.html")
            assert plain.text == "home"
            assert plain.headers["etag"] != page.headers["etag"]

    run(scenario())


def test_a_hundred_closes_leave_no_thread(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            for _ in range(20):
                async with listening(server) as page:
                    await begin(page)
                    await server.live.close()
                    assert threads() == []

    run(scenario())


def test_a_connection_can_be_kept_after_a_script(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with live_server(make_folder(tmp_path)) as server:
            first = b"HEAD /.portside/live.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
            answer = await raw(server.port, first + request("GET", "/sub/page.html"))
            assert b"page" in parse(answer.partition(b"\r\n\r\n")[2]).body

    run(scenario())
