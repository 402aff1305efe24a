"""Tests of answers for files: conditions, ranges, caching, folders, apps, and the site's own error pages."""

import os
import time
from pathlib import Path

import pytest

from servers.http.files import Files
from servers.settings import Caching, HttpSettings
from tests.conftest import Run
from tests.servers.http.files.harness import file_server
from tests.servers.http.site import SENTINEL, make_folder
from tests.servers.wire import Reply, ask

TEXT = "".join(f"line {number}\n" for number in range(100))
BIG = 300_000
HOUR_AGO = time.time() - 3600


def _site(tmp_path: Path) -> Path:
    root = make_folder(tmp_path)
    (root / "text.txt").write_text(TEXT)
    (root / "image.png").write_bytes(bytes(range(256)))
    (root / "big.bin").write_bytes(bytes(range(250)) * (BIG // 250))
    for path in root.iterdir():
        os.utime(path, (HOUR_AGO, HOUR_AGO))
    return root


def _ask(run: Run, root: Path, target: str, *fields: str, method: str = "GET", **settings: object) -> Reply:
    async def scenario() -> Reply:
        async with file_server(root, **settings) as server:
            return await ask(server.port, method, target, *fields)

    return run(scenario())


def _twice(run: Run, root: Path, target: str, condition: str, *fields: str) -> tuple[Reply, Reply]:
    """A first answer, and the answer to a condition with its ETag and Last-Modified in place of {etag} and {date}."""

    async def scenario() -> tuple[Reply, Reply]:
        async with file_server(root) as server:
            first = await ask(server.port, "GET", target, *fields)
            etag, date = first.headers["etag"], first.headers["last-modified"]
            return first, await ask(server.port, "GET", target, *fields, condition.format(etag=etag, date=date))

    return run(scenario())


@pytest.mark.parametrize("target", ["/text.txt", "/image.png", "/big.bin"])
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("If-None-Match: {etag}", 304),
        ("If-None-Match: W/{etag}", 304),
        ('If-None-Match: "other", {etag}', 304),
        ("If-None-Match: *", 304),
        ('If-None-Match: "other"', 200),
        ("If-Modified-Since: {date}", 304),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 200),
        ("If-Modified-Since: yesterday", 200),
        ('If-None-Match: "other"\r\nIf-Modified-Since: {date}', 200),
        ("If-Match: {etag}", 200),
        ("If-Match: *", 200),
        ("If-Match: W/{etag}", 412),
        ('If-Match: "other"', 412),
        ("If-Unmodified-Since: {date}", 200),
        ("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 412),
        ("If-Match: {etag}\r\nIf-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 200),
        ("If-Match: {etag}\r\nIf-None-Match: {etag}", 304),
        ('If-Match: "other"\r\nIf-None-Match: {etag}', 412),
        ("Range: bytes=0-9\r\nIf-None-Match: {etag}", 304),
        ('Range: bytes=0-9\r\nIf-Match: "other"', 412),
        ("Range: bytes=999999-\r\nIf-None-Match: {etag}", 304),
    ],
)
def test_conditions(run: Run, tmp_path: Path, target: str, condition: str, status: int) -> None:
    first, second = _twice(run, _site(tmp_path), target, condition)
    assert second.status == status
    assert first.headers["etag"].startswith('"')
    if status == 304:
        assert second.body == b""
        kept = ("etag", "cache-control", "vary", "x-content-type-options")
        assert {name: second.headers.get(name) for name in kept} == {name: first.headers.get(name) for name in kept}
        assert "date" in second.headers
        assert "content-length" not in second.headers


def test_what_changes_an_entity_tag(run: Run, tmp_path: Path) -> None:
    root = _site(tmp_path)
    path = root / "image.png"
    status = path.stat()
    tags = [_ask(run, root, "/image.png").headers["etag"]]
    os.utime(path, ns=(0, status.st_mtime_ns + 1))
    tags.append(_ask(run, root, "/image.png").headers["etag"])
    path.write_bytes(b"y" * 256)
    os.utime(path, ns=(0, status.st_mtime_ns))
    tags.append(_ask(run, root, "/image.png").headers["etag"])
    (root / "new").write_bytes(b"y" * 256)
    (root / "new").replace(path)
    os.utime(path, ns=(0, status.st_mtime_ns))
    tags.append(_ask(run, root, "/image.png").headers["etag"])
    assert len(set(tags)) == 4
    assert _ask(run, root, "/image.png").headers["etag"] == tags[-1]
    assert str(path.stat().st_ino) not in tags[-1]


@pytest.mark.parametrize("target", ["/text.txt", "/image.png", "/big.bin"])
@pytest.mark.parametrize(
    ("field", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=100-", 100, None),
        ("bytes=-7", -7, None),
        ("Bytes=3-99999999", 3, None),
    ],
)
def test_ranges(run: Run, tmp_path: Path, target: str, field: str, first: int, last: int | None) -> None:
    root = _site(tmp_path)
    data = (root / target[1:]).read_bytes()
    reply = _ask(run, root, target, f"Range: {field}", "Accept-Encoding: gzip, br, zstd")
    first = first % len(data)
    last = len(data) - 1 if last is None else last
    assert (reply.status, reply.body) == (206, data[first : last + 1])
    assert reply.headers["content-range"] == f"bytes {first}-{last}/{len(data)}"
    assert reply.headers["content-length"] == str(last - first + 1)
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize("target", ["/text.txt", "/image.png", "/big.bin"])
@pytest.mark.parametrize("field", ["bytes=999999-", "bytes=-0"])
def test_a_range_outside(run: Run, tmp_path: Path, target: str, field: str) -> None:
    root = _site(tmp_path)
    reply = _ask(run, root, target, f"Range: {field}")
    assert (reply.status, reply.headers["content-range"]) == (416, f"bytes */{(root / target[1:]).stat().st_size}")


@pytest.mark.parametrize("field", ["bytes=1-0", "bytes=0-1,4-5", "items=0-1", "bytes=x", "bytes=-", "bytes", "0-1"])
def test_a_range_that_is_ignored(run: Run, tmp_path: Path, field: str) -> None:
    reply = _ask(run, _site(tmp_path), "/image.png", f"Range: {field}")
    assert (reply.status, len(reply.body), reply.headers["accept-ranges"]) == (200, 256, "bytes")


def test_head_knows_no_range(run: Run, tmp_path: Path) -> None:
    reply = _ask(run, _site(tmp_path), "/image.png", "Range: bytes=0-1", method="HEAD")
    assert (reply.status, reply.headers["content-length"]) == (200, "256")


@pytest.mark.parametrize("size", [0, 1])
def test_ranges_of_almost_nothing(run: Run, tmp_path: Path, size: int) -> None:
    root = _site(tmp_path)
    (root / "tiny").write_bytes(b"x" * size)
    replies = [_ask(run, root, "/tiny", f"Range: bytes={spec}") for spec in ("0-", "-5")]
    assert [(reply.status, reply.body) for reply in replies] == (
        [(206, b"x"), (206, b"x")] if size else [(416, replies[0].body), (200, b"")]
    )


@pytest.mark.parametrize("target", ["/image.png", "/big.bin"])
@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("{etag}", 206),
        ("{date}", 206),
        ("W/{etag}", 200),
        ('"other"', 200),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 200),
        ("nonsense", 200),
    ],
)
def test_if_range(run: Run, tmp_path: Path, target: str, condition: str, status: int) -> None:
    _, second = _twice(run, _site(tmp_path), target, f"Range: bytes=5-9\r\nIf-Range: {condition}")
    assert second.status == status


def test_a_date_in_if_range_counts_only_when_the_file_has_rested(run: Run, tmp_path: Path) -> None:
    root = _site(tmp_path)
    ahead = time.time() + 3600
    os.utime(root / "image.png", (ahead, ahead))
    first, second = _twice(run, root, "/image.png", "Range: bytes=5-9\r\nIf-Range: {date}")
    assert second.status == 200
    assert first.headers["last-modified"] <= first.headers["date"]


@pytest.mark.parametrize(
    ("cache", "expected"),
    [
        (Caching.REVALIDATE, "no-cache"),
        (Caching.HOUR, "max-age=3600"),
        (Caching.YEAR, "max-age=31536000, immutable"),
        (Caching.NEVER, "no-store"),
    ],
)
@pytest.mark.parametrize("target", ["/text.txt", "/big.bin"])
def test_caching(run: Run, tmp_path: Path, target: str, cache: Caching, expected: str) -> None:
    reply = _ask(run, _site(tmp_path), target, cache=cache)
    assert (reply.headers["cache-control"], reply.headers["x-content-type-options"]) == (expected, "nosniff")
    assert "content-security-policy" not in reply.headers


def test_settings_count_from_the_next_request_on(run: Run, tmp_path: Path) -> None:
    root = _site(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "text.txt").write_text("other")

    async def scenario() -> None:
        async with file_server(root) as server:
            assert (await ask(server.port, "GET", "/text.txt")).text == TEXT
            server.change(cache=Caching.HOUR)
            assert (await ask(server.port, "GET", "/text.txt")).headers["cache-control"] == "max-age=3600"
            server.change(root=other)
            assert (await ask(server.port, "GET", "/text.txt")).text == "other"
            server.change(root=None)
            assert "content-security-policy" in (await ask(server.port, "GET", "/text.txt")).headers

    run(scenario())


@pytest.mark.parametrize("target", ["/text.txt", "/image.png", "/big.bin", "/sub/", "/sub", "/empty/"])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_head_is_get_without_the_body(run: Run, tmp_path: Path, target: str, coding: str) -> None:
    root = _site(tmp_path)
    (root / "empty").mkdir()
    get, head = (_ask(run, root, target, f"Accept-Encoding: {coding}", method=method) for method in ("GET", "HEAD"))
    assert head.body == b""
    assert {**get.headers, "date": ""} == {**head.headers, "date": ""}


def test_folders(run: Run, tmp_path: Path) -> None:
    root = _site(tmp_path)
    (root / "empty").mkdir()
    assert _ask(run, root, "/sub/").text == "sub home"
    assert _ask(run, root, "/empty/").text == "folder empty at /empty/"
    moved = _ask(run, root, "/sub?x=1#part")
    assert (moved.status, moved.headers["location"], moved.headers["cache-control"]) == (301, "./sub/?x=1", "no-cache")


@pytest.mark.parametrize(
    ("target", "accept", "expected"),
    [
        ("/some/view", "text/html,*/*;q=0.8", "home"),
        ("/some/view/", "text/html", "home"),
        ("/some/view?x=1", "*/*", "home"),
        ("/some/view", None, "home"),
        ("/sub/page.html", "text/html", "page"),
        ("/some/script.js", "text/html", None),
        ("/some/view", "application/json", None),
        ("/some/view", "text/html;q=0, */*", None),
        ("/.hidden", "text/html", None),
        ("/.git/view", "text/html", None),
        ("/../view", "text/html", None),
        ("/%5cview", "text/html", None),
    ],
)
def test_an_app_of_one_page(run: Run, tmp_path: Path, target: str, accept: str | None, expected: str | None) -> None:
    fields = [f"Accept: {accept}"] if accept is not None else []
    root = make_folder(tmp_path)
    reply = _ask(run, root, target, *fields, spa=True)
    assert (reply.status, reply.text) == (200, expected) if expected else reply.status == 404
    if expected == "home":
        assert _ask(run, root, target, *fields).status == 404


def test_an_app_without_a_page(run: Run, tmp_path: Path) -> None:
    assert _ask(run, tmp_path, "/some/view", spa=True).status == 404


def test_the_error_pages_of_a_site(tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "404.html").write_text("<h1>gone</h1>")
    (root / "403.html").symlink_to(tmp_path / "secret.txt")
    (root / "405.html").mkdir()
    (root / "416.html").write_bytes(b"x" * 300_000)
    (tmp_path / "secret.txt").write_bytes(SENTINEL)
    files = Files(lambda: HttpSettings(root=root), tmp_path)
    assert files.error_page(404) == b"<h1>gone</h1>"
    assert [files.error_page(status) for status in (403, 405, 412, 416)] == [None] * 4
