"""The folder that gets files: the disk that fails, names that are taken, links that are put in the way."""

import asyncio
import errno
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from servers.http.site import Place, find
from servers.http.uploads import answering
from servers.http.uploads.folder import FORGOTTEN, PREFIX
from tests.conftest import Run, until
from tests.servers.http.uploads.harness import UploadSite, content, post, put, serve, unfinished
from tests.servers.wire import hang_up, request


@pytest.mark.parametrize(
    ("number", "status", "sentence"),
    [
        (errno.ENOSPC, 507, "not enough space"),
        (errno.EDQUOT, 507, "not enough space"),
        (errno.EFBIG, 507, "not enough space"),
        (errno.EACCES, 403, "may not write"),
        (errno.EROFS, 403, "may not write"),
        (errno.EMFILE, 503, "Too many files"),
        (errno.ENAMETOOLONG, 400, "of that name"),
        (errno.EIO, 500, "could not be stored"),
    ],
)
@pytest.mark.parametrize("step", ["open", "write", "fsync", "link"])
def test_the_disk_that_fails_is_told_about(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, status: int, sentence: str, step: str
) -> None:
    real = getattr(os, step)

    def fail(*arguments: object, **options: object) -> object:
        if step == "open" and PREFIX not in str(arguments[0]):
            return real(*arguments, **options)
        raise OSError(number, os.strerror(number))

    async def scenario(server: UploadSite) -> None:
        monkeypatch.setattr(os, step, fail)
        for reply in (await put(server, "/b.txt", b"b"), await post(server, "/", ("f", "b.txt", b"b"))):
            assert (reply.status, sentence in reply.text) == (status, True)
        monkeypatch.setattr(os, step, real)

    (tmp_path / "a.txt").write_bytes(b"a")
    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"a"}


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_without_hard_links_will_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    async def scenario(server: UploadSite) -> None:
        monkeypatch.setattr(os, "link", fail)
        assert (await put(server, "/a.txt", b"new")).status == 201
        assert (await put(server, "/a.txt", b"newer")).status == 409
        monkeypatch.setattr(os, "replace", fail)
        assert (await put(server, "/b.txt", b"new")).status == 403 if number == errno.EPERM else 500

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"new"}


def test_a_name_that_is_taken_at_the_last_moment_stays(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def late(*arguments: Any, **options: Any) -> None:
        (tmp_path / "a.txt").write_bytes(b"other")
        real(*arguments, **options)

    async def scenario(server: UploadSite) -> None:
        monkeypatch.setattr(os, "link", late)
        assert (await put(server, "/a.txt", b"new")).status == 409

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"other"}


def test_what_a_killed_process_has_left_is_removed_a_day_later(run: Run, tmp_path: Path) -> None:
    long_ago = time.time() - FORGOTTEN - 60
    for name in (f"{PREFIX}old", f"{PREFIX}new", ".other"):
        (tmp_path / name).write_bytes(b"left")
    for name in (f"{PREFIX}old", ".other"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / f"{PREFIX}folder").mkdir()
    os.utime(tmp_path / f"{PREFIX}folder", (long_ago, long_ago))

    async def scenario(server: UploadSite) -> None:
        assert (await put(server, "/a.txt", b"a")).status == 201

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {f"{PREFIX}new": b"left", ".other": b"left", "a.txt": b"a"}
    assert (tmp_path / f"{PREFIX}folder").is_dir()


def test_a_folder_that_becomes_a_link_meanwhile_gets_nothing(run: Run, tmp_path: Path) -> None:
    """The unfinished file stays in the folder that was found, and no other gets anything."""
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "sub").mkdir(parents=True)
    outside.mkdir()

    async def scenario(server: UploadSite) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request("PUT", "/sub/a.txt", "Content-Length: 3") + b"ne")
        await until(lambda: unfinished(root / "sub"))
        (root / "sub").rename(root / "moved")
        (root / "sub").symlink_to(outside)
        writer.write(b"w")
        await reader.read()
        await hang_up(writer)

    serve(run, root, scenario)
    assert list(outside.iterdir()) == []
    assert not unfinished(root / "moved")


def test_a_folder_that_becomes_a_link_as_soon_as_it_is_found_is_not_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    outside.mkdir()
    root.mkdir()

    def find_and_turn(served: Path, path: str) -> Place:
        (root / "sub").mkdir()
        place = find(served, path)
        (root / "sub").rmdir()
        (root / "sub").symlink_to(outside)
        return place

    async def scenario(server: UploadSite) -> None:
        monkeypatch.setattr(answering, "find", find_and_turn)
        assert (await put(server, "/sub/a.txt", b"new")).status == 404

    serve(run, root, scenario)
    assert list(outside.iterdir()) == []


def test_a_race_with_a_link_leads_nowhere(run: Run, tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "sub").mkdir(parents=True)
    outside.mkdir()
    is_over = threading.Event()

    async def scenario(server: UploadSite) -> None:
        turning = asyncio.get_running_loop().run_in_executor(None, turn, root / "sub", outside, is_over)
        try:
            statuses = await asyncio.gather(*(upload_both(server, number) for number in range(60)))
        finally:
            is_over.set()
            await turning
        assert set(statuses) <= {201, 404}

    serve(run, root, scenario)
    assert list(outside.iterdir()) == []
    assert not unfinished(root / "sub")


async def upload_both(server: UploadSite, number: int) -> int:
    """Put one file and post another; the status of the other."""
    await put(server, f"/sub/p{number}", b"x")
    return (await post(server, "/sub/", ("f", f"f{number}", b"x"))).status


def turn(folder: Path, outside: Path, is_over: threading.Event) -> None:
    """Turn a folder into a link, and back again, many times."""
    aside = folder.with_name("aside")
    while not is_over.is_set():
        folder.rename(aside)
        folder.symlink_to(outside)
        folder.unlink()
        aside.rename(folder)
