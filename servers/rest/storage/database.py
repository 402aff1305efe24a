"""Opens the SQLite file of the REST data, and says in words what keeps it from being used."""

import logging
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from servers.rest.storage.tables import SCHEMA_VERSION, migrate

log = logging.getLogger("portside.rest")

BUSY_TIMEOUT = 250
"""Milliseconds that a statement waits for another process: short, because it waits on the event loop's thread."""

OPEN_TIMEOUT = 2000
"""Milliseconds that opening and importing wait for another process, which may be migrating or filling the same file."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StoreFull(OSError):
    """The disk is full or fails; the transaction was undone."""


class StoreBusy(OSError):
    """Another process holds the file for longer than is waited for; nothing was changed."""


class Database:
    """One connection, for one thread at a time.

    Its errors are StoreBusy, StoreFull and, for whatever else, sqlite3's own. WAL with ``synchronous=NORMAL``: a commit
    is with the operating system when it returns, so the death of the process loses nothing; a power failure may lose
    the newest writes, and nothing else.
    """

    def __init__(self, path: Path, timeout: int, turn: "threading.Lock | None" = None) -> None:
        self._turn = turn or threading.Lock()
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.execute(f"PRAGMA busy_timeout = {timeout}")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Release the file."""
        self.connection.close()

    def run(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows that a statement gives."""
        try:
            return self.connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            _tell(error)
            raise

    def run_many(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each of ``values``."""
        try:
            self.connection.executemany(statement, values)
        except sqlite3.OperationalError as error:
            _tell(error)
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside is written, or none of it; connections with the same ``turn`` take turns."""
        with self._turn:
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self.connection.rollback()
                raise


def open_database(path: Path, turn: "threading.Lock | None" = None) -> tuple[Database, str | None]:
    """The database at ``path``, made or brought up to date, and a notice if what was there was damaged.

    Raises OSError with a sentence when the file cannot be used, also when a newer Portside wrote it (it stays as it
    is). A damaged file is renamed, never overwritten.
    """
    notice = None
    try:
        if path.exists() and (fault := _examine(path)) is not None:
            notice = _put_aside(path, fault)
        database = Database(path, OPEN_TIMEOUT, turn)
        try:
            migrate(database.connection)
            _switch_to_wal(database.connection)
            database.run(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        except BaseException:
            database.close()
            raise
    except (sqlite3.Error, StoreBusy, StoreFull) as error:
        raise OSError(f"The REST data in {path} cannot be used: {str(error).rstrip('.')}.") from error
    return database, notice


def _tell(error: sqlite3.OperationalError) -> None:
    """Raise the error in the words of this module, where it has some."""
    if _cause(error) in _BUSY:
        raise StoreBusy("Another program is writing to the REST data.") from error
    if _cause(error) in _NO_ROOM:
        raise StoreFull("The disk that holds the REST data takes no more; nothing was changed.") from error


def _examine(path: Path) -> str | None:
    """Look at the file without writing to it: what is damaged, None if nothing. Raises OSError for a newer one."""
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
    return None if fault == "ok" else str(fault)


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


def _cause(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code: its extended codes carry it in the low byte."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
