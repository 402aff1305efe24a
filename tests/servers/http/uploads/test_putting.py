"""Files that are put: new ones, and old ones where the request says what is to become of them."""

import asyncio
from pathlib import Path

import pytest

from tests.conftest import Run, until
from tests.servers.http.uploads.harness import UploadSite, content, make_taken, put, serve
from tests.servers.wire import ask, hang_up, parse, request


def test_a_new_file_is_created(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()

    async def scenario(server: UploadSite) -> None:
        reply = await put(server, "/sub/e%CC%81%20x.bin", b"\0\xff")
        assert (reply.status, reply.headers["location"]) == (201, "/sub/%C3%A9%20x.bin")
        assert (await ask(server.port, "GET", reply.headers["location"])).body == b"\0\xff"
        assert (await put(server, "/empty", b"", "Content-Length: 0")).status == 201

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"empty": b"", "sub/é x.bin": b"\0\xff"}


@pytest.mark.parametrize(
    ("target", "fields", "status"),
    [
        ("/a.txt", [], 409),
        ("/a.txt?overwrite", [], 204),
        ("/a.txt?overwrite=no", [], 409),
        ("/a.txt", ["If-Match: *"], 204),
        ("/a.txt", ["If-Match: TAG"], 204),
        ("/a.txt", ['If-Match: "other"'], 412),
        ("/a.txt", ["If-Match: W/TAG"], 412),
        ("/a.txt", ["If-None-Match: *"], 412),
        ("/a.txt?overwrite", ["If-None-Match: *"], 412),
        ("/a.txt?overwrite", ["If-None-Match: TAG"], 412),
        ("/a.txt?overwrite", ["If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"], 412),
        ("/a.txt?overwrite", ["Content-Range: bytes 0-2/3"], 400),
        ("/new.txt", ["If-None-Match: *"], 201),
        ("/new.txt", ["If-Match: *"], 412),
        ("/new.txt?overwrite", [], 201),
        ("/new.txt", ["Content-Range: bytes 0-2/3"], 400),
        ("/new.txt", ["Content-Encoding: gzip"], 415),
    ],
)
def test_conditions_decide(run: Run, tmp_path: Path, target: str, fields: list[str], status: int) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    async def scenario(server: UploadSite) -> None:
        tag = (await ask(server.port, "GET", "/a.txt")).headers["etag"]
        reply = await put(server, target, b"new", *(field.replace("TAG", tag) for field in fields))
        assert reply.status == status
        if status == 409:
            assert "If-Match" in reply.text

    serve(run, tmp_path, scenario)
    name = target[1:].partition("?")[0]
    assert content(tmp_path) == {"a.txt": b"old"} | ({name: b"new"} if status in (201, 204) else {})


def test_the_tag_of_a_compressed_form_names_the_file_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old" * 1000)

    async def scenario(server: UploadSite) -> None:
        got = await ask(server.port, "GET", "/a.txt", "Accept-Encoding: gzip")
        assert got.headers["content-encoding"] == "gzip"
        assert (await put(server, "/a.txt", b"1", f"If-Match: {got.headers['etag']}")).status == 204
        assert (await put(server, "/a.txt", b"2", f"If-Match: {got.headers['etag']}")).status == 412

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"1"}


def test_what_is_changed_meanwhile_is_not_replaced(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "a.txt"
    old.write_bytes(b"old")

    async def scenario(server: UploadSite) -> None:
        tag = (await ask(server.port, "GET", "/a.txt")).headers["etag"]
        for fields, status in (([f"If-Match: {tag}"], 412), ([], 409)):
            if not fields:
                old.unlink()
            reply = await slow_put(server, "/a.txt", fields)
            assert reply == status

    async def slow_put(server: UploadSite, target: str, fields: list[str]) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request("PUT", target, "Content-Length: 3", *fields) + b"ne")
        await until(lambda: any(tmp_path.glob(".portside-upload-*")))
        old.write_bytes(b"other")
        writer.write(b"w")
        answer = await reader.read()
        await hang_up(writer)
        return parse(answer).status

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"other"}


@pytest.mark.parametrize(
    "name", [".env", "CON", "%2e%2e", "a%5Cb", "C:", "a.", "a%20", "x" * 256, "a%00b", "%0d%0aX:1"]
)
def test_names_that_no_file_can_have_are_refused(run: Run, tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    root.mkdir()

    async def scenario(server: UploadSite) -> None:
        assert (await put(server, f"/{name}", b"x")).status == 400
        assert (await put(server, f"/../{name}", b"x")).status == 404
        assert (await put(server, f"/%2e%2e/{name}", b"x")).status == 404

    serve(run, root, scenario)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("target", ["/missing/a", "/file/a", "/.hidden/a", "/out/a", "/..%2fa", "/%ff/a"])
def test_there_must_be_a_folder_that_is_served(run: Run, tmp_path: Path, target: str) -> None:
    root = tmp_path / "root"
    (root / ".hidden").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "file").write_bytes(b"")

    async def scenario(server: UploadSite) -> None:
        for overwrite in ("", "?overwrite"):
            assert (await put(server, target + overwrite, b"x")).status == 404

    serve(run, root, scenario)
    assert content(tmp_path) == {"root/file": b""}


@pytest.mark.parametrize("overwrite", ["", "?overwrite"])
def test_folders_and_links_are_never_replaced(run: Run, tmp_path: Path, overwrite: str) -> None:
    names = make_taken(tmp_path)

    async def scenario(server: UploadSite) -> None:
        for name in names:
            assert (await put(server, f"/{name}{overwrite}", b"new")).status == 409
            assert (await put(server, f"/{name}", b"new", "If-Match: *")).status == 409

    serve(run, tmp_path / "root", scenario)
    assert content(tmp_path) == {"outside": b"outside", "root/out": b"outside"}


def test_a_link_to_a_folder_inside_is_fine(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "way").symlink_to(tmp_path / "sub")

    async def scenario(server: UploadSite) -> None:
        assert (await put(server, "/way/a", b"x")).status == 201

    serve(run, tmp_path, scenario)
    assert (tmp_path / "sub" / "a").read_bytes() == b"x"
