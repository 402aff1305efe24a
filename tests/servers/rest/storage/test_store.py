"""Tests of the store: ids, versions, text as written, damaged and newer files, other processes."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.rest.queries.query import Query
from servers.rest.storage.database import StoreBusy, StoreFull
from servers.rest.storage.rows import Row
from servers.rest.storage.store import Store
from servers.rest.storage.tables import SCHEMA_VERSION
from servers.rest.strict_json import Json, Number, read
from tests.servers.rest.harness import ROOT, child

NAME: dict[str, Json] = {"name": "one"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rest.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


def players(store: Store) -> int:
    """The number of the collection."""
    return next(one.id for one in store.dataset().collections if one.definition.name == "players")


def rows(store: Store) -> list[Row]:
    return store.select(Query(), players(store))[0]


def add(store: Store, document: dict[str, Json], wanted: Number | str | None = None) -> Row:
    row = store.add(players(store), wanted, document)
    assert row is not None
    return row


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_a_new_store_has_the_sample_data_once(path: Path) -> None:
    with closing(Store(path)) as store:
        sample = rows(store)
        for row in sample:
            store.remove(players(store), row)
    assert [row.key for row in sample] == [str(number) for number in range(1, len(sample) + 1)]
    with closing(Store(path)) as again:
        assert rows(again) == []
        assert again.notice is None
        assert again.dataset().is_sample


def test_documents_come_and_go_with_versions_and_ids_that_are_not_given_twice(store: Store) -> None:
    collection, last = players(store), len(rows(store))
    row = add(store, NAME)
    assert (row.key, row.numeric, row.document()) == (str(last + 1), 1, NAME)
    assert store.get(collection, row.key) == row
    changed = store.replace(collection, row, {"name": "two"})
    assert changed is not None
    assert changed.version > row.version
    assert changed == store.get(collection, row.key)
    assert store.replace(collection, row, {}) is store.remove(players(store), row) is None
    assert store.remove(players(store), changed) == changed
    assert store.get(collection, row.key) is store.remove(players(store), changed) is None
    again = add(store, NAME)
    assert int(again.key) == int(row.key) + 1
    assert again.version > changed.version


def test_an_id_that_is_wanted_is_given_once_and_counted_on_from(store: Store) -> None:
    assert add(store, NAME, Number("900")).key == "900"
    assert store.add(players(store), Number("900"), NAME) is None
    assert store.add(players(store), "900", NAME) is None
    assert add(store, NAME).key == "901"
    assert add(store, NAME, "a b").id == "a b"
    assert add(store, NAME, Number("9" * 40)).id == Number("9" * 40)
    assert add(store, NAME).key == "902"
    assert add(store, NAME, Number("904"))
    assert add(store, NAME, Number("-5"))
    assert add(store, NAME).key == "905"


def test_text_is_kept_as_it_was_written(path: Path) -> None:
    document = read(b'{"n": [1736184243098437392, 1.10, 1e300, -0], "t": "\\u0000\xf0\x9f\x98\x80"}')
    assert isinstance(document, dict)
    with closing(Store(path)) as store:
        row = add(store, document)
    with closing(Store(path)) as again:
        assert again.get(players(again), row.key) == row
        assert row.document() == document
        assert row.whole_text == f'{{\n  "id": {row.key},\n{row.text[2:]}'


def test_a_document_without_members_is_only_its_id(store: Store) -> None:
    row = add(store, {})
    assert row.document() == {}
    assert read(row.whole_text.encode()) == {"id": Number(row.key)}


def test_the_database_is_set_up_as_promised(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert other.execute("PRAGMA foreign_key_list(documents)").fetchall()


def test_another_connection_that_writes_is_noticed_once(store: Store, path: Path) -> None:
    store.changed_elsewhere()
    add(store, NAME)
    assert not store.changed_elsewhere()
    with closing(Store(path)) as other:
        add(other, NAME)
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()


def test_deleting_a_document_takes_its_fields_along(store: Store, path: Path) -> None:
    def fields() -> int:
        with closing(sqlite3.connect(path)) as connection:
            return int(connection.execute("SELECT count(*) FROM fields").fetchone()[0])

    before = fields()
    row = add(store, {"name": "x", "tags": ["a", "b", "a"]})
    assert fields() == before + 4
    changed = store.replace(players(store), row, {"name": "y"})
    assert fields() == before + 2
    assert changed is not None
    store.remove(players(store), changed)
    assert fields() == before


def test_a_document_of_a_great_many_members_is_stored_whole_and_indexed_in_part(store: Store) -> None:
    document: dict[str, Json] = {f"m{number}": [str(one) for one in range(3)] for number in range(2000)}
    assert add(store, document).document() == document


@pytest.mark.parametrize("content", [b"this is not a database" * 100, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_file_is_put_aside_and_said(path: Path, content: bytes, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.rest: The REST data was damaged")
    aside = [path.with_name(f"{path.name}.damaged-{number}") for number in (1, 2)]
    for kept in aside:
        path.write_bytes(content)
        with closing(Store(path)) as store:
            assert rows(store)
            assert store.notice is not None
            assert kept.name in store.notice
    assert [kept.read_bytes() for kept in aside] == [content, content]


def test_damage_in_the_middle_of_a_file_is_found(path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.rest: The REST data was damaged")
    with closing(Store(path)) as store:
        for number in range(200):
            add(store, {"name": f"{number}" * 100})
    whole = path.read_bytes()
    damaged = whole[:65536] + b"\xa5" * 65536 + whole[131072:]
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
    before = rows(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            add(store, NAME)
        with pytest.raises(StoreBusy):
            store.remove(players(store), before[0])
        assert rows(store) == before
        other.execute("ROLLBACK")
    assert add(store, NAME).key == str(len(before) + 1)


def test_two_processes_make_and_fill_one_file_together(path: Path) -> None:
    commands = [child("storm_child", path, name, 150) for name in ("left", "right")]
    writers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for command in commands]
    ids = [int(line) for writer in writers for line in writer.communicate(timeout=60)[0].split()]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(set(ids)) == len(ids) == 300
    with closing(Store(path)) as store:
        found = rows(store)
        assert {str(one) for one in ids} <= {row.key for row in found}
        assert sum('"name": "Leon Britton"' in row.text for row in found) == 1
    assert integrity(path) == "ok"


def test_a_full_disk_changes_nothing_and_is_said(store: Store) -> None:
    pages = store._main.run("PRAGMA page_count")[0][0]
    store._main.run(f"PRAGMA max_page_count = {pages}")
    before = rows(store)
    with pytest.raises(StoreFull, match="takes no more"):
        add(store, {"name": "x" * 1_000_000})
    assert rows(store) == before
    store._main.run("PRAGMA max_page_count = 100000")
    assert add(store, {"name": "x"}).key == str(len(before) + 1)
