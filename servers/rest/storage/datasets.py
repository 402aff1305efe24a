"""Whole sets of collections in the store: putting one in, going from one to another, forgetting the oldest."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from time import time
from typing import NamedTuple

from servers.rest.definition import Definition
from servers.rest.files.data_files import DataFile, NewDocument
from servers.rest.storage.database import Database
from servers.rest.storage.fields import words_of
from servers.rest.storage.ids import given_ids, key_of, last_id
from servers.rest.storage.rows import STAGED, Fields, Index, fields, text_of
from servers.rest.storage.tables import SAMPLE
from servers.rest.strict_json import Number, write

KEPT = 3
"""Datasets that nobody has written to and that are remembered all the same; those that somebody has are never lost."""

_CHUNK = 200
"""Documents in one transaction of an import: between two of them others can write."""

_GIVEN_UP = -1
"""Stands where an import has failed; a negative number of seconds since the epoch, where one goes on."""

_ABANDONED = 3600
"""Seconds after which an import that was not finished is taken to have died."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A collection in the store; the ids that the store gives to its new documents are numbers if ``numeric``."""

    id: int
    definition: Definition
    numeric: bool


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is served: the sample or the content of a file. ``rest`` is JSON that came with it and is not served.

    ``changed`` says that it had been written to when it was taken up.
    """

    id: int
    name: str
    digest: str
    rest: str
    changed: bool
    collections: tuple[Stored, ...]

    @property
    def is_sample(self) -> bool:
        """Whether it began as the sample data."""
        return self.digest == SAMPLE


def is_empty(database: Database) -> bool:
    """Whether the store is new."""
    return not database.run("SELECT 1 FROM datasets WHERE opened > 0")


def current(database: Database) -> Dataset:
    """The dataset that was opened last; there must be one."""
    rows = database.run(
        "SELECT id, name, digest, rest, changed FROM datasets WHERE opened > 0 ORDER BY opened DESC LIMIT 1"
    )
    number, name, digest, rest, changed = rows[0]
    found = database.run("SELECT id, definition, numeric FROM collections WHERE dataset = ? ORDER BY id", (number,))
    stored = tuple(Stored(one, Definition(**json.loads(text)), bool(numeric)) for one, text, numeric in found)
    return Dataset(number, name, digest, rest, bool(changed), stored)


def name_of_previous(database: Database) -> str:
    """The name of the dataset that was current before; empty where there is none."""
    rows = _previous(database)
    return str(rows[0][1]) if rows else ""


def go_back(database: Database) -> None:
    """Make the dataset current that was so before, if there is one; done twice, everything is as it was."""
    with database.transaction():
        for number, _ in _previous(database):
            _open(database, number)


def reopen(database: Database, digest: str) -> bool:
    """Make the newest dataset with this digest current; False where there is none."""
    with database.transaction():
        found = database.run(
            "SELECT id FROM datasets WHERE digest = ? AND opened > 0 ORDER BY opened DESC LIMIT 1", (digest,)
        )
        for (number,) in found:
            _open(database, number)
    return bool(found)


def insert(database: Database, data: DataFile, go_on: Callable[[], None]) -> None:
    """Put a dataset in, in many transactions, and make it current with the last one; forget the oldest.

    ``go_on`` is called between two of them and may raise to end all of it; then nothing has become current.
    """
    with database.transaction():
        dataset = _add_dataset(database, data)
        collections = [(_add_collection(database, dataset, *one), one[1]) for one in data.collections]
    try:
        _fill(database, collections, go_on)
        with database.transaction():
            _open(database, dataset)
    except BaseException:
        with suppress(OSError, sqlite3.Error), database.transaction():
            database.run("UPDATE datasets SET opened = ? WHERE id = ?", (_GIVEN_UP, dataset))
        raise
    forget_oldest(database)


def _fill(
    database: Database, collections: list[tuple[int, tuple[NewDocument, ...]]], go_on: Callable[[], None]
) -> None:
    index = Index(database)
    index.stage()
    for collection, documents in collections:
        rest = iter(documents)
        while chunk := list(islice(rest, _CHUNK)):
            go_on()
            with database.transaction():
                ids = _ids(database, collection, chunk)
            prepared = [_prepare(key, one) for key, one in zip(ids, chunk, strict=True)]
            with database.transaction():
                _add_documents(database, index, collection, prepared, STAGED)
    index.unstage(go_on)


def insert_at_once(database: Database, data: DataFile) -> None:
    """Put a dataset in and make it current, inside the transaction of the caller."""
    dataset = _add_dataset(database, data)
    index = Index(database)
    for definition, documents in data.collections:
        collection = _add_collection(database, dataset, definition, documents)
        ids = _ids(database, collection, documents)
        prepared = [_prepare(key, one) for key, one in zip(ids, documents, strict=True)]
        _add_documents(database, index, collection, prepared)
    _open(database, dataset)


def mark_changed(database: Database, collection: int) -> None:
    """Remember that somebody has written to the dataset of this collection."""
    database.run(
        "UPDATE datasets SET changed = 1 WHERE NOT changed AND id = (SELECT dataset FROM collections WHERE id = ?)",
        (collection,),
    )


def forget_oldest(database: Database) -> None:
    """Delete what nobody wrote to and is beyond KEPT, and imports that were never finished."""
    surplus = database.run(
        "SELECT id FROM datasets WHERE opened > 0 AND NOT changed ORDER BY opened DESC LIMIT -1 OFFSET ?", (KEPT,)
    ) + database.run("SELECT id FROM datasets WHERE opened BETWEEN ? AND 0", (_ABANDONED - int(time()),))
    for (dataset,) in surplus:
        for (collection,) in database.run("SELECT id FROM collections WHERE dataset = ?", (dataset,)):
            _delete_documents(database, collection)
        database.run("DELETE FROM datasets WHERE id = ?", (dataset,))


def next_version(database: Database, count: int = 1) -> int:
    """The first of ``count`` versions that nothing in the store has had."""
    return int(database.run("UPDATE state SET version = version + ? RETURNING version", (count,))[0][0]) - count + 1


def _previous(database: Database) -> list[tuple[int, str]]:
    return database.run("SELECT id, name FROM datasets WHERE opened > 0 ORDER BY opened DESC LIMIT 1 OFFSET 1")


def _open(database: Database, dataset: int) -> None:
    latest = max(0, database.run("SELECT max(opened) FROM datasets")[0][0])
    database.run("UPDATE datasets SET opened = ? WHERE id = ?", (latest + 1, dataset))


def _add_dataset(database: Database, data: DataFile) -> int:
    values = (data.name, data.digest, write(dict(data.rest)), -int(time()))
    return int(
        database.run("INSERT INTO datasets (name, digest, rest, opened) VALUES (?, ?, ?, ?) RETURNING id", values)[0][0]
    )


def _add_collection(database: Database, dataset: int, definition: Definition, documents: Sequence[NewDocument]) -> int:
    last = max((last_id(*key_of(one.id)) for one in documents if one.id is not None), default=0)
    numeric = not any(isinstance(one.id, str) for one in documents)
    values = (dataset, definition.name, json.dumps(asdict(definition)), last, numeric)
    return int(
        database.run(
            "INSERT INTO collections (dataset, name, definition, last_id, numeric) VALUES (?, ?, ?, ?, ?) RETURNING id",
            values,
        )[0][0]
    )


class _Prepared(NamedTuple):
    """A document as it is stored, and what of it is indexed."""

    key: str
    numeric: bool
    words: str
    text: str
    fields: Fields


def _ids(database: Database, collection: int, documents: Sequence[NewDocument]) -> list[Number | str]:
    """The ids of documents; those that have none get some from the store."""
    missing = iter(given_ids(database, collection, sum(one.id is None for one in documents)))
    return [next(missing) if one.id is None else one.id for one in documents]


def _prepare(given: Number | str, document: NewDocument) -> _Prepared:
    found = fields(given, document.members)
    return _Prepared(*key_of(given), words_of(found), text_of(document.members), found)


def _add_documents(
    database: Database, index: Index, collection: int, documents: Sequence[_Prepared], table: str = "fields"
) -> None:
    """Store documents whose ids are taken to be free."""
    doc = int(database.run("SELECT coalesce(max(doc), 0) + 1 FROM documents")[0][0])
    version, now = next_version(database, len(documents)), int(time())
    rows = [
        (doc + at, collection, one.key, one.numeric, version + at, now, one.words, one.text)
        for at, one in enumerate(documents)
    ]
    database.run_many(
        "INSERT INTO documents (doc, collection, key, numeric, version, updated, words, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    index.put(collection, ((doc + at, one.fields) for at, one in enumerate(documents)), table)


def _delete_documents(database: Database, collection: int) -> None:
    """A few at a time, so that others need not wait."""
    deleted = True
    while deleted:
        with database.transaction():
            deleted = bool(
                database.run(
                    "DELETE FROM documents WHERE doc IN (SELECT doc FROM documents WHERE collection = ? LIMIT ?) "
                    "RETURNING doc",
                    (collection, _CHUNK),
                )
            )
