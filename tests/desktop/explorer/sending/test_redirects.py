"""Tests of redirects: which request follows which answer, and what is said where none does."""

from pathlib import Path

import pytest
from aiohttp import web

from desktop.explorer.model.auth import ApiKey, Basic, NoAuth
from desktop.explorer.model.body import FilePart, Upload, start_of
from desktop.explorer.model.options import Options
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.redirects import NotFollowed, next_request
from servers.exchange import Exchange, Headers, header
from tests.conftest import Run
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.apps import sending, serving, statuses, text_of
from tests.desktop.explorer.servers import OK, RawServer
from tests.servers.samples import exchange


def answer(location: str | None, status: int = 302) -> Exchange:
    """An answer with this Location."""
    headers: Headers = () if location is None else (("location", location),)
    return exchange()._replace(status=status, response_headers=headers)


def follow(location: str | None, request: Request | None = None, status: int = 302) -> PreparedRequest:
    """The request that follows."""
    start = Request("GET", "http://h:81/a/b?q=1") if request is None else request
    return next_request(start.prepare(), answer(location, status))[0]


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "http://h:81/x"),
        ("x?y=%2f", "http://h:81/a/x?y=%2f"),
        ("../x", "http://h:81/x"),
        ("?z", "http://h:81/a/b?z"),
        ("#part", "http://h:81/a/b?q=1"),
        ("/x#part", "http://h:81/x"),
        ("//other/x", "http://other/x"),
        ("https://other", "https://other/"),
        ("HTTP://Other:80/x", "http://Other/x"),
        (" /a b ", "http://h:81/a%20b"),
        ("/é", "http://h:81/%C3%A9"),
        ("/\udce9", "http://h:81/%E9"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
        ("http://[::1]:5000/x", "http://[::1]:5000/x"),
        ("/%7e//x", "http://h:81/%7e//x"),
        ("/x?#y", "http://h:81/x?"),
        ("?a?", "http://h:81/a/b?a?"),
    ],
)
def test_where_a_location_leads(location: str, url: str) -> None:
    assert str(follow(location).target) == url


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (None, "no Location"),
        ("", "is empty"),
        ("  ", "is empty"),
        ("mailto:a@b.example", "“mailto:a@b.example”, which is neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("http://[::1/x", "is not a URL"),
        ("http://:1/", "names no host"),
        ("http://h:99999/", "not a port"),
        ("https:x", "Two slashes"),
        ("http://a\u202eb/", "“a\\u202eb” is not a host name"),
        ("http://[::1", "Its brackets do not hold an IPv6 address."),
    ],
)
def test_a_location_that_leads_nowhere_is_explained(location: str | None, words: str) -> None:
    with pytest.raises(NotFollowed) as fault:
        follow(location)
    assert words in str(fault.value)
    assert str(fault.value).startswith("The redirect was not followed")
    assert str(fault.value).isprintable()


@pytest.mark.parametrize(
    ("method", "status", "following"),
    [
        ("POST", 301, "GET"),
        ("POST", 302, "GET"),
        ("PUT", 302, "PUT"),
        ("HEAD", 302, "HEAD"),
        ("PUT", 303, "GET"),
        ("POST", 303, "GET"),
        ("HEAD", 303, "HEAD"),
        ("POST", 307, "POST"),
        ("DELETE", 308, "DELETE"),
    ],
)
def test_the_method_after_a_status(method: str, status: int, following: str) -> None:
    request = Request(method, "http://h/", (Header("Content-Language", "en"), Header("X-Own", "1")), "body")
    got, notes = next_request(request.prepare(), answer("/x", status))
    kept = following == method
    assert got.method == following
    assert got.body == (b"body" if kept else b"")
    assert [header(got.headers, name) is not None for name in ("Content-Language", "Content-Length", "X-Own")] == [
        kept,
        kept,
        True,
    ]
    assert bool(notes) is not kept


def test_the_method_can_be_kept() -> None:
    request = Request("POST", "http://h/", (), "body", options=Options(keep_method=True))
    assert [follow("/x", request, status).method for status in (301, 302, 303)] == ["POST"] * 3


@pytest.mark.parametrize("place", ["http://other:81/", "http://h:82/", "https://h:81/"])
def test_secrets_stay_with_their_server(place: str) -> None:
    rows = tuple(Header(name, "1") for name in ("Cookie", "X-Api-Key", "X-Own", "x-amz-security-token", "Authority"))
    request = Request("GET", "http://h:81/a", rows, auth=Basic("u", "p"))
    got, notes = next_request(request.prepare(), answer(place))
    names = [name for name, _ in got.headers]
    assert {"X-Own", "Authority", "Host"} < set(names)
    assert not {"Authorization", "Cookie", "X-Api-Key", "x-amz-security-token"} & set(names)
    assert header(got.headers, "Host") == got.target.authority
    assert "Cookie, X-Api-Key, x-amz-security-token and Authorization did not go along" in notes[0]
    stayed, no_notes = next_request(request.prepare(), answer("http://H:81/b"))
    assert (stayed.headers, no_notes) == (request.prepare().headers, ())


def test_an_api_key_of_any_name_stays_with_its_server() -> None:
    request = Request("GET", "http://h/", auth=ApiKey("Special", "s3cret")).prepare()
    known = PreparedRequest(request.method, request.target, request.headers, b"", auth=ApiKey("Special", "s3cret"))
    got, _ = next_request(known, answer("http://other/"))
    assert (header(got.headers, "Special"), got.auth) == (None, NoAuth())


def test_leaving_https_is_said() -> None:
    request = Request("GET", "https://h/").prepare()
    _, notes = next_request(request, answer("http://h/"))
    assert notes == ("The redirect left https: what went to h can be read on the way.",)


def test_credentials_in_the_location_are_sent() -> None:
    got = follow("http://u:p@other/", Request("GET", "http://h/", auth=Basic("me", "mine")))
    assert [value for name, value in got.headers if name == "Authorization"] == ["Basic dTpw"]


def test_a_chain_is_followed_and_kept(run: Run) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            if request.path == "/end":
                return web.Response(text=f"{request.method} {await request.text()}")
            return web.Response(
                status=int(request.path[1:]), headers={"Location": "303" if request.path == "/307" else "end"}
            )

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("POST", f"{root}/307", (), "body").prepare())
            assert statuses(reply) == [307, 303, 200]
            assert [hop.request.method for hop in (*reply.hops, reply)] == ["POST", "POST", "GET"]
            assert text_of(reply) == "GET "
            assert reply.notes == ("After status 303, POST became GET, without the body (RFC 9110, section 15.4).",)
            kept = await client.send(Request("POST", f"{root}/307", options=Options(follow=False)).prepare())
            assert (statuses(kept), kept.notes) == ([307], ())

    run(scenario())


def test_a_file_is_sent_again(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            text = await request.text()
            return (
                web.Response(status=308, headers={"Location": "/b"})
                if request.path == "/a"
                else web.Response(text=text)
            )

        file = tmp_path / "f.txt"
        file.write_text("file")
        async with serving(handle) as root, sending() as client:
            bare = Request("POST", f"{root}/a", (Header("Content-Length", "6"),), "123456").prepare()
            upload = Upload((b"< ", FilePart(file, 4)))
            reply = await client.send(PreparedRequest("POST", bare.target, bare.headers, upload))
            assert (statuses(reply), text_of(reply)) == ([308, 200], "< file")
            assert start_of(reply.request.body, 99) == b"< <f.txt, 4 bytes>"

    run(scenario())


@pytest.mark.parametrize("limit", [0, 1, 20])
def test_it_stops_in_time(run: Run, limit: int) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("GET", f"{root}/0", options=Options(max_redirects=limit)).prepare())
            times = "1 redirect" if limit == 1 else f"{limit} redirects"
            assert len(reply.hops) == limit
            assert reply.exchange.status == 302
            assert reply.notes == (f"Stopped after {times}; the last answer leads to {root}/{limit + 1}.",)

    run(scenario())


def test_a_loop_is_called_one(run: Run) -> None:
    async def scenario() -> None:
        async def handle(request: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": "/b" if request.path == "/a" else "/a"})

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("GET", f"{root}/a").prepare())
            assert (len(reply.hops), reply.exchange.status) == (20, 302)
            assert "The way goes in circles" in reply.notes[0]

    run(scenario())


def test_a_bad_location_makes_the_answer_the_reply(run: Run) -> None:
    async def scenario() -> None:
        raw = RawServer(b"HTTP/1.1 302 Found\r\nLocation: ftp://h/\r\nContent-Length: 2\r\n\r\nno")
        async with raw.running() as server, sending() as client:
            reply = await client.send(Request("GET", server.url).prepare())
        assert (statuses(reply), text_of(reply), reply.exchange.error) == ([302], "no", None)
        assert "neither http nor https" in reply.notes[0]

    run(scenario())


def test_the_watcher_does_not_see_what_is_passed_through(run: Run) -> None:
    async def scenario() -> None:
        first = RawServer(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 2\r\n\r\nno", OK)
        seen: list[tuple[int, int]] = []
        async with first.running() as server, sending() as client:
            await client.send(
                Request("GET", server.url).prepare(),
                lambda reply: seen.append((reply.exchange.status, len(reply.hops))),
            )
        assert set(seen) == {(200, 1)}

    run(scenario())


def test_where_nothing_answers_the_way_ends_with_a_sentence(run: Run) -> None:
    async def scenario() -> None:
        async def handle(_: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": f"http://127.0.0.1:{free_port()}/"})

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("GET", root).prepare())
        assert statuses(reply) == [302, 0]
        assert "Nothing answers" in (reply.exchange.error or "")

    run(scenario())
