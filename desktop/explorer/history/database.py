"""Reads and writes the tables of the history; every method may take a while, and belongs on a thread of its own."""

# ruff: noqa: S608 - statements are put together from constants; every value is a parameter
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from desktop.explorer.history.bodies import Bodies
from desktop.explorer.history.entry import Summary
from desktop.explorer.history.packing import moment
from desktop.explorer.history.record import BIG, Record
from desktop.explorer.history.searching import query
from desktop.explorer.history.tables import connect, is_indexed, make_searched
from desktop.explorer.sending.blob import Blob

_SUMMARY = "entries.id, entries.at, entries.method, entries.url, entries.status, entries.size, duration, error"
_JOINED = ("words JOIN entries ON entries.id = words.rowid", "words.rowid")
_PAGES = 250
_INDEX_FACTOR = 2  # the index takes about twice the text


class Database:
    """One connection, for the thread that opens it. Methods raise sqlite3.Error and OSError."""

    def __init__(self, path: Path, bodies: Bodies) -> None:
        self._bodies = bodies
        self._connection = connect(path)
        self.entries, self.bytes = 0, 0
        try:
            self._indexed = is_indexed(self._connection)
            self.count()
            with self._transaction():  # another process keeps its new files in one, too
                bodies.sweep({name for (name,) in self._run("SELECT file FROM bodies WHERE file IS NOT NULL")})
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def count(self) -> None:
        """Look how many ``entries`` there are, and how many ``bytes`` they take."""
        ((self.entries, self.bytes),) = self._run("SELECT count(*), coalesce(sum(weight), 0) FROM entries")

    def add(self, record: Record) -> None:
        """Write an entry whole, or nothing of it."""
        files: dict[int, str] = {}
        try:
            for number, body in enumerate(record.bodies):
                if _size(body) > BIG:
                    files[number] = self._bodies.prepare(body)
            with self._transaction():
                self._insert(record, files)
                for name in files.values():
                    self._bodies.keep(name)
        except BaseException:
            self._bodies.drop(files.values())
            raise
        self.entries += 1
        self.bytes += _weight(record)

    def search(self, text: str, limit: int, before: int | None) -> tuple[Summary, ...]:
        """The newest entries that fit, of those older than the entry ``before``."""
        asked = query(text)
        where, values = list(asked.conditions), list(asked.values)
        table, key = _JOINED if asked.in_words else ("entries", "entries.id")
        if asked.in_words and self._indexed:
            where.append("words MATCH ?")
            values.append(asked.match)
        if before is not None:
            where.append(f"{key} < ?")
            values.append(before)
        condition = " AND ".join(where) or "1"
        rows = self._run(
            f"SELECT {_SUMMARY} FROM {table} WHERE {condition} ORDER BY {key} DESC LIMIT ?", [*values, limit]
        )
        return tuple(Summary(row[0], moment(row[1]), *row[2:]) for row in rows)

    def document(self, entry: int) -> str | None:
        """The document of an entry, None if there is none."""
        rows = self._run("SELECT document FROM documents WHERE entry = ?", [entry])
        return str(rows[0][0]) if rows else None

    def body(self, entry: int, number: int) -> Blob:
        """One of its bodies."""
        rows = self._run("SELECT data, file FROM bodies WHERE entry = ? AND number = ?", [entry, number])
        if not rows:
            raise OSError(f"the body {number} is missing")
        data, file = rows[0]
        return self._bodies.open(file) if file is not None else Blob(data)

    def oldest(self, count: int) -> list[tuple[int, int]]:
        """The oldest entries: the id of each, and its time in microseconds since 1970."""
        return self._run("SELECT id, at FROM entries ORDER BY id LIMIT ?", [count])

    def remove(self, entries: Sequence[int]) -> None:
        """Forget entries, and give back the room that they took."""
        marks = ", ".join("?" * len(entries))
        with self._transaction():
            files = self._run(f"SELECT file FROM bodies WHERE entry IN ({marks}) AND file IS NOT NULL", entries)
            for table, key in (("entries", "id"), ("documents", "entry"), ("bodies", "entry"), ("words", "rowid")):
                self._run(f"DELETE FROM {table} WHERE {key} IN ({marks})", entries)
        self._bodies.drop(name for (name,) in files)
        self._connection.executescript(f"PRAGMA incremental_vacuum({_PAGES})")  # execute() would do one page only
        self.count()

    def clear(self) -> None:
        """Forget everything."""
        with self._transaction():
            files = self._run("SELECT file FROM bodies WHERE file IS NOT NULL")
            for table in ("entries", "documents", "bodies"):
                self._run(f"DELETE FROM {table}")
            self._run("DROP TABLE words")
            make_searched(self._connection)
        self._bodies.drop(name for (name,) in files)
        with suppress(sqlite3.OperationalError):  # another process reads: the room is used again in any case
            self._run("VACUUM")
            self._run("PRAGMA wal_checkpoint(TRUNCATE)")
        self.count()

    def _insert(self, record: Record, files: dict[int, str]) -> None:
        one = record.summary
        row = (record.at, one.method, one.url, one.status, one.size, one.duration_ns, one.error, _weight(record))
        sql = "INSERT INTO entries (at, method, url, status, size, duration, error, weight) VALUES (?,?,?,?,?,?,?,?)"
        entry = self._connection.execute(sql, row).lastrowid
        self._run("INSERT INTO documents VALUES (?, ?)", [entry, record.document])
        for number, body in enumerate(record.bodies):
            file = files.get(number)
            data = None if file is not None else body if isinstance(body, bytes) else body.read()
            self._run("INSERT INTO bodies VALUES (?, ?, ?, ?)", [entry, number, data, file])
        self._run("INSERT INTO words (rowid, text) VALUES (?, ?)", [entry, record.words])

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise


def _size(body: bytes | Blob) -> int:
    return len(body) if isinstance(body, bytes) else body.size


def _weight(record: Record) -> int:
    """About how many bytes an entry takes on the disk."""
    return len(record.document) + (1 + _INDEX_FACTOR) * len(record.words) + sum(map(_size, record.bodies))
