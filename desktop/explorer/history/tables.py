"""The tables of the history, and how they are made."""

import os
import sqlite3
from pathlib import Path

VERSION = 1
"""The number that this layout of tables has."""

BUSY_TIMEOUT = 5000
"""Milliseconds that a statement waits for another process."""

_TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    size INTEGER NOT NULL,
    duration INTEGER NOT NULL,
    error TEXT NOT NULL,
    weight INTEGER NOT NULL
);
CREATE TABLE documents (entry INTEGER PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE bodies (
    entry INTEGER NOT NULL,
    number INTEGER NOT NULL,
    data BLOB,
    file TEXT,
    PRIMARY KEY (entry, number)
) WITHOUT ROWID;
"""
_SEARCHED = (
    "CREATE VIRTUAL TABLE words USING fts5(text, tokenize='trigram', detail=none)",
    "CREATE TABLE words (text TEXT NOT NULL)",  # where SQLite was built without the index, searching takes longer
)


class NewerVersion(Exception):
    """A newer Portside has written the file."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, or make a new one that nobody else may read. Raises sqlite3.Error, OSError, NewerVersion."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        version = _version(connection)
        if version > VERSION:
            raise NewerVersion
        if version < VERSION:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if version < VERSION:
            _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def make_searched(connection: sqlite3.Connection) -> None:
    """Make the table of what can be searched."""
    try:
        connection.execute(_SEARCHED[0])
    except sqlite3.OperationalError:
        connection.execute(_SEARCHED[1])


def is_indexed(connection: sqlite3.Connection) -> bool:
    """Whether the table of what can be searched has an index."""
    ((statement,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'words'").fetchall()
    return str(statement).startswith("CREATE VIRTUAL")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables, unless another process has done so meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < VERSION:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            make_searched(connection)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
