"""Tests of a connection: its transactions, and the errors that it tells apart."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.rest.storage.database import BUSY_TIMEOUT, Database, StoreBusy, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened, notice = open_database(tmp_path / "data.sqlite3")
    assert notice is None
    with closing(opened):
        yield opened


def test_a_transaction_is_written_whole_or_not_at_all(database: Database) -> None:
    before = database.run("SELECT version FROM state")

    def fail() -> None:
        with database.transaction():
            database.run("UPDATE state SET version = 99")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert database.run("SELECT version FROM state") == before
    with database.transaction():
        database.run_many("UPDATE state SET version = ?", [(1,), (2,)])
    assert database.run("SELECT version FROM state") == [(2,)]


def test_what_is_no_trouble_of_the_file_is_sqlite_s_own_error(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.run("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), database.transaction():
        database.run("INSERT INTO paths (name, collection) VALUES ('x', 99)")


def test_who_waits_too_long_is_told_so_and_may_try_again(database: Database, tmp_path: Path) -> None:
    with closing(Database(tmp_path / "data.sqlite3", 1)) as other:
        with database.transaction(), pytest.raises(StoreBusy, match=r"Another program is writing"):
            other.run("UPDATE state SET version = 5")
        other.run("UPDATE state SET version = 5")
    assert database.run("SELECT version FROM state") == [(5,)]
    assert database.run("PRAGMA busy_timeout") == [(BUSY_TIMEOUT,)]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"^The REST data in .* cannot be used: unable to open database file\.$"):
        open_database(tmp_path / "missing" / "data.sqlite3")
