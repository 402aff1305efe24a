"""Tests of the HTTP server's dynamic pages, methods, redirects and bundled sites."""

import html
import re
import time
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.http.forms import Field
from servers.http.pages import dynamic_page, error_page
from servers.resources import resource_path
from tests.conftest import Run
from tests.servers.http.site import make_folder, serving
from tests.servers.wire import Reply, ask, parse, raw, request

FORM = "Content-Type: application/x-www-form-urlencoded"


def _ask(run: Run, root: Path | None, method: str, target: str, *fields: str, body: bytes = b"") -> Reply:
    async def scenario() -> Reply:
        async with serving(root) as server:
            return await ask(server.port, method, target, *fields, body=body)

    return run(scenario())


def _day(year: int, month: int, day: int) -> time.struct_time:
    return date(year, month, day).timetuple()


def _sentence(path: str) -> str:
    today = time.localtime()
    return f"You requested {path} on day {today.tm_yday} in {today.tm_year}"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/SomeFolder/SomeResource.zzz", "/SomeFolder/SomeResource.zzz"),
        ("/.zzz", "/.zzz"),
        ("/a.zzz?b=c", "/a.zzz"),
        ("/%3Cscript%3Ealert(1)%3C/script%3E.zzz", "/&lt;script&gt;alert(1)&lt;/script&gt;.zzz"),
        ("/%22%27%26.zzz", "/&quot;&#x27;&amp;.zzz"),
        ("/gr%C3%BC%C3%9Fe.zzz", "/grüße.zzz"),
        ("/../../x.zzz", "/../../x.zzz"),
    ],
)
def test_the_dynamic_sentence(run: Run, target: str, shown: str) -> None:
    before = _sentence(shown)
    reply = _ask(run, None, "GET", target)
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<p>{before}</p>" in reply.text or f"<p>{_sentence(shown)}</p>" in reply.text


def test_the_sentence_of_the_course() -> None:
    page = dynamic_page("/SomeFolder/SomeResource.zzz", _day(2026, 11, 22), [])
    assert "<p>You requested /SomeFolder/SomeResource.zzz on day 326 in 2026</p>" in page
    assert "on day 366 in 2024" in dynamic_page("/", _day(2024, 12, 31), [])


@given(st.text(), st.lists(st.builds(Field, st.text(), st.text(), st.none() | st.integers(0))), st.text())
def test_no_text_becomes_markup(path: str, fields: list[Field], detail: str) -> None:
    plain = dynamic_page("", _day(2026, 1, 1), [Field("", "") for _ in fields])
    assert _tags(dynamic_page(path, _day(2026, 1, 1), fields)) == _tags(plain)
    assert _tags(error_page(404, path, detail)) == _tags(error_page(404, "", ""))


def _tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


def test_a_form_is_shown_escaped_and_in_order(run: Run) -> None:
    fields = [("name", "Leon Britton"), ("name", "<b>twice</b>"), ("empty", ""), ('"q"&', "ü\r\nx"), ("<script>", "1")]
    reply = _ask(run, None, "POST", "/form.zzz", f"{FORM}; charset=UTF-8", body=urlencode(fields).encode())
    assert reply.status == 200
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", reply.text, re.DOTALL)
    assert [(html.unescape(name), html.unescape(value)) for name, value in pairs] == fields
    assert "<script>" not in reply.text
    assert "<b>" not in reply.text


def test_a_form_without_fields(run: Run) -> None:
    reply = _ask(run, None, "POST", "/form.zzz", FORM)
    assert (reply.status, "<dl>" in reply.text) == (200, False)


@pytest.mark.parametrize(
    ("fields", "body", "status"),
    [
        (["Content-Type: text/plain"], b"a=b", 415),
        (["Content-Type: multipart/form-data; boundary=x"], b"a=b", 400),
        (["Content-Type: ###"], b"a=b", 415),
        ([], b"a=b", 415),
        ([FORM, "Content-Encoding: gzip"], b"a=b", 415),
        ([FORM], b"a=%ff", 400),
        ([FORM], b"\xff", 400),
        ([FORM], b"&".join([b"a=b"] * 1001), 400),
        ([FORM], b"a=" + b"x" * (1024 * 1024 - 2), 200),
        ([FORM], b"a=" + b"x" * (1024 * 1024 - 1), 413),
        ([FORM, "Origin: http://evil.example"], b"a=b", 403),
    ],
    ids=range(11),
)
def test_forms_that_are_taken_and_refused(run: Run, fields: list[str], body: bytes, status: int) -> None:
    reply = _ask(run, None, "POST", "/form.zzz", *fields, body=body)
    assert reply.status == status
    if status == 415 and len(fields) < 2:
        assert reply.headers["accept-post"] == "application/x-www-form-urlencoded, multipart/form-data"


@pytest.mark.parametrize(
    ("method", "target", "status", "allow"),
    [
        ("POST", "/index.html", 405, "GET, HEAD, OPTIONS"),
        ("DELETE", "/index.html", 405, "GET, HEAD, OPTIONS"),
        ("PUT", "/sub", 405, "GET, HEAD, OPTIONS"),
        ("TRACE", "/index.html", 405, "GET, HEAD, OPTIONS"),
        ("POST", "/nothing.html", 404, None),
        ("PUT", "/page.zzz", 405, "GET, HEAD, POST, OPTIONS"),
        ("OPTIONS", "/index.html", 204, "GET, HEAD, OPTIONS"),
        ("OPTIONS", "/page.zzz", 204, "GET, HEAD, POST, OPTIONS"),
        ("OPTIONS", "*", 204, "GET, HEAD, POST, OPTIONS"),
        ("OPTIONS", "/nothing.html", 404, None),
        ("GET", "*", 400, None),
        ("GET", "http://localhost/index.html", 200, None),
        ("GET", "http://evil.example/index.html", 421, None),
        ("CONNECT", "evil.example:443", 501, None),
    ],
)
def test_methods(run: Run, tmp_path: Path, method: str, target: str, status: int, allow: str | None) -> None:
    reply = _ask(run, make_folder(tmp_path), method, target)
    assert (reply.status, reply.headers.get("allow")) == (status, allow)


@pytest.mark.parametrize("target", ["/index.html", "/sub/", "/page.zzz", "/nothing.html"])
def test_head_is_get_without_the_body(run: Run, tmp_path: Path, target: str) -> None:
    root = make_folder(tmp_path)
    get, head = _ask(run, root, "GET", target), _ask(run, root, "HEAD", target)
    assert head.body == b""
    assert get.body != b""
    ignored = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in ignored} == {
        k: v for k, v in get.headers.items() if k not in ignored
    }


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/sub", "./sub/"),
        ("/sub?a=b&c=%0d%0a", "./sub/?a=b&c=%0d%0a"),
        ("//sub", "./sub/"),
        ("/sub/deep", "./deep/"),
        ("/sub%2fdeep", "./sub%2fdeep/"),
        ("///sub//deep", "./deep/"),
    ],
)
def test_a_folder_is_redirected_relatively(run: Run, tmp_path: Path, target: str, location: str) -> None:
    root = make_folder(tmp_path)
    (root / "sub" / "deep").mkdir()
    reply = _ask(run, root, "GET", target)
    assert (reply.status, reply.headers["location"]) == (301, location)


@pytest.mark.parametrize("target", ["//evil/..%2f", "//evil.example/%2e%2e", "/\\evil.example", "//sub/..", "/%5cevil"])
def test_no_redirect_leads_elsewhere(run: Run, tmp_path: Path, target: str) -> None:
    root = make_folder(tmp_path)
    (root / "evil").mkdir()
    reply = _ask(run, root, "GET", target)
    assert (reply.status, reply.headers.get("location")) == (404, None)


@pytest.mark.parametrize("target", ["/%0d%0aX-Evil:1", "/%0d%0aX-Evil%3a1.zzz", "/sub%0d%0aLocation", "/sub?%0d%0aX:1"])
def test_no_header_comes_from_a_path(run: Run, tmp_path: Path, target: str) -> None:
    root = make_folder(tmp_path)
    (root / "sub\r\nLocation").mkdir()
    reply = _ask(run, root, "GET", target)
    assert "x-evil" not in reply.headers
    assert reply.headers.get("location", "./sub").startswith("./sub")


def test_error_pages_say_little_and_run_nothing(run: Run, tmp_path: Path) -> None:
    reply = _ask(run, make_folder(tmp_path), "GET", "/%3Cscript%3E.html")
    assert reply.status == 404
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert str(tmp_path) not in reply.text
    assert "<script>" not in reply.text


def test_every_bundled_file_is_served_with_a_type_that_browsers_take(run: Run) -> None:
    sites = resource_path("sites")
    types = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    types |= {
        ".png": "image/png",
        ".ico": "image/vnd.microsoft.icon",
        ".webp": "image/webp",
        ".json": "application/json",
    }

    async def scenario() -> set[str]:
        seen = set()
        async with serving(None) as server:
            for path in sorted(one for one in sites.rglob("*") if one.is_file()):
                reply = await ask(server.port, "GET", f"/{quote(path.relative_to(sites).as_posix())}")
                assert (reply.status, reply.body) == (200, path.read_bytes())
                assert reply.headers["content-type"].partition(";")[0] == types[path.suffix]
                assert reply.headers["content-security-policy"].startswith("default-src 'self'")
                seen.add(path.suffix)
        return seen

    assert {".html", ".css", ".js", ".svg"} <= run(scenario())


def test_several_requests_on_one_connection(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with serving(root) as server:
            first = b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
            answer = await raw(server.port, first + request("GET", "/sub/page.html"))
            head, _, rest = answer.partition(b"\r\n\r\n")
            assert b"200 OK" in head
            assert rest.startswith(b"home")
            assert parse(rest.removeprefix(b"home")).text == "page"

    run(scenario())
