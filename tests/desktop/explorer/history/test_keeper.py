"""What goes wrong with the file is said in a sentence, and nothing is lost by it."""

import asyncio
import errno
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.explorer.history.bodies import Bodies
from desktop.explorer.history.database import Database
from desktop.explorer.history.errors import HistoryError, in_words
from desktop.explorer.history.record import BIG
from desktop.explorer.history.store import History
from desktop.explorer.sending.blob import Blob
from tests.conftest import Run
from tests.desktop.explorer.history.entries import entry

KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from desktop.explorer.history.bodies import Bodies
from desktop.explorer.history.store import History
from tests.desktop.explorer.history.entries import entry

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    history = History(Path(sys.argv[1]))
    for number in range(3):
        await history.add(entry(f"http://h/{number}", body=b"x" * 1_000_001))
    Bodies.keep = die
    await history.add(entry("http://h/lost", body=b"y" * 1_000_001))

asyncio.run(main())
"""


def test_a_damaged_file_is_put_aside(run: Run, tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.explorer: The history was damaged")
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"this is no database" * 1000)

    async def scenario() -> None:
        history = History(path)
        assert history.remark == ""
        await history.add(entry("http://h/new"))
        assert [one.url for one in await history.search()] == ["http://h/new"]
        assert "It is kept as history.sqlite.damaged-1" in history.remark
        await history.close()

    run(scenario())
    assert (tmp_path / "history.sqlite.damaged-1").read_bytes().startswith(b"this is no")


def test_damage_that_is_found_later(run: Run, tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.explorer: The history was damaged")
    path = tmp_path / "history.sqlite"

    async def scenario() -> None:
        history = History(path)
        for number in range(30):
            await history.add(entry(f"http://h/{number}", body=b"x" * 5000))
        await history.add(entry("http://h/", body=b"x" * (BIG + 1)))
        await history.close()
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (path.stat().st_size - 4096))
        (tmp_path / "history.sqlite.damaged-1").touch()
        await history.add(entry("http://h/new"))
        assert [one.url for one in await history.search()] == ["http://h/new"]
        await history.close()

    run(scenario())
    assert (tmp_path / "history.sqlite.damaged-2").exists()
    assert len(list((tmp_path / "history-bodies.damaged-2").iterdir())) == 1


def test_a_newer_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")

    async def scenario() -> None:
        history = History(path)
        with pytest.raises(HistoryError, match="written by a newer Portside"):
            await history.add(entry())
        await history.close()

    run(scenario())
    assert [one.name for one in tmp_path.iterdir()] == ["history.sqlite"]


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    async def scenario() -> None:
        history = History(tmp_path / "file" / "history.sqlite")
        with pytest.raises(HistoryError, match=r"The history cannot be used: .* Requests are sent all the same"):
            await history.search()
        await history.close()

    run(scenario())


def test_a_full_disk(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    insert = Database._insert

    def full(self: Database, *values: object) -> None:
        self._run("PRAGMA max_page_count = 1")
        insert(self, *values)  # type: ignore[arg-type] # they are what it takes

    async def scenario() -> None:
        history = History(tmp_path / "history.sqlite")
        await history.add(entry("http://h/first"))
        with monkeypatch.context() as patch:
            patch.setattr(Database, "_insert", full)
            with pytest.raises(HistoryError, match="its disk is full or fails"):
                await history.add(entry("http://h/big", body=b"x" * (BIG + 1)))
        assert list((tmp_path / "history-bodies").iterdir()) == []
        await history.add(entry("http://h/second"))
        assert [one.url for one in await history.search()] == ["http://h/second", "http://h/first"]
        await history.close()

    run(scenario())


def test_a_disk_that_takes_no_body(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        history = History(tmp_path / "history.sqlite")
        monkeypatch.setattr(Bodies, "prepare", full)
        with pytest.raises(HistoryError, match="its disk is full or fails"):
            await history.add(entry(body=b"x" * (BIG + 1)))
        await history.close()

    run(scenario())


def test_a_body_that_finds_no_room_leaves_none_taken(tmp_path: Path) -> None:
    class Full(Blob):
        def read(self, start: int = 0, length: int | None = None) -> bytes:
            if start:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().read(start, length)

    with pytest.raises(OSError, match="No space left"):
        Bodies(tmp_path).prepare(Full(bytes(2**20 + 1)))
    assert list(tmp_path.iterdir()) == []


def test_an_entry_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"

    async def scenario() -> None:
        history = History(path)
        await history.add(entry())
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE documents SET document = '{}'")
        with pytest.raises(HistoryError, match="This entry of the history is damaged"):
            await history.load(1)
        await history.close()

    run(scenario())


def test_a_process_that_is_killed_loses_nothing_it_had_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, capture_output=True)
    assert (killed.returncode, killed.stderr) == (-9, b"")
    folder = tmp_path / "history-bodies"
    assert len(list(folder.iterdir())) == 4
    (folder / "orphan").touch()

    async def scenario() -> None:
        history = History(path)
        assert [one.url[-1] for one in await history.search()] == ["2", "1", "0"]
        assert len((await history.load(3)).reply.body.read()) == BIG + 1
        await history.close()

    run(scenario())
    names = {one.suffix for one in folder.iterdir()}
    assert len(list(folder.iterdir())) == 4
    assert names == {"", ".new"}  # another process might be about to finish the new one


def test_two_of_them_at_once(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"

    async def scenario() -> None:
        one, other = History(path), History(path)
        await asyncio.gather(
            *(history.add(entry(f"http://h/{number}")) for number in range(20) for history in (one, other))
        )
        assert len(await one.search()) == len(await other.search("h/")) == 40
        await one.clear()
        assert await other.search() == ()
        await other.add(entry("http://h/after"))
        assert [found.url for found in await one.search("after")] == ["http://h/after"]
        await asyncio.gather(one.close(), other.close())

    run(scenario())


def test_another_that_holds_the_file() -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert in_words(error).sentence == "The history is in use by another Portside; this request is not in it."
