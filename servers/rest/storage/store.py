"""Keeps the documents of the collections in SQLite, so that every acknowledged write outlives a killed process."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path as FilePath
from time import time

from servers.rest.files.data_files import DataFile, write_json
from servers.rest.files.sample import sample_data
from servers.rest.queries import sql as query_sql
from servers.rest.queries.query import Query
from servers.rest.queries.sql import Path
from servers.rest.storage import datasets
from servers.rest.storage.database import BUSY_TIMEOUT, OPEN_TIMEOUT, Database, open_database
from servers.rest.storage.datasets import Dataset
from servers.rest.storage.fields import words_of
from servers.rest.storage.first_version import data_of_first_version
from servers.rest.storage.ids import given_id, key_of, last_id
from servers.rest.storage.rows import COLUMNS, Index, Row, document_of, fields, text_of
from servers.rest.storage.tables import SAMPLE
from servers.rest.strict_json import Json, Number

log = logging.getLogger("portside.rest")

_GET = f"SELECT {COLUMNS} FROM documents WHERE collection = ? AND key = ?"
_INSERT = (
    "INSERT INTO documents (collection, key, numeric, version, updated, words, body) VALUES (?, ?, ?, ?, ?, ?, ?) "
    f"RETURNING {COLUMNS}"
)
_UPDATE = (
    "UPDATE documents SET version = ?, updated = ?, words = ?, body = ? WHERE collection = ? AND doc = ? "
    "AND version = ? "
    f"RETURNING {COLUMNS}"
)
_DELETE = f"DELETE FROM documents WHERE collection = ? AND doc = ? AND version = ? RETURNING {COLUMNS}"
_ALL = f"SELECT {COLUMNS} FROM documents WHERE collection = ? ORDER BY doc"
_KNOWN_PATH = "SELECT 1 FROM paths WHERE collection = ? AND (name = ? OR name > ? AND name < ?) LIMIT 1"
_ONE_MORE = "SELECT 1 FROM documents WHERE collection = ? LIMIT 1 OFFSET ?"
_COUNT_ON = "UPDATE collections SET last_id = max(last_id, ?) WHERE id = ?"


WRITES_TO_MOVE = 500
"""Writes after which a thread moves what is in the write-ahead log to its place."""


LARGEST_LOG = 16 * 1024 * 1024
"""Bytes that the write-ahead log keeps when all of it has been moved."""

IMPORT_CACHE = 65536
"""KiB of the file that an import keeps in memory."""


class StoreClosed(OSError):
    """What was begun while the store was open cannot be ended."""


class Store:
    """An open store, to be used on one thread, but for what says ``any thread``; any thread may make it.

    Making it takes seconds where the file is large, because it is looked through for damage. Raises OSError with a
    sentence when the file cannot be used. ``notice`` says when it was damaged and put aside. Any operation may raise
    StoreBusy or StoreFull; then nothing was changed.
    """

    def __init__(self, path: FilePath) -> None:
        self.path = path
        self._closed = threading.Event()
        self._turn = threading.Lock()
        self._marked: set[int] = set()
        self._seen = -1
        self._unmoved = 0
        with ExitStack() as undo:
            self._main, self.notice = open_database(path, self._turn)
            undo.callback(self._main.close)
            self._index = Index(self._main)
            try:
                self._reader = Database(path, OPEN_TIMEOUT)
                undo.callback(self._reader.close)
                self._furnish()
            except (sqlite3.Error, ValueError) as error:
                raise OSError(f"The REST data in {path} cannot be used: {error}") from error
            undo.pop_all()
        self.readers = ThreadPoolExecutor(1, thread_name_prefix="portside-search")
        self._mover = ThreadPoolExecutor(1, thread_name_prefix="portside-checkpoint")

    def close(self) -> None:
        """Release the file once its threads are done with it, which ``give_up`` hastens; any thread."""
        self.give_up()
        self.readers.shutdown(cancel_futures=True)
        self._mover.shutdown()
        self._reader.close()  # first: the last to close empties the log, which one that was interrupted cannot
        self._main.close()

    def give_up(self) -> None:
        """End what threads do for others: searches and imports raise StoreClosed; any thread, at once."""
        self._closed.set()
        self._reader.connection.interrupt()

    def check_open(self) -> None:
        """Raise StoreClosed where the store has been closed; any thread."""
        if self._closed.is_set():
            raise StoreClosed("The REST server was stopped before all of it was done.")

    def changed_elsewhere(self) -> bool:
        """Whether another connection, also one of another process, has written since this was asked last."""
        seen, self._seen = self._seen, self._main.run("PRAGMA data_version")[0][0]
        return seen != self._seen

    def dataset(self) -> Dataset:
        """What is current."""
        return datasets.current(self._main)

    def name_of_previous(self) -> str:
        """The name of the dataset to go back to; empty where there is none."""
        return datasets.name_of_previous(self._main)

    def go_back(self) -> None:
        """Make the previous dataset current."""
        datasets.go_back(self._main)

    def get(self, collection: int, key: str) -> Row | None:
        """One document, None where there is none."""
        rows = self._main.run(_GET, (collection, key))
        return Row(*rows[0]) if rows else None

    def add(self, collection: int, wanted: Number | str | None, document: dict[str, Json]) -> Row | None:
        """Store a new document under the id that is wanted, or the next one; None where that id is taken."""
        with self._writing(collection):
            found = given_id(self._main, collection) if wanted is None else wanted
            key, numeric = key_of(found)
            if wanted is not None:
                if self.get(collection, key) is not None:
                    return None
                self._main.run(_COUNT_ON, (last_id(key, numeric), collection))
            indexed = fields(found, document)
            state = (self._version(), int(time()), words_of(indexed), text_of(document))
            row = Row(*self._main.run(_INSERT, (collection, key, numeric, *state))[0])
            self._index.put(collection, [(row.doc, indexed)])
        return row

    def replace(self, collection: int, row: Row, document: dict[str, Json]) -> Row | None:
        """Put a new document in the place of ``row``; None where that is no longer the newest state."""
        with self._writing(collection):
            indexed = fields(row.id, document)
            state = (self._version(), int(time()), words_of(indexed), text_of(document))
            rows = self._main.run(_UPDATE, (*state, collection, row.doc, row.version))
            if not rows:
                return None
            self._index.remove(row.doc)
            self._index.put(collection, [(row.doc, indexed)])
        return Row(*rows[0])

    def remove(self, collection: int, row: Row) -> Row | None:
        """Delete a document and return what it was; None where ``row`` is no longer its newest state."""
        with self._writing(collection):
            rows = self._main.run(_DELETE, (collection, row.doc, row.version))
        return Row(*rows[0]) if rows else None

    def select(self, query: Query, collection: int) -> tuple[list[Row], int]:
        """A page of documents and how many there are in all."""
        return _select(self._main, query, collection)

    def search(self, query: Query, collection: int) -> tuple[list[Row], int]:
        """The same as ``select`` in a large collection, to be run in ``readers``."""
        self.check_open()
        try:
            return _select(self._reader, query, collection)
        except sqlite3.OperationalError:
            self.check_open()  # interrupted
            raise

    def knows_path(self, collection: int, path: str) -> bool:
        """Whether a document has, or had, something at this dotted path, or under it."""
        below = f"{path}.", f"{path}/"  # "/" is the character after "."
        return bool(self._main.run(_KNOWN_PATH, (collection, path, *below)))

    def is_small(self, collection: int, limit: int) -> bool:
        """Whether a collection has at most ``limit`` documents."""
        return not self._main.run(_ONE_MORE, (collection, limit))

    def export(self, dataset: Dataset) -> bytes:
        """A dataset as write_json writes it; any thread."""
        with closing(Database(self.path, OPEN_TIMEOUT)) as database:
            collections = [(one.definition.name, self._texts(database, one.id)) for one in dataset.collections]
            return write_json(collections, document_of(dataset.rest))

    def insert_sample(self) -> None:
        """Make the sample current, as it comes with the program; any thread."""
        self.insert(_sample())

    def insert(self, data: DataFile) -> None:
        """Put a dataset in and make it current; any thread."""
        with closing(Database(self.path, OPEN_TIMEOUT, self._turn)) as database:
            database.run(f"PRAGMA cache_size = -{IMPORT_CACHE}")
            datasets.insert(database, data, self.check_open)

    def knows(self, digest: str) -> bool:
        """Whether there is a dataset with this digest; any thread."""
        with closing(Database(self.path, OPEN_TIMEOUT)) as database:
            return bool(database.run("SELECT 1 FROM datasets WHERE digest = ? AND opened > 0", (digest,)))

    def reopen(self, digest: str) -> bool:
        """Make the dataset with this digest current; False where there is none."""
        return datasets.reopen(self._main, digest)

    def _texts(self, database: Database, collection: int) -> Iterator[str]:
        """The JSON texts of the documents of a collection, ids included."""
        for row in database.run(_ALL, (collection,)):
            self.check_open()
            yield Row(*row).whole_text

    def _version(self) -> int:
        return datasets.next_version(self._main)

    @contextmanager
    def _writing(self, collection: int) -> Iterator[None]:
        """A transaction in which documents of a collection change."""
        try:
            with self._main.transaction():
                yield
                if collection not in self._marked:
                    datasets.mark_changed(self._main, collection)
        except BaseException:
            self._index.forget()
            raise
        self._marked.add(collection)
        self._unmoved += 1
        if self._unmoved == WRITES_TO_MOVE:
            self._unmoved = 0
            self._mover.submit(_move_log, self.path)

    def _furnish(self) -> None:
        """Put the sample in a new store, and what an older version had changed of its own over it."""
        with self._main.transaction():
            if datasets.is_empty(self._main):
                datasets.insert_at_once(self._main, _sample())
                kept = data_of_first_version(self._main)
                if kept is not None:
                    datasets.insert_at_once(self._main, kept)
        self._main.run(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        self._main.run(f"PRAGMA journal_size_limit = {LARGEST_LOG}")
        self._main.run("PRAGMA wal_autocheckpoint = 0")  # it would wait for the disk, on this thread


def _sample() -> DataFile:
    return replace(sample_data(), digest=SAMPLE)


def _select(database: Database, query: Query, collection: int) -> tuple[list[Row], int]:
    names = query.paths
    places = ", ".join("?" * len(names))
    statement = f"SELECT name, id, plural FROM paths WHERE collection = ? AND name IN ({places})"
    known = database.run(statement, (collection, *names))
    paths = {name: Path(number, bool(plural)) for name, number, plural in known}
    rows = database.run(*query_sql.select(query, collection, paths))
    return [Row(*row[1:]) for row in rows if row[1] is not None], rows[0][0]


def _move_log(path: FilePath) -> None:
    """Checkpoint (SQLite's word) without getting into anybody's way; what cannot be moved now is moved next time."""
    try:
        with closing(Database(path, OPEN_TIMEOUT)) as database:
            database.run("PRAGMA wal_checkpoint(PASSIVE)")
    except (OSError, sqlite3.Error) as error:
        log.info("The write-ahead log could not be moved: %s", error)
