"""Tests of what pages are told, from real changes of real files."""

import os
import shutil
from pathlib import Path

import pytest

from servers.http.live import reloading, watching
from tests.conftest import Run, until
from tests.servers.http.live.harness import LiveServer, begin, listening, live_server, threads, told
from tests.servers.http.site import make_folder
from tests.servers.wire import ask


def test_a_page_is_told_what_was_changed_made_and_deleted(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            assert b"Content-Type: text/event-stream\r\n" in page.head
            assert b"Cache-Control: no-store\r\n" in page.head
            await begin(page)
            for change, path in (
                (lambda: (root / "index.html").write_text("other"), "/index.html"),
                (lambda: (root / "style.css").write_text("p {}"), "/style.css"),
                (lambda: (root / "sub" / "page.html").unlink(), "/sub/page.html"),
                (lambda: os.replace(root / "style.css", root / "a b#é.css"), "/a%20b%23%C3%A9.css"),
            ):
                change()
                await told(page, path)

    run(scenario())


def test_files_in_new_folders_are_told(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            (root / "new" / "deep").mkdir(parents=True)
            (root / "new" / "deep" / "a.html").write_text("a")
            await told(page, "/new/deep/a.html")
            (root / "new" / "deep" / "b.html").write_text("b")
            await told(page, "/new/deep/b.html")

    run(scenario())


def test_what_is_not_served_is_not_told(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / "node_modules").mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "out").symlink_to(outside)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            for path in (".env", ".git/config", "sub/.hidden", "node_modules/x.js", "index.html~", "out/x.html"):
                (root / path).write_text("other")
            (root / "last.html").write_text("x")
            assert await told(page, "/last.html") == {"/last.html"}

    run(scenario())


def test_files_behind_links_within_the_folder_are_told(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (root / ".store").mkdir()
    (root / ".store" / "real.html").write_text("1")
    (root / "link.html").symlink_to(root / ".store" / "real.html")

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            (root / ".store" / "real.html").write_text("22")
            await told(page, "/link.html")

    run(scenario())


def test_many_changes_at_once_are_all(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            more = tmp_path / "more"
            more.mkdir()
            for number in range(reloading.MOST_PATHS + 1):
                (more / f"{number}.html").write_text("x")
            more.rename(root / "more")
            await told(page, "all")

    run(scenario())


def test_another_root_and_one_that_vanishes_and_returns(run: Run, tmp_path: Path) -> None:
    root, other = make_folder(tmp_path), tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("other home")

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            server.change(root=other)
            await told(page, "all")
            (other / "index.html").write_text("changed")
            await told(page, "/index.html")
            shutil.move(other, tmp_path / "away")
            await told(page, "all")
            shutil.move(tmp_path / "away", other)
            await told(page, "all")
            (other / "index.html").write_text("changed again")
            await told(page, "/index.html")

    run(scenario())


def test_nothing_is_watched_until_a_page_listens_and_soon_after_the_last(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloading, "LINGER", 0.01)
    monkeypatch.setattr(reloading, "LOOK", 0.01)
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            assert (await ask(server.port, "GET", "/index.html")).status == 200
            assert threads() == []
            tokens = set()
            for _ in range(3):
                async with listening(server) as page:
                    tokens.add(await begin(page))
                    assert len(threads()) == 1
                await until(lambda: not threads())
            assert len(tokens) == 1, "nothing changed meanwhile"
            (root / "index.html").write_text("changed unseen")
            async with listening(server) as page:
                assert await begin(page) not in tokens

    run(scenario())


def test_a_page_that_comes_back_soon_finds_the_watch_still_there(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server:
            async with listening(server) as page:
                await begin(page)
                watcher = server.live._watcher
            await until(lambda: server.live._resting)
            async with listening(server) as page:
                await begin(page)
                assert server.live._watcher is watcher
                assert server.live._resting is None

    run(scenario())


@pytest.mark.parametrize("fault", [OSError("OS file watch limit reached."), RuntimeError("no instance")])
def test_where_the_system_cannot_tell_files_are_looked_at(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("watchfiles.watch", refuse)
    monkeypatch.setattr(watching, "POLL", 0.01)
    caplog.set_level("INFO", "portside.http")
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            for content in ("1", "22"):
                (root / "index.html").write_text(content)
                await told(page, "/index.html")

    run(scenario())
    said = [record.getMessage() for record in caplog.records if record.levelname == "INFO"]
    assert said == [f"Live reload looks at all files every 0 s: {fault}"]


def test_more_folders_than_are_asked_for_are_looked_at(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_FOLDERS", 1)
    monkeypatch.setattr(watching, "POLL", 0.01)
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            (root / "sub" / "page.html").write_text("2")
            await told(page, "/sub/page.html")

    run(scenario())


def test_a_name_that_is_no_text_ends_nothing(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            (root / os.fsdecode(b"\xff.html")).write_text("x")
            (root / "index.html").write_text("later")
            await told(page, "/index.html")

    run(scenario())


def test_a_fault_of_the_watch_is_logged_and_the_stream_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(watching, "scan", fail)
    expected_logs.append("ERROR portside.http: Changes of the site's files are not noticed")

    async def scenario() -> None:
        server = LiveServer(make_folder(tmp_path))
        await server.start()
        async with listening(server) as page:
            assert await page.piece() == reloading._RETRY
            await until(lambda: not threads())
            await server.stop()
            assert await page.ends()

    run(scenario())


def test_a_folder_that_no_library_can_name_is_looked_at(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "POLL", 0.01)
    root = make_folder(tmp_path).rename(tmp_path / os.fsdecode(b"\xff"))

    async def scenario() -> None:
        async with live_server(root) as server, listening(server) as page:
            await begin(page)
            (root / "index.html").write_text("later")
            await told(page, "/index.html")

    run(scenario())
