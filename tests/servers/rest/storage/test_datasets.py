"""Tests of whole datasets in the store: imports that others do not notice, that die, that are undone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import time

import pytest

from servers.rest.definition import Definition
from servers.rest.files.data_files import DataFile
from servers.rest.files.new_document import NewDocument
from servers.rest.storage import datasets
from servers.rest.storage.database import OPEN_TIMEOUT, Database
from servers.rest.storage.store import Store
from servers.rest.storage.tables import SAMPLE
from servers.rest.strict_json import Number

ROWS = tuple(NewDocument(None, {"n": Number(str(number)), "tags": ["a", "b"]}) for number in range(1200))
DATA = DataFile("db.json", "digest", ((Definition("rows", {}), ROWS),), {"zoom": Number("1.0")}, "")


class Stopped(Exception):
    pass


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A connection to a store that holds the sample."""
    path = tmp_path / "rest.sqlite3"
    Store(path).close()
    with closing(Database(path, OPEN_TIMEOUT)) as opened:
        yield opened


def count(database: Database, table: str) -> int:
    return int(database.run(f"SELECT count(*) FROM {table}")[0][0])


def go_on() -> None:
    return


def test_a_dataset_is_what_was_put_in(database: Database) -> None:
    assert not datasets.is_empty(database)
    assert datasets.current(database).digest == SAMPLE
    datasets.insert(database, DATA, go_on)
    found = datasets.current(database)
    assert (found.name, found.digest, found.rest, found.is_sample) == ("db.json", "digest", '{"zoom": 1.0}', False)
    assert [(one.definition, one.numeric) for one in found.collections] == [(Definition("rows", {}), True)]
    keys = database.run("SELECT key FROM documents WHERE collection = ? ORDER BY doc", (found.collections[0].id,))
    assert keys == [(str(number),) for number in range(1, 1201)]
    assert database.run(
        "SELECT name, plural FROM paths WHERE collection = ? ORDER BY name", (found.collections[0].id,)
    ) == [
        ("id", 0),
        ("n", 0),
        ("tags", 1),
    ]


def test_others_write_while_a_dataset_comes_in(database: Database, tmp_path: Path) -> None:
    with closing(Store(tmp_path / "rest.sqlite3")) as store:
        players = store.dataset().collections[1].id
        written = []

        def write() -> None:
            assert store.dataset().is_sample
            written.append(store.add(players, None, {"name": "Joe"}))

        datasets.insert(database, DATA, write)
        assert len(written) >= 4
        assert all(row is not None and store.get(players, row.key) == row for row in written)
        assert store.dataset().name == "db.json"
    versions = database.run("SELECT version FROM documents")
    assert len(set(versions)) == len(versions)
    assert database.run("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("calls", [1, 2, 4])
def test_an_import_that_dies_changes_nothing_and_is_forgotten(database: Database, tmp_path: Path, calls: int) -> None:
    before = {table: count(database, table) for table in ("datasets", "collections", "documents", "paths", "fields")}
    left = iter(range(calls - 1))

    def stop() -> None:
        if next(left, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        datasets.insert(database, DATA, stop)
    assert datasets.current(database).digest == SAMPLE
    assert datasets.name_of_previous(database) == ""
    assert not datasets.reopen(database, "digest")
    datasets.go_back(database)
    assert datasets.current(database).digest == SAMPLE
    datasets.forget_oldest(database)
    assert {table: count(database, table) for table in before} == before


def test_an_import_of_another_process_is_left_alone_for_an_hour(database: Database) -> None:
    for seconds, left in ((3500, 2), (3700, 1)):
        database.run(
            "INSERT INTO datasets (name, digest, rest, opened) VALUES ('x', 'x', '{}', ?)", (-(int(time()) - seconds),)
        )
        datasets.forget_oldest(database)
        assert count(database, "datasets") == left
        database.run("DELETE FROM datasets WHERE name = 'x'")


def test_what_is_undone_at_once_was_never_there(database: Database) -> None:
    before = count(database, "documents"), count(database, "fields")

    def fail() -> None:
        with database.transaction():
            datasets.insert_at_once(database, DATA)
            assert datasets.current(database).name == "db.json"
            raise Stopped

    with pytest.raises(Stopped):
        fail()
    assert datasets.current(database).digest == SAMPLE
    assert (count(database, "documents"), count(database, "fields")) == before


def test_the_newest_of_several_with_one_digest_is_opened_again(database: Database) -> None:
    for name in ("old", "new", "other"):
        data = DataFile(name, "other" if name == "other" else "same", (), {}, "")
        with database.transaction():
            datasets.insert_at_once(database, data)
    assert datasets.reopen(database, "same")
    assert datasets.current(database).name == "new"
    assert datasets.name_of_previous(database) == "other"
    assert not datasets.reopen(database, "unknown")
    assert datasets.current(database).name == "new"


def test_texts_as_ids_are_given_where_a_file_has_some(database: Database) -> None:
    mixed = tuple(NewDocument(key, {}) for key in ("a", Number("7"), None))
    datasets.insert(database, DataFile("x", "x", ((Definition("rows", {}), mixed),), {}, ""), go_on)
    stored = datasets.current(database).collections[0]
    rows = database.run("SELECT key, numeric FROM documents WHERE collection = ? ORDER BY doc", (stored.id,))
    assert rows[:2] == [("a", 0), ("7", 1)]
    assert (len(rows[2][0]), rows[2][1], stored.numeric) == (8, 0, False)
