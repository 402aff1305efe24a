"""The way of a store from the first version of its tables to the present one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from servers.rest.queries.query import Query
from servers.rest.storage.store import Store
from servers.rest.storage.tables import SCHEMA_VERSION
from servers.rest.strict_json import Number

BODY = '{\n  "name": "Leon Britton",\n  "team": "Swansea City"\n}'


def first_version(path: Path, versions: list[int]) -> None:
    """A store as the first version made it, with one document for each of ``versions``."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE collections (name TEXT PRIMARY KEY, last_id INTEGER NOT NULL);
            CREATE TABLE documents (collection TEXT NOT NULL REFERENCES collections (name), id INTEGER NOT NULL,
                version INTEGER NOT NULL DEFAULT 1, body TEXT NOT NULL, PRIMARY KEY (collection, id));
            PRAGMA user_version = 1;
            """
        )
        connection.execute("INSERT INTO collections VALUES ('players', ?)", (len(versions),))
        rows = [("players", number, version, BODY) for number, version in enumerate(versions, 1)]
        connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", rows)
        connection.commit()


@pytest.mark.parametrize("versions", [[1] * 13, [1] * 15, [*[1] * 13, 2]], ids=["fewer", "more", "changed"])
def test_what_somebody_had_changed_is_served_on_and_the_sample_is_one_step_away(
    tmp_path: Path, versions: list[int]
) -> None:
    path = tmp_path / "rest.sqlite3"
    first_version(path, versions)
    with closing(Store(path)) as store:
        dataset = store.dataset()
        assert (dataset.name, store.name_of_previous()) == ("Players of an earlier version", "Sample data")
        rows, total = store.select(Query(), dataset.collections[0].id)
        assert (total, rows[0].id, rows[0].text) == (len(versions), Number("1"), BODY)
        assert store.add(dataset.collections[0].id, None, {}) is not None
        store.go_back()
        assert store.dataset().is_sample


def test_what_nobody_had_changed_makes_room_for_the_new_sample(tmp_path: Path) -> None:
    path = tmp_path / "rest.sqlite3"
    first_version(path, [1] * 14)
    for _ in range(2):
        with closing(Store(path)) as store:
            assert store.dataset().is_sample
            assert store.name_of_previous() == ""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not any(name.startswith("first") for name in tables)
