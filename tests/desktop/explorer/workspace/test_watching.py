"""Changes that others make arrive, whatever way they are made, and also where the system gives no notice."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import watchfiles.main

from desktop.explorer.workspace.watching import Watcher
from desktop.tasks import TaskSet
from tests.conftest import Run, until


class Seen:
    def __init__(self, *, polling: bool = False) -> None:
        self.paths: set[Path] = set()
        self.times = 0
        self.notes = 0
        self.watcher = Watcher(self.take, self.note, polling=polling)

    async def take(self, paths: frozenset[Path]) -> None:
        self.paths |= paths
        self.times += 1

    def note(self) -> None:
        self.notes += 1

    @asynccontextmanager
    async def watching(self, *folders: Path) -> AsyncIterator[None]:
        failures: list[BaseException] = []
        tasks = TaskSet(lambda error, _: failures.append(error))
        self.watcher.watch(folders)
        tasks.spawn(self.watcher.run(), name="watch")
        await until(lambda: self.times)  # everything is looked at once the folders are watched
        try:
            yield
        finally:
            await tasks.close()
            assert not failures


@pytest.mark.parametrize("polling", [False, True])
def test_new_replaced_and_removed_files_are_noticed(tmp_path: Path, run: Run, polling: bool) -> None:
    async def scenario() -> None:
        seen = Seen(polling=polling)
        old, new = tmp_path / "old.http", tmp_path / "new.http"
        old.write_text("GET http://a/\n")
        async with seen.watching(tmp_path):
            new.write_text("GET http://a/\n")
            await until(lambda: new in seen.paths)
            seen.paths.clear()
            temporary = tmp_path / "old.new"
            temporary.write_text("GET http://a/other\n")
            temporary.replace(old)
            await until(lambda: old in seen.paths)
            seen.paths.clear()
            old.unlink()
            await until(lambda: old in seen.paths)

    run(scenario())


def test_a_root_that_is_deleted_and_made_again_is_watched_again(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        seen, root = Seen(), tmp_path / "root"
        root.mkdir()
        async with seen.watching(root):
            shutil.rmtree(root)
            root.mkdir()
            await until(lambda: root in seen.paths)
            times = seen.times
            await until(lambda: seen.times > times)
            (root / "a.http").write_text("GET http://a/\n")
            await until(lambda: root / "a.http" in seen.paths)

    run(scenario())


def test_other_folders_can_be_given_at_any_time(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        seen, one, two = Seen(), tmp_path / "one", tmp_path / "two"
        one.mkdir()
        two.mkdir()
        async with seen.watching(one):
            seen.watcher.watch([two])
            times = seen.times
            await until(lambda: seen.times > times)
            (two / "a.http").write_text("GET http://a/\n")
            await until(lambda: two / "a.http" in seen.paths)
            seen.watcher.watch([])
            seen.watcher.watch([one])
            times = seen.times
            await until(lambda: seen.times > times)

    run(scenario())


def test_a_missing_folder_is_looked_for(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        seen = Seen()
        seen.watcher.is_waiting = True
        async with seen.watching(tmp_path / "gone"):
            await until(lambda: seen.times > 1)

    run(scenario())


def test_without_notices_from_the_system_it_looks_itself(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Limited:
        def __new__(cls, paths: list[str], debug: bool, force_polling: bool, *others: object) -> "Limited":
            if not force_polling:
                raise OSError(28, "OS file watch limit reached.")
            return real(paths, debug, force_polling, *others)  # type: ignore[arg-type,return-value]

    real = watchfiles.main.RustNotify  # type: ignore[attr-defined] # what awatch makes
    monkeypatch.setattr(watchfiles.main, "RustNotify", Limited)

    async def scenario() -> None:
        seen = Seen()
        async with seen.watching(tmp_path):
            (tmp_path / "a.http").write_text("GET http://a/\n")
            await until(lambda: tmp_path / "a.http" in seen.paths)
        assert seen.notes == 1

    run(scenario())


def test_what_no_collection_is_made_of_is_not_told(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        seen, log, file = Seen(), tmp_path / "app.log", tmp_path / "a.http"
        log.write_text("1")
        async with seen.watching(tmp_path):
            await asyncio.to_thread(log.write_text, "2")
            file.write_text("GET http://a/\n")
            await until(lambda: file in seen.paths)
            assert seen.paths == {file}

    run(scenario())
