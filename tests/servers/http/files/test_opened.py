"""Tests of opening files: by no link, no pipe, no race; and of reading them to their end."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from servers.guard import Refusal
from servers.http.files import opened
from servers.http.files.opened import Changed, Opened
from servers.http.site import Place, find
from tests.conftest import Run
from tests.servers.http.site import make_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_folder(tmp_path).resolve()


def _status(place: Place) -> int:
    with pytest.raises(Refusal) as caught, Opened(place):
        raise AssertionError("it was opened")
    return caught.value.status


@pytest.mark.parametrize("walks", [True, False])
@pytest.mark.parametrize("swapped", ["sub", "sub/page.html"])
def test_a_link_that_was_put_in_the_way(root: Path, monkeypatch: pytest.MonkeyPatch, walks: bool, swapped: str) -> None:
    monkeypatch.setattr(opened, "WALKS", walks)
    place = find(root, "/sub/page.html")
    (root / swapped).rename(root.parent / "elsewhere")
    (root / swapped).symlink_to(root.parent / "elsewhere")
    assert _status(place) == 404


@pytest.mark.parametrize("walks", [True, False])
def test_what_is_no_file_is_not_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch, walks: bool) -> None:
    monkeypatch.setattr(opened, "WALKS", walks)
    os.mkfifo(root / "pipe")
    assert [_status(Place(root, root / name, "")) for name in ("pipe", "sub", "nothing")] == [404] * 3
    with Opened(find(root, "/sub/page.html")) as file:
        assert file.whole_now() == b"page"


@pytest.mark.parametrize(("code", "status"), [(errno.EACCES, 403), (errno.EMFILE, 503), (errno.ENFILE, 503)])
def test_what_the_system_refuses(root: Path, monkeypatch: pytest.MonkeyPatch, code: int, status: int) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise OSError(code, os.strerror(code))

    place = find(root, "/index.html")
    monkeypatch.setattr("servers.http.files.opened.os.open", refuse)
    assert _status(place) == status


@pytest.mark.parametrize("wait", [True, False])
def test_reading(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, wait: bool) -> None:
    if wait:
        monkeypatch.setattr(opened, "_NO_WAIT", 0)

    async def scenario() -> None:
        with Opened(find(root, "/sub/index.html")) as file:
            assert file.size == 8
            assert await file.whole() == file.whole_now() == b"sub home"
            assert [await file.read(position, 5) for position in (0, 5, 8, 100)] == [b"sub h", b"ome", b"", b""]

    run(scenario())


def test_a_file_system_that_cannot_tell_what_is_in_memory(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: Any) -> int:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr("servers.http.files.opened.os.preadv", unsupported)

    async def scenario() -> None:
        with Opened(find(root, "/index.html")) as file:
            assert await file.whole() == b"home"

    run(scenario())


def test_systems_that_read_at_the_file_position(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("servers.http.files.opened.os.pread")
    with Opened(find(root, "/index.html")) as file:
        assert [file.read_now(1, 2), file.whole_now()] == [b"om", b"home"]


@pytest.mark.parametrize("content", ["", "hom", "longer", "HOME"])
def test_a_file_that_was_changed_since(run: Run, root: Path, content: str) -> None:
    async def scenario() -> None:
        with Opened(find(root, "/index.html")) as file:
            file.check()
            (root / "index.html").write_text(content)
            os.utime(root / "index.html", (1, 1))
            with pytest.raises(Changed):
                await file.whole()
            with pytest.raises(Changed):
                file.whole_now()

    run(scenario())


def test_nothing_stays_open(root: Path) -> None:
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        with Opened(find(root, "/sub/page.html")):
            pass
        assert _status(Place(root, root / "sub", "")) == 404
        assert _status(Place(root, root / "sub" / "nothing", "")) == 404
    assert len(os.listdir("/dev/fd")) == before
