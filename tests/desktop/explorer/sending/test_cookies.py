"""Tests of the jar: what goes with which request, and what is there after a restart."""

import json
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.cookies import MOST, Cookie, CookieJar
from servers.exchange import header
from tests.conftest import Run
from tests.desktop.explorer.sending.apps import sending, serving, statuses
from tests.desktop.explorer.servers import OK, RawServer

HERE = parse_url("http://h/a/b")


def stored(*fields: str) -> CookieJar:
    """A jar after an answer with these Set-Cookie fields."""
    jar = CookieJar()
    jar.store(HERE, (("X", "y=z"), *(("set-cookie", field) for field in fields)))
    return jar


def test_longer_paths_come_first_then_older_ones() -> None:
    jar = stored("a=1; path=/", "b=2; path=/a", "c=3; path=/", "d=4; path=/x", "a=5; path=/")
    assert jar.header_for(HERE) == "b=2; a=5; c=3"
    assert [cookie.name for cookie in jar.cookies()] == ["a", "b", "c", "d"]
    assert jar.changed


def test_a_server_can_take_a_cookie_back() -> None:
    jar = stored("a=1", "b=2")
    jar.store(HERE, (("Set-Cookie", "a=; max-age=0"), ("Set-Cookie", "none=; max-age=0")))
    assert jar.header_for(HERE) == "b=2"


def test_time_takes_them_away() -> None:
    jar = CookieJar()
    jar.put(Cookie("old", "1", "h", expires=time.time() - 1))
    jar.put(Cookie("new", "1", "h", expires=time.time() + 60))
    assert jar.header_for(HERE) == "new=1"
    assert [cookie.name for cookie in jar.cookies()] == ["new"]


def test_an_insecure_server_cannot_replace_a_secure_cookie() -> None:
    jar = CookieJar()
    jar.put(Cookie("s", "1", "h", "/a", secure=True))
    jar.store(HERE, (("Set-Cookie", "s=2"),))
    assert [cookie.value for cookie in jar.cookies()] == ["1"]


def test_put_remove_clear_tell_of_changes() -> None:
    jar, one = CookieJar(), Cookie("a", "1", "h")
    steps: list[Callable[[], None]] = [
        jar.clear,
        lambda: jar.put(one),
        lambda: jar.put(one),
        lambda: jar.remove(one),
        lambda: jar.remove(one),
    ]
    seen = []
    for step in steps:
        jar.changed = False
        step()
        seen.append(jar.changed)
    assert seen == [False, True, False, True, False]
    assert jar.header_for(HERE) == ""


def test_it_does_not_grow_without_end() -> None:
    jar = CookieJar()
    for number in range(MOST + 50):
        jar.put(Cookie(f"n{number}", "", f"h{number // 100}"))
    for number in range(200):
        jar.put(Cookie(f"m{number}", "", "one"))
    assert len(jar.cookies()) == MOST
    assert [cookie.name for cookie in jar.cookies() if cookie.domain == "one"][:2] == ["m20", "m21"]


def test_it_survives_a_restart(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        path = tmp_path / "workspace" / "cookies.json"
        jar = CookieJar(path)
        await jar.save()
        assert not path.exists()
        jar.store(
            parse_url("https://h/"), (("Set-Cookie", 's="é x"; secure; httponly; samesite=Strict; max-age=1000'),)
        )
        jar.put(Cookie("session", "1", "example.com", "/p", host_only=False))
        await jar.save()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [one.name for one in path.parent.iterdir()] == ["cookies.json"]
        again = CookieJar(path)
        assert (again.cookies(), again.changed, jar.changed) == (jar.cookies(), False, False)

    run(scenario())


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"cookies": 1}', '{"cookies": [{"name": 1}]}', '{"cookies": [{"name": "n"}]}', "[" * 100_000],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, expected_logs: list[str], content: str) -> None:
    expected_logs.append("WARNING portside.cookies: The cookies in")
    path = tmp_path / "cookies.json"
    path.write_text(content)
    assert CookieJar(path).cookies() == ()
    assert (tmp_path / "cookies.damaged.json").read_text() == content


def test_what_cannot_be_sent_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "cookies.json"
    rows = [{"name": "a", "value": "b\r\nX: 1", "domain": "h"}, {"name": "ok", "value": "", "domain": "h", "new": 1}]
    path.write_text(json.dumps({"version": 1, "cookies": rows}))
    assert [cookie.name for cookie in CookieJar(path).cookies()] == ["ok"]


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        jar = CookieJar(tmp_path / "file" / "cookies.json")
        (tmp_path / "file").write_text("")
        jar.put(Cookie("a", "1", "h"))
        with pytest.raises(OSError, match="file"):
            await jar.save()
        assert jar.changed

    run(scenario())


def test_an_unreadable_file_is_left_alone(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.cookies: The cookies in")
    (tmp_path / "cookies.json").mkdir()
    assert CookieJar(tmp_path / "cookies.json").cookies() == ()


def test_cookies_go_with_the_next_request_and_through_redirects(run: Run) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            if request.path != "/login":
                return web.Response(text=request.headers.get("Cookie", "none"))
            answer = web.Response(status=302, headers={"Location": "/in"})
            answer.headers.add("Set-Cookie", "sid=1; Path=/; HttpOnly")
            answer.headers.add("set-cookie", "there=2; Path=/there")
            return answer

        jar = CookieJar()
        async with serving(handle) as root, sending(jar) as client:

            async def cookie(request: Request) -> str:
                return (await client.send(request.prepare())).body.read().decode()

            reply = await client.send(Request("GET", f"{root}/login").prepare())
            assert statuses(reply) == [302, 200]
            assert (reply.body.read(), header(reply.request.headers, "Cookie")) == (b"sid=1", "sid=1")
            assert await cookie(Request("GET", f"{root}/there/x")) == "there=2; sid=1"
            assert await cookie(Request("GET", root, (Header("cookie", "own=1"),))) == "own=1"
            assert await cookie(Request("GET", root, options=Options(cookies=False))) == "none"
            off = Request("GET", f"{root}/login", options=Options(cookies=False, follow=False))
            jar.clear()
            await client.send(off.prepare())
            assert jar.cookies() == ()

    run(scenario())


def test_many_cookies_are_said(run: Run) -> None:
    async def scenario() -> None:
        jar = CookieJar()
        for number in range(3):
            jar.put(Cookie(f"c{number}", "v" * 3000, "127.0.0.1"))
        async with RawServer(OK).running() as server, sending(jar) as client:
            reply = await client.send(Request("GET", server.url).prepare())
        assert reply.notes == ("The cookie jar added 9,013 bytes to the request; most servers take fewer than 8,000.",)

    run(scenario())
