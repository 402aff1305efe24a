"""Forms with files that are posted to a folder."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.servers.http.uploads.harness import BOUNDARY, UploadSite, content, form, make_taken, post, serve
from tests.servers.wire import ask


def test_a_file_is_stored_and_says_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()

    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "/sub/", ("file", "A b#.bin", b"\0\r\n--y-\xff"))
        assert (reply.status, reply.headers["location"]) == (201, "/sub/A%20b%23.bin")
        assert json.loads(reply.text) == [{"path": "/sub/A%20b%23.bin", "size": 8, "replaced": False}]
        got = await ask(server.port, "GET", reply.headers["location"])
        assert got.body == b"\0\r\n--y-\xff"

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"sub/A b#.bin": b"\0\r\n--y-\xff"}


def test_quotes_in_a_name_are_those_of_html(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        assert (await post(server, "/", ("f", "a %22b%22.txt", b"1"))).headers["location"] == "/a%20%22b%22.txt"

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {'a "b".txt': b"1"}


def test_several_files_are_stored_and_listed(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "/", ("f", "a.txt", b"1"), ("note", None, b"..."), ("f", "ä.txt", b""))
        assert reply.status == 201
        assert "location" not in reply.headers
        assert [one["path"] for one in json.loads(reply.text)] == ["/a.txt", "/%C3%A4.txt"]

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"1", "ä.txt": b""}


def test_a_browser_is_sent_back_to_the_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.example").mkdir()

    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "//elsewhere.example/", ("f", "a.txt", b"1"), accept="text/html,*/*;q=0.8")
        assert (reply.status, reply.headers["location"]) == (303, "/elsewhere.example/")
        assert (await post(server, "/", ("f", "a", b""), accept="text/html")).headers["location"] == "/"

    serve(run, tmp_path, scenario)


@pytest.mark.parametrize(
    ("target", "word", "status"),
    [
        ("/", None, 409),
        ("/", b"no", 409),
        ("/", b"on", 201),
        ("/", b"", 201),
        ("/?overwrite", None, 201),
        ("/?overwrite=0", None, 409),
        ("/?overwrite", b"off", 409),
    ],
)
def test_only_who_says_so_replaces(run: Run, tmp_path: Path, target: str, word: bytes | None, status: int) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt").chmod(0o600)
    fields = [] if word is None else [("overwrite", None, word)]

    async def scenario(server: UploadSite) -> None:
        reply = await post(server, target, *fields, ("f", "b.txt", b"b"), ("f", "a.txt", b"new"))
        assert reply.status == status
        if status == 409:
            assert "“a.txt” exists already, and nothing was changed." in reply.text
        else:
            assert [one["replaced"] for one in json.loads(reply.text)] == [False, True]

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == ({"a.txt": b"old"} if status == 409 else {"a.txt": b"new", "b.txt": b"b"})
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o600


def test_the_word_counts_for_the_files_behind_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")

    async def scenario(server: UploadSite) -> None:
        assert (await post(server, "/", ("f", "a.txt", b"new"), ("overwrite", None, b"on"))).status == 409

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"old"}


def test_two_files_of_one_name_are_refused(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "/?overwrite", ("f", "a.txt", b"1"), ("f", "x/a.txt", b"2"))
        assert reply.status == 409
        assert "two files" in reply.text

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("overwrite", ["", "?overwrite"])
def test_folders_and_links_are_never_replaced(run: Run, tmp_path: Path, overwrite: str) -> None:
    names = make_taken(tmp_path)

    async def scenario(server: UploadSite) -> None:
        for name in names:
            assert (await post(server, f"/{overwrite}", ("f", name, b"new"))).status == 409

    serve(run, tmp_path / "root", scenario)
    assert content(tmp_path) == {"outside": b"outside", "root/out": b"outside"}
    assert (tmp_path / "root" / "nowhere").is_symlink()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (form(), "no file"),
        (form(("f", "", b"")), "no file"),
        (form(("f", "", b"content")), "needs a name"),
        (form(("f", "...", b"")), "needs a name"),
        (form(("overwrite", None, b"on")), "no file"),
        (form(("f", "a.txt", b"1"))[:-7], "ends before"),
        (b"", "ends before"),
        (b"--x\r\n" + b"A: b\r\n" * 5000 + b"\r\n--x--\r\n", "header fields"),
    ],
)
def test_what_is_no_form_with_files_is_refused(run: Run, tmp_path: Path, body: bytes, sentence: str) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await ask(server.port, "POST", "/", "Content-Type: multipart/form-data; boundary=x", body=body)
        assert reply.status == 400
        assert sentence in reply.text

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


def test_a_name_that_nobody_could_ask_for_is_refused(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await post(server, "/", ("f", "a.zzz", b"1"))
        assert (reply.status, "dynamic pages" in reply.text) == (400, True)
        assert (await post(server, "/", ("f", "a.zzz.txt", b"1"))).status == 201

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.zzz.txt": b"1"}


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/mixed"])
def test_another_media_type_is_refused(run: Run, tmp_path: Path, media_type: str) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await ask(server.port, "POST", "/", f"Content-Type: {media_type}; boundary=x", body=b"a=b")
        assert (reply.status, reply.headers["accept-post"]) == (415, "multipart/form-data")

    serve(run, tmp_path, scenario)


@pytest.mark.parametrize("field", ["Origin: http://evil.example", "Sec-Fetch-Site: cross-site"])
def test_pages_of_other_sites_store_nothing(run: Run, tmp_path: Path, field: str) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await ask(server.port, "POST", "/", BOUNDARY, field, body=form(("f", "a.txt", b"1")))
        assert reply.status == 403

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


def test_a_form_without_a_boundary_is_refused(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        reply = await ask(server.port, "POST", "/", "Content-Type: multipart/form-data", body=form(("f", "a", b"")))
        assert (reply.status, "boundary" in reply.text) == (400, True)

    serve(run, tmp_path, scenario)
