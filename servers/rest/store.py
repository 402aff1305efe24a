"""Keeps the documents of the collections in SQLite, so that every acknowledged write outlives a killed process."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from servers.rest.schema import SCHEMA_VERSION, migrate

log = logging.getLogger("portside.rest")

BUSY_TIMEOUT = 250
"""Milliseconds that a statement waits for another process: short, because it waits on the event loop's thread."""

OPEN_TIMEOUT = 2000
"""Milliseconds that opening waits for another process, which may be making or migrating the same file."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CLAIM_ID = "UPDATE collections SET last_id = last_id + 1 WHERE name = ? RETURNING last_id"


class StoreFull(Exception):
    """The disk is full or fails; the transaction was undone."""


class StoreBusy(Exception):
    """Another process holds the file for longer than BUSY_TIMEOUT; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A stored document: ``text`` is its JSON as strict_json.write_document wrote it, ``version`` counts its states."""

    id: int
    version: int
    text: str


class Store:
    """An open database; ids are never given twice. All of it is to be used on the thread that made it.

    ``path`` None keeps everything in memory. Raises OSError with a sentence when the file cannot be used, also when a
    newer Portside wrote it (the file stays as it is). A damaged file is renamed and a new one made: ``notice`` says so.
    WAL with ``synchronous=NORMAL``: a commit is with the operating system when a write returns, so the death of the
    process loses nothing; a power failure may lose the newest writes, and nothing else.
    """

    def __init__(self, path: Path | None) -> None:
        self.notice: str | None = None
        try:
            if path is not None and path.exists():
                self._examine(path)
            self._connection = _connect(path)
        except sqlite3.Error as error:
            raise OSError(f"The REST data in {path} cannot be used: {error}.") from error

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def rows(self, collection: str) -> list[Row]:
        """All documents, the oldest first."""
        return self._rows("SELECT id, version, body FROM documents WHERE collection = ? ORDER BY id", collection)

    def get(self, collection: str, number: int) -> Row | None:
        """One document, None where there is none."""
        return _only(
            self._rows("SELECT id, version, body FROM documents WHERE collection = ? AND id = ?", collection, number)
        )

    def add(self, collection: str, text: str) -> Row:
        """Store a new document under the next id. Raises KeyError for an unknown collection."""
        with self._transaction():
            claimed = self._run(_CLAIM_ID, collection)
            if not claimed:
                raise KeyError(collection)
            number = claimed[0][0]
            self._run("INSERT INTO documents (collection, id, body) VALUES (?, ?, ?)", collection, number, text)
        return Row(number, 1, text)

    def replace(self, collection: str, number: int, text: str) -> Row | None:
        """Put a new document in the place of an old one; None where there is none."""
        statement = (
            "UPDATE documents SET body = ?, version = version + 1 WHERE collection = ? AND id = ? "
            "RETURNING id, version, body"
        )
        return _only(self._rows(statement, text, collection, number))

    def remove(self, collection: str, number: int) -> Row | None:
        """Delete a document and return what it was; None where there is none."""
        statement = "DELETE FROM documents WHERE collection = ? AND id = ? RETURNING id, version, body"
        return _only(self._rows(statement, collection, number))

    def _rows(self, statement: str, *values: object) -> list[Row]:
        return [Row(*values) for values in self._run(statement, *values)]

    def _run(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if _cause(error) in _BUSY:
                raise StoreBusy("Another program is writing to the REST data.") from error
            if _cause(error) in _NO_ROOM:
                raise StoreFull("The disk that holds the REST data takes no more; nothing was changed.") from error
            raise

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    def _examine(self, path: Path) -> None:
        """Look at the file without writing to it: refuse a newer one, put a damaged one aside."""
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                connection.execute(f"PRAGMA busy_timeout = {OPEN_TIMEOUT}")
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version > SCHEMA_VERSION:
                    raise OSError(
                        f"The REST data in {path} was written by a newer Portside (schema {version}; this one knows "
                        f"{SCHEMA_VERSION}). Use that one, or choose another data directory."
                    )
                fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if _cause(error) not in _DAMAGE:
                raise
            fault = str(error)
        if fault != "ok":
            self.notice = _put_aside(path, fault)


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {OPEN_TIMEOUT}")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
        _switch_to_wal(connection)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite itself does not wait here for another process that opens the file."""
    deadline = monotonic() + OPEN_TIMEOUT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        except sqlite3.OperationalError as error:
            if _cause(error) not in _BUSY or monotonic() > deadline:
                raise
            sleep(0.005)
        else:
            return


def _put_aside(path: Path, fault: str) -> str:
    """Rename the file, and SQLite's companions of it, to names that nothing has; return what happened in words."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    notice = f"The REST data was damaged ({fault}). It is kept as {aside.name}; the service starts with sample data."
    log.warning("%s", notice)
    return notice


def _only(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None


def _cause(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code: its extended codes carry it in the low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
