"""Tests of forms of files: compressed by the server or lying beside the file, changed on the way, kept in memory."""

import asyncio
import gzip
import os
from pathlib import Path

import pytest

from servers.http.files import finding
from servers.http.files.codings import CODINGS, compress
from tests.conftest import Run
from tests.servers.http.files.harness import file_server
from tests.servers.http.files.test_codings import READERS
from tests.servers.http.site import SENTINEL, make_folder
from tests.servers.wire import Reply, ask

TEXT = b"".join(b"line %d\n" % number for number in range(200))
LARGE = TEXT * 300


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path)
    (folder / "a.css").write_bytes(TEXT)
    (folder / "large.json").write_bytes(LARGE)
    (folder / "a.png").write_bytes(TEXT)
    (folder / "tiny.css").write_bytes(b"a {}")
    return folder


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files as settled at once, so that they are kept in memory."""
    monkeypatch.setattr("servers.http.files.memory.SETTLED", -(10**12))
    monkeypatch.setattr("servers.http.files.memory.LOOK_BESIDE", 0)


def _ask(run: Run, root: Path, target: str, *fields: str, **settings: object) -> Reply:
    async def scenario() -> Reply:
        async with file_server(root, **settings) as server:
            return await ask(server.port, "GET", target, *fields)

    return run(scenario())


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(("target", "data"), [("/a.css", TEXT), ("/large.json", LARGE)])
def test_text_is_compressed(run: Run, root: Path, coding: str, target: str, data: bytes) -> None:
    plain = _ask(run, root, target)
    packed = _ask(run, root, target, f"Accept-Encoding: {coding}")
    assert (plain.body, "content-encoding" in plain.headers) == (data, False)
    assert (packed.headers["content-encoding"], READERS[coding](packed.body)) == (coding, data)
    assert packed.headers["content-length"] == str(len(packed.body))
    assert (plain.headers["vary"], packed.headers["vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert packed.headers["etag"] != plain.headers["etag"]
    assert ("accept-ranges" in plain.headers, "accept-ranges" in packed.headers) == (True, False)
    assert packed.headers["content-type"] == plain.headers["content-type"]


@pytest.mark.parametrize(
    ("target", "settings"),
    [("/a.png", {}), ("/tiny.css", {}), ("/a.css", {"compression": False}), ("/large.json", {"compression": False})],
)
def test_what_is_not_compressed(run: Run, root: Path, target: str, settings: dict[str, bool]) -> None:
    reply = _ask(run, root, target, "Accept-Encoding: gzip, br, zstd", **settings)
    assert "content-encoding" not in reply.headers
    assert reply.body == (root / target[1:]).read_bytes()
    assert ("vary" in reply.headers) is (target == "/tiny.css")


def test_what_is_too_big_is_not_compressed(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LARGEST", len(LARGE) - 1)
    assert "content-encoding" not in _ask(run, root, "/large.json", "Accept-Encoding: gzip").headers


def test_a_client_that_takes_nothing_that_there_is(run: Run, root: Path) -> None:
    refused = _ask(run, root, "/a.css", "Accept-Encoding: identity;q=0")
    assert (refused.status, refused.headers["vary"]) == (406, "Accept-Encoding")
    assert _ask(run, root, "/a.png", "Accept-Encoding: identity;q=0").body == TEXT
    ignored = _ask(run, root, "/a.css", "Accept-Encoding: gzip, identity;q=0", "Range: bytes=0-1")
    assert (ignored.status, gzip.decompress(ignored.body)) == (200, TEXT)


def test_the_entity_tag_of_a_coding_names_that_alone(run: Run, root: Path) -> None:
    tag = _ask(run, root, "/a.css", "Accept-Encoding: gzip").headers["etag"]
    assert _ask(run, root, "/a.css", "Accept-Encoding: gzip", f"If-None-Match: {tag}").status == 304
    assert _ask(run, root, "/a.css", "Accept-Encoding: br", f"If-None-Match: {tag}").status == 200
    resumed = _ask(run, root, "/a.css", "Accept-Encoding: gzip", "Range: bytes=5-", f"If-Range: {tag}")
    assert (resumed.status, gzip.decompress(resumed.body)) == (200, TEXT)


@pytest.mark.parametrize(("coding", "suffix"), [("gzip", ".gz"), ("br", ".br"), ("zstd", ".zst")])
@pytest.mark.parametrize("name", ["a.css", "large.json", "sub/index.html", "tiny.css"])
def test_a_compressed_file_beside_it_is_used(run: Run, root: Path, name: str, coding: str, suffix: str) -> None:
    prepared = b"prepared " * 50_000 if name == "large.json" else b"prepared"
    (root / f"{name}{suffix}").write_bytes(prepared)
    target = f"/{name.removesuffix('index.html')}"
    reply = _ask(run, root, target, f"Accept-Encoding: {coding}")
    assert (reply.body, reply.headers["content-encoding"]) == (prepared, coding)
    assert reply.headers["content-type"] == _ask(run, root, target).headers["content-type"]
    assert _ask(run, root, target).body == (root / name).read_bytes()
    assert _ask(run, root, target, f"Accept-Encoding: {coding}", compression=False).body == (root / name).read_bytes()


@pytest.mark.parametrize("trap", ["older", "link", "folder", "pipe"])
def test_a_compressed_file_that_is_not_used(run: Run, root: Path, trap: str) -> None:
    sibling = root / "a.css.gz"
    if trap == "older":
        sibling.write_bytes(SENTINEL)
        os.utime(sibling, ns=(0, (root / "a.css").stat().st_mtime_ns - 1))
    elif trap == "link":
        sibling.symlink_to(root.parent / "secret.txt")
    elif trap == "folder":
        sibling.mkdir()
    else:
        os.mkfifo(sibling)
    reply = _ask(run, root, "/a.css", "Accept-Encoding: gzip")
    assert (reply.headers["content-encoding"], gzip.decompress(reply.body)) == ("gzip", TEXT)


@pytest.mark.usefixtures("settled")
def test_what_appears_and_changes_beside_a_kept_file_is_noticed(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with file_server(root) as server:
            assert gzip.decompress((await ask(server.port, "GET", "/a.css", "Accept-Encoding: gzip")).body) == TEXT
            (root / "a.css.gz").write_bytes(b"one")
            for content in (b"one", b"another"):
                (root / "a.css.gz").write_bytes(content)
                assert (await ask(server.port, "GET", "/a.css", "Accept-Encoding: gzip")).body == content
            (root / "a.css.gz").unlink()
            assert gzip.decompress((await ask(server.port, "GET", "/a.css", "Accept-Encoding: gzip")).body) == TEXT

    run(scenario())


@pytest.mark.usefixtures("settled")
def test_many_who_ask_at_once_wait_for_one_compression(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(data: bytes, coding: str) -> bytes:
        calls.append(coding)
        return compress(data, coding)

    monkeypatch.setattr(finding, "compress", counted)

    async def scenario() -> None:
        async with file_server(root) as server:
            await ask(server.port, "GET", "/large.json")
            asking = [ask(server.port, "GET", "/large.json", "Accept-Encoding: br") for _ in range(8)]
            assert {reply.headers["content-encoding"] for reply in await asyncio.gather(*asking)} == {"br"}
            assert (await ask(server.port, "GET", "/large.json", "Accept-Encoding: br")).status == 200

    run(scenario())
    assert calls == ["br"]


def _shout(page: bytes) -> bytes:
    return page.upper() + b"!"


@pytest.mark.usefixtures("settled")
def test_pages_are_transformed_and_nothing_else(run: Run, root: Path) -> None:
    (root / "sub" / "page.html.gz").write_bytes(b"prepared")
    (root / "large.html").write_bytes(LARGE)

    async def scenario() -> None:
        async with file_server(root) as server:
            before = await ask(server.port, "GET", "/sub/page.html")
            server.files.transform = _shout
            after = await ask(server.port, "GET", "/sub/page.html", "Accept-Encoding: gzip")
            assert (before.text, after.text) == ("page", "PAGE!")
            assert before.headers["etag"] != after.headers["etag"]
            part = await ask(server.port, "GET", "/sub/page.html", "Range: bytes=3-")
            assert (part.status, part.text, part.headers["content-range"]) == (206, "E!", "bytes 3-4/5")
            large = await ask(server.port, "GET", "/large.html", "Accept-Encoding: gzip")
            assert gzip.decompress(large.body) == _shout(LARGE)
            assert (await ask(server.port, "GET", "/a.css")).body == TEXT
            server.files.transform = None
            assert (await ask(server.port, "GET", "/sub/page.html")).headers["etag"] == before.headers["etag"]

    run(scenario())


def test_two_transforms_have_two_entity_tags(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with file_server(root) as server:
            tags = set()
            for transform in (bytes.upper, bytes.title):
                server.files.transform = transform
                tags.add((await ask(server.port, "GET", "/")).headers["etag"])
            assert len(tags) == 2

    run(scenario())


def test_a_file_that_changes_all_the_time_is_not_served_torn(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = iter(range(1, 100))
    real = os.preadv

    def changing(descriptor: int, buffers: list[bytearray], position: int, flags: int) -> int:
        (root / "a.png").write_bytes(b"x" * next(lengths))
        return real(descriptor, buffers, position, flags)

    monkeypatch.setattr("servers.http.files.opened.os.preadv", changing)
    reply = _ask(run, root, "/a.png")
    assert (reply.status, reply.headers["retry-after"]) == (503, "1")


def test_the_header_fields_of_all_answers_join_those_of_files(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with file_server(root) as server:
            server.more = {"Vary": "Origin", "X-More": "1"}
            for target in ("/a.css", "/large.json"):
                for _ in range(2):
                    reply = await ask(server.port, "GET", target)
                    assert (reply.headers["vary"], reply.headers["x-more"]) == ("Accept-Encoding, Origin", "1")

    run(scenario())
