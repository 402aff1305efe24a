"""The settings of the HTTP server, each switched while it runs: they count from the next request on."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from servers.settings import Caching, Cors
from tests.conftest import Run
from tests.servers.http.site import Site, make_folder, serving
from tests.servers.wire import Reply, ask

FORM = b'--x\r\nContent-Disposition: form-data; name="f"; filename="new.txt"\r\n\r\nhello\r\n--x--\r\n'
MULTIPART = "Content-Type: multipart/form-data; boundary=x"
ELSEWHERE, HERE = "Origin: http://elsewhere.example", "Origin: http://localhost:3000"


def change(server: Site, **settings: Any) -> None:
    server.settings = replace(server.settings, **settings)


async def asked(server: Site, method: str, target: str, *fields: str, body: bytes = b"") -> Reply:
    assert server.address
    return await ask(server.address.port, method, target, *fields, body=body)


def test_listings_and_single_page_apps(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "empty").mkdir()

    async def scenario() -> None:
        async with serving(root) as server:
            assert "This folder is empty." in (await asked(server, "GET", "/empty/")).text
            change(server, listing=False)
            assert (await asked(server, "GET", "/empty/")).status == 404
            assert (await asked(server, "GET", "/some/view")).status == 404
            change(server, spa=True)
            view = await asked(server, "GET", "/some/view", "Accept: text/html")
            assert (view.status, view.text) == (200, "home")

    run(scenario())


def test_another_folder_and_caching_at_once(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with serving(root) as server:
            first = await asked(server, "GET", "/sub/page.html")
            assert (first.text, first.headers["cache-control"]) == ("page", "no-cache")
            change(server, root=root / "sub", cache=Caching.HOUR)
            second = await asked(server, "GET", "/page.html")
            assert (second.text, second.headers["cache-control"]) == ("page", "max-age=3600")
            assert (await asked(server, "GET", "/sub/page.html")).status == 404

    run(scenario())


def test_files_are_added_only_while_that_is_on(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with serving(root) as server:
            refused = await asked(server, "POST", "/sub/", MULTIPART, body=FORM)
            assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
            assert (await asked(server, "PUT", "/new.txt", body=b"hello")).status == 404
            change(server, uploads=True)
            assert (await asked(server, "OPTIONS", "/sub/")).headers["allow"] == "GET, HEAD, OPTIONS, POST"
            assert (await asked(server, "OPTIONS", "/sub/page.html")).headers["allow"] == "GET, HEAD, OPTIONS, PUT"
            stored = await asked(server, "POST", "/sub/", MULTIPART, body=FORM)
            assert (stored.status, stored.headers["location"]) == (201, "/sub/new.txt")
            assert (await asked(server, "GET", "/sub/new.txt")).text == "hello"
            assert (await asked(server, "PUT", "/put.txt", body=b"too long" * 9)).status == 201
            change(server, max_upload=10)
            assert (await asked(server, "PUT", "/long.txt", body=b"too long" * 9)).status == 413
            cross = await asked(server, "POST", "/sub/", MULTIPART, ELSEWHERE, body=FORM)
            assert cross.status == 403

    run(scenario())


def test_the_bundled_sites_stay_as_they_are(run: Run) -> None:
    async def scenario() -> None:
        async with serving(None) as server:
            change(server, uploads=True)
            assert (await asked(server, "PUT", "/new.txt", body=b"hello")).status == 403

    run(scenario())


def test_a_listing_has_a_form_while_files_may_be_added(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "empty").mkdir()

    async def scenario() -> None:
        async with serving(root) as server:
            assert "<form" not in (await asked(server, "GET", "/empty/")).text
            change(server, uploads=True)
            assert 'enctype="multipart/form-data"' in (await asked(server, "GET", "/empty/")).text

    run(scenario())


@pytest.mark.parametrize("target", ["/index.html", "/sub/page.html", "/any.zzz", "/missing", "/.portside/live"])
def test_a_password_guards_every_path(run: Run, tmp_path: Path, target: str) -> None:
    async def scenario() -> None:
        async with serving(make_folder(tmp_path)) as server:
            change(server, user="ann", password="sésame", live_reload=True)
            refused = await asked(server, "GET", target)
            assert refused.status == 401
            assert refused.headers["www-authenticate"] == 'Basic realm="Portside", charset="UTF-8"'
            token = b64encode("ann:sésame".encode()).decode()
            answer = await asked(server, "HEAD", target, f"Authorization: Basic {token}")
            assert answer.status in (200, 404, 405)

    run(scenario())


def test_the_sites_own_error_pages_are_behind_the_password(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    for status in (400, 401, 403, 404, 421):
        (root / f"{status}.html").write_text("of the site")
    known = f"Authorization: Basic {b64encode(b'ann:x').decode()}"

    async def scenario() -> None:
        async with serving(root) as server:
            assert (await asked(server, "GET", "/missing")).text == "of the site"
            change(server, user="ann", password="x")
            assert (await asked(server, "GET", "/missing", known)).text == "of the site"
            foreign = await asked(server, "GET", "http://evil.example/", known)
            cross = await asked(server, "POST", "/a.zzz", ELSEWHERE, known)
            replies = [foreign, cross, await asked(server, "GET", "/missing"), await asked(server, "BAD@", "/")]
            assert [reply.status for reply in replies] == [421, 403, 401, 400]
            assert all("of the site" not in reply.text for reply in replies)

    run(scenario())


def test_pages_of_this_computer_change_something_where_cors_lets_them(run: Run, tmp_path: Path) -> None:
    other_port = ("Sec-Fetch-Site: same-site", "Origin: http://localhost:3000")
    other_name = ("Sec-Fetch-Site: cross-site", "Origin: http://127.0.0.1:3000")
    evil = ("Sec-Fetch-Site: cross-site", ELSEWHERE)
    allowed: dict[Cors, list[tuple[tuple[str, ...], int]]] = {
        Cors.OFF: [(other_port, 201), (other_name, 403), (evil, 403)],
        Cors.LOCAL: [(other_port, 201), (other_name, 201), (evil, 403), (("Sec-Fetch-Site: cross-site",), 403)],
        Cors.ANY: [(other_name, 201), (evil, 403)],
    }

    async def scenario() -> None:
        async with serving(make_folder(tmp_path)) as server:
            for cors, senders in allowed.items():
                change(server, cors=cors, uploads=True)
                for number, (fields, status) in enumerate(senders):
                    assert (await asked(server, "PUT", f"/{cors.value}{number}", *fields, body=b"x")).status == status

    run(scenario())


def test_a_browser_sees_what_it_added_also_without_lists(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "empty").mkdir()

    async def scenario() -> None:
        async with serving(root) as server:
            change(server, uploads=True)
            sent = await asked(server, "POST", "/empty/", MULTIPART, "Accept: text/html", body=FORM)
            assert (sent.status, sent.headers["location"]) == (303, "/empty/")
            change(server, listing=False)
            body = FORM.replace(b"new.txt", b"<b>&.txt")
            stored = await asked(server, "POST", "/empty/", MULTIPART, "Accept: text/html", body=body)
            assert (stored.status, "content-security-policy" in stored.headers) == (201, True)
            assert '<a href="/empty/%3Cb%3E%26.txt">&lt;b&gt;&amp;.txt</a>' in stored.text

    run(scenario())


def test_pages_of_other_origins_read_files_only_when_cors_says_so(run: Run, tmp_path: Path) -> None:
    preflight = ("Access-Control-Request-Method: GET", "Access-Control-Request-Headers: range")

    async def scenario() -> None:
        async with serving(make_folder(tmp_path)) as server:
            plain = await asked(server, "GET", "/index.html", HERE)
            assert "access-control-allow-origin" not in plain.headers
            assert (await asked(server, "OPTIONS", "/index.html", HERE, *preflight)).status == 403
            change(server, cors=Cors.LOCAL, user="ann", password="x")
            admitted = await asked(server, "OPTIONS", "/index.html", HERE, *preflight)
            assert (admitted.status, admitted.headers["access-control-allow-headers"]) == (204, "range")
            change(server, user="")
            local = await asked(server, "GET", "/index.html", HERE)
            assert local.headers["access-control-allow-origin"] == "http://localhost:3000"
            assert {"Origin", "Accept-Encoding"} >= {*local.headers["vary"].split(", ")} >= {"Origin"}
            other = await asked(server, "GET", "/index.html", ELSEWHERE)
            assert "access-control-allow-origin" not in other.headers
            change(server, cors=Cors.ANY)
            anybody = await asked(server, "GET", "/index.html", ELSEWHERE)
            assert anybody.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in anybody.headers

    run(scenario())


def test_pages_have_the_script_of_live_reload_while_it_is_on(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with serving(root) as server:
            assert (await asked(server, "GET", "/.portside/live.js")).status == 404
            plain = await asked(server, "GET", "/sub/page.html")
            change(server, live_reload=True, cache=Caching.YEAR)
            live = await asked(server, "GET", "/sub/page.html")
            assert live.text.startswith("page<script")
            assert live.headers["etag"] != plain.headers["etag"]
            assert live.headers["cache-control"] == "no-cache"
            script = await asked(server, "GET", "/.portside/live.js")
            assert script.headers["content-type"] == "text/javascript; charset=utf-8"
            assert (await asked(server, "POST", "/.portside/live")).status == 405
            change(server, live_reload=False)
            assert (await asked(server, "GET", "/sub/page.html")).text == "page"

    run(scenario())
