"""Tests of what is kept in memory: bounded, and never given out when anything on the way to the file has changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from servers.http.files import finding, memory
from servers.http.files.codings import IDENTITY
from servers.http.files.finding import Finder
from servers.http.files.forms import Form, form_of
from servers.http.files.opened import Opened
from servers.http.site import Place
from tests.conftest import Run
from tests.servers.http.files.harness import file_server
from tests.servers.http.site import SENTINEL, make_folder
from tests.servers.wire import ask


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of files that are opened; files are taken as settled at once."""
    monkeypatch.setattr(memory, "SETTLED", -(10**12))
    paths: list[str] = []

    class Noted(Opened):
        def __init__(self, place: Place) -> None:
            paths.append(place.path)
            super().__init__(place)

    monkeypatch.setattr(finding, "Opened", Noted)
    return paths


def _move_away(root: Path) -> None:
    (root / "sub").rename(root / "moved")


def _link_outside(root: Path) -> None:
    outside = root.parent / "outside"
    (outside / "sub").mkdir(parents=True)
    (outside / "sub" / "page.html").write_bytes(SENTINEL)
    _move_away(root)
    (root / "sub").symlink_to(outside / "sub")


def _move_outside_and_link(root: Path) -> None:
    (root / "sub").rename(root.parent / "outside")
    (root / "sub").symlink_to(root.parent / "outside")


def _link_the_file(root: Path) -> None:
    (root / "sub" / "page.html").unlink()
    (root / "sub" / "page.html").symlink_to(root.parent / "secret.txt")


def _move_the_file_outside_and_link(root: Path) -> None:
    (root / "sub" / "page.html").rename(root.parent / "page.html")
    (root / "sub" / "page.html").symlink_to(root.parent / "page.html")


def _folder_in_its_place(root: Path) -> None:
    (root / "sub" / "page.html").unlink()
    (root / "sub" / "page.html").mkdir()


@pytest.mark.parametrize(
    "attack",
    [
        _move_away,
        _link_outside,
        _move_outside_and_link,
        _link_the_file,
        _move_the_file_outside_and_link,
        _folder_in_its_place,
    ],
)
@pytest.mark.parametrize("size", [100, 300_000])
def test_a_kept_file_is_gone_when_its_way_is(
    run: Run, tmp_path: Path, opened: list[str], attack: Callable[[Path], None], size: int
) -> None:
    root = make_folder(tmp_path)
    (root / "sub" / "page.html").write_bytes(b"x" * size)

    async def scenario() -> None:
        async with file_server(root) as server:
            for _ in range(3):
                assert len((await ask(server.port, "GET", "/sub/page.html")).body) == size
            assert opened == ["/sub/page.html"]
            attack(root)
            reply = await ask(server.port, "GET", "/sub/page.html")
            assert reply.status in (301, 404)
            assert SENTINEL not in reply.body

    run(scenario())


def test_a_kept_file_is_read_anew_when_it_changes(run: Run, tmp_path: Path, opened: list[str]) -> None:
    root = make_folder(tmp_path)
    path = root / "sub" / "page.html"

    async def scenario() -> None:
        async with file_server(root) as server:
            for content in ("one", "two", "longer"):
                path.write_text(content)
                os.utime(path, (10, 10))
                for _ in range(3):
                    assert (await ask(server.port, "GET", "/sub/page.html")).text == content
            assert len(opened) == 3
            path.unlink()
            assert (await ask(server.port, "GET", "/sub/page.html")).status == 404

    run(scenario())


def test_a_root_that_comes_to_be_another_folder(run: Run, tmp_path: Path, opened: list[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").write_text(name)
    current = tmp_path / "current"
    current.symlink_to("one")

    async def scenario() -> None:
        async with file_server(current) as server:
            assert (await ask(server.port, "GET", "/a.png")).text == "one"
            assert (await ask(server.port, "GET", "/a.png")).text == "one"
            assert len(opened) == 1
            current.unlink()
            current.symlink_to("two")
            assert (await ask(server.port, "GET", "/a.png")).text == "two"

    run(scenario())


def test_what_is_reached_by_links_is_looked_up_each_time(run: Run, tmp_path: Path, opened: list[str]) -> None:
    root = make_folder(tmp_path)
    (root / "in").symlink_to("sub")

    async def scenario() -> None:
        async with file_server(root) as server:
            for _ in range(2):
                assert (await ask(server.port, "GET", "/in/page.html")).text == "page"
            assert len(opened) == 2
            (root / "in").unlink()
            (root / "in").symlink_to(tmp_path)
            assert (await ask(server.port, "GET", "/in/page.html")).status == 404

    run(scenario())


def test_a_file_that_has_just_been_changed_is_not_kept(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        finder = Finder(root, {}, compression=True, transform=None)
        ahead = 2**32
        os.utime(root / "index.html", (ahead, ahead))
        assert (await finder.found("/index.html")).seen is None
        assert len(finder.memory) == 0

    run(scenario())


def test_what_comes_to_lie_beside_a_file_is_noticed_by_all_who_look(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_folder(tmp_path)
    monkeypatch.setattr(memory, "SETTLED", -1)

    async def scenario() -> None:
        finder = Finder(root, {}, compression=True, transform=None)
        found = await finder.found("/sub/page.html")
        assert found.is_current()
        found._look_beside = 0.0
        (root / "sub" / "page.html.gz").write_bytes(b"packed")
        assert not found.is_current()  # another holder's look
        assert (await finder.found("/sub/page.html")) is not found

    run(scenario())


def _form(root: Path, size: int) -> Form:
    place = Place(root, root / "x", "/x")
    return form_of(place, (0, 0, 0, size, 0, 0), size, b"x" * size, {}, IDENTITY)


def test_memory_is_bounded_and_forgets_what_was_not_used(tmp_path: Path) -> None:
    kept = memory.Memory(limit=100_000)
    nothing_to_check = memory.Seen((), ())
    for number in range(50):
        kept.put(f"/{number}", memory.Found(nothing_to_check, {IDENTITY: _form(tmp_path, 10_000)}))
        assert kept.get("/0") is not None
        assert kept.weight <= 100_000
    assert len(kept) == 7
    assert kept.get("/1") is None
    assert kept.get("/49") is not None
    kept.put("/huge", memory.Found(nothing_to_check, {IDENTITY: _form(tmp_path, 50_000)}))
    assert kept.get("/huge") is None
    for number in range(50):
        kept.drop(f"/{number}")
    assert (len(kept), kept.weight) == (0, 0)


def test_a_flood_of_paths_to_one_file_stays_within_the_bound(run: Run, tmp_path: Path, opened: list[str]) -> None:
    root = make_folder(tmp_path)
    (root / "a.png").write_bytes(b"x" * 200_000)

    async def scenario() -> None:
        finder = Finder(root, {}, compression=True, transform=None)
        for number in range(1, 400):
            await finder.found("/" * number + "a.png")
        assert finder.memory.weight <= memory.LIMIT
        assert 300 < len(finder.memory) < 399

    run(scenario())
