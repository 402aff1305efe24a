"""Tests of the store: ids, versions, text as written, damaged and newer files, other processes."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.rest.schema import SCHEMA_VERSION
from servers.rest.store import Row, Store, StoreBusy, StoreFull
from tests.servers.rest.harness import ROOT, child

PLAYERS = "players"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rest.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_a_new_store_has_the_sample_data_once(path: Path) -> None:
    with closing(Store(path)) as store:
        sample = store.rows(PLAYERS)
        for row in sample:
            store.remove(PLAYERS, row.id)
    assert [row.id for row in sample] == list(range(1, len(sample) + 1))
    with closing(Store(path)) as again:
        assert again.rows(PLAYERS) == []
        assert again.notice is None


def test_documents_come_and_go_with_versions_and_ids_that_are_not_given_twice(store: Store) -> None:
    last = len(store.rows(PLAYERS))
    row = store.add(PLAYERS, "one")
    assert row == store.get(PLAYERS, row.id) == Row(last + 1, 1, "one")
    assert store.replace(PLAYERS, row.id, "two") == store.get(PLAYERS, row.id) == Row(row.id, 2, "two")
    assert store.remove(PLAYERS, row.id) == Row(row.id, 2, "two")
    assert store.get(PLAYERS, row.id) is store.remove(PLAYERS, row.id) is store.replace(PLAYERS, row.id, "x") is None
    assert store.add(PLAYERS, "three").id == row.id + 1


def test_text_is_kept_as_it_was_written(path: Path) -> None:
    text = '{\n  "n": [1736184243098437392, 1.10, 1e400, -0],\n  "t": "\\u0000\U0001f600"\n}'
    with closing(Store(path)) as store:
        number = store.add(PLAYERS, text).id
    with closing(Store(path)) as again:
        found = again.get(PLAYERS, number)
    assert found == Row(number, 1, text)


def test_an_unknown_collection_is_a_key_error_and_changes_nothing(store: Store) -> None:
    with pytest.raises(KeyError):
        store.add("teams", "{}")
    assert store.rows("teams") == []
    assert store.add(PLAYERS, "{}").version == 1


def test_a_store_in_memory_works_the_same() -> None:
    with closing(Store(None)) as store:
        assert store.add(PLAYERS, "x") == store.rows(PLAYERS)[-1]


def test_the_database_is_set_up_as_promised(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert other.execute("PRAGMA foreign_key_list(documents)").fetchall()


@pytest.mark.parametrize("content", [b"this is not a database" * 100, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_file_is_put_aside_and_said(path: Path, content: bytes, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.rest: The REST data was damaged")
    aside = [path.with_name(f"{path.name}.damaged-{number}") for number in (1, 2)]
    for kept in aside:
        path.write_bytes(content)
        with closing(Store(path)) as store:
            assert store.rows(PLAYERS)
            assert store.notice is not None
            assert kept.name in store.notice
    assert [kept.read_bytes() for kept in aside] == [content, content]


def test_damage_in_the_middle_of_a_file_is_found(path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.rest: The REST data was damaged")
    with closing(Store(path)) as store:
        for number in range(200):
            store.add(PLAYERS, f"{number}" * 100)
    whole = path.read_bytes()
    damaged = whole[:8192] + b"\xa5" * 8192 + whole[16384:]
    path.write_bytes(damaged)
    with closing(Store(path)) as store:
        assert store.notice is not None
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == damaged


def test_a_newer_file_is_refused_in_words_and_stays_as_it_is(path: Path, tmp_path: Path) -> None:
    """Also when its program was killed, so that the newest writes are in the write-ahead log alone."""
    alive = tmp_path / "alive"
    Store(alive).close()
    with closing(sqlite3.connect(alive)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        before = alive.read_bytes(), Path(f"{alive}-wal").read_bytes()
    log = Path(f"{path}-wal")
    path.write_bytes(before[0])
    log.write_bytes(before[1])
    for _ in range(2):
        with pytest.raises(OSError, match="newer Portside"):
            Store(path)
        assert (path.read_bytes(), log.read_bytes()) == before
    assert before[1] != b""
    assert [one for one in path.parent.iterdir() if "damaged" in one.name] == []


def test_a_file_that_cannot_be_opened_is_an_os_error_with_a_sentence(path: Path) -> None:
    path.mkdir()
    with pytest.raises(OSError, match="cannot be used: "):
        Store(path)


def test_a_write_that_another_program_holds_up_is_busy_and_changes_nothing(store: Store, path: Path) -> None:
    before = store.rows(PLAYERS)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            store.add(PLAYERS, "x")
        with pytest.raises(StoreBusy):
            store.remove(PLAYERS, 1)
        assert store.rows(PLAYERS) == before
        other.execute("ROLLBACK")
    assert store.add(PLAYERS, "x").id == len(before) + 1


def test_two_processes_make_and_fill_one_file_together(path: Path) -> None:
    commands = [child("storm_child", path, name, 150) for name in ("left", "right")]
    writers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for command in commands]
    ids = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(set(ids)) == len(ids) == 300
    with closing(Store(path)) as store:
        assert set(ids) <= {row.id for row in store.rows(PLAYERS)}
        assert sum('"name": "Leon Britton"' in row.text for row in store.rows(PLAYERS)) == 1
    assert integrity(path) == "ok"


def test_a_full_disk_changes_nothing_and_is_said(store: Store) -> None:
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    before = store.rows(PLAYERS)
    with pytest.raises(StoreFull, match="takes no more"):
        store.add(PLAYERS, "x" * 1_000_000)
    assert store.rows(PLAYERS) == before
