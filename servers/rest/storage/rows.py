"""Documents as rows, and the index of their fields that is written along with each of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import cast

from servers.rest.storage.database import Database
from servers.rest.storage.fields import Field, fields_of
from servers.rest.strict_json import Json, Number, parse, write, write_document

EMPTY = "{\n}"
"""The stored text of a document without members."""

MAX_PATHS = MAX_VALUES = 500

Fields = dict[str, set[Field]]
"""The scalars of a document by their dotted paths."""

STAGED = "staged"
_STAGED_AT_ONCE = 5_000
_REMEMBERED = 10_000
_PUT = "INSERT INTO {} (path, doc, rank, text, folded) VALUES (?, ?, ?, ?, ?)"

_PUT_IN_ORDER = (
    "INSERT INTO fields (path, doc, rank, text, folded) "
    "SELECT path, doc, rank, text, folded FROM in_order WHERE rowid > ? AND rowid <= ?"
)

COLUMNS = "doc, key, numeric, version, updated, body"


@dataclass(frozen=True, slots=True)
class Row:
    """A stored document.

    ``key`` is its id in a path, ``numeric`` says that the id is a number in JSON. ``version`` is given once in a whole
    store, ``updated`` is in seconds since the epoch. ``text`` is the JSON of the members without the id.
    """

    doc: int
    key: str
    numeric: int
    version: int
    updated: int
    text: str

    @property
    def id(self) -> str | Number:
        """The id as JSON has it."""
        return Number(self.key) if self.numeric else self.key

    @property
    def whole_text(self) -> str:
        """The JSON text of the document with its id as the first member."""
        head = f'{{\n  "id": {write(self.id)}'
        return f"{head}\n}}" if self.text == EMPTY else f"{head},\n{self.text[2:]}"

    def document(self) -> dict[str, Json]:
        """The members, parsed anew, without the id."""
        return document_of(self.text)


def document_of(text: str) -> dict[str, Json]:
    """The document that a stored text holds."""
    return cast(dict[str, Json], parse(text))


def text_of(document: dict[str, Json]) -> str:
    """The text to store for a document."""
    return write_document(document) if document else EMPTY


class Index:
    """Writes what queries search by; to be used inside a transaction of its database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._paths: dict[tuple[int, str], int] = {}

    def forget(self) -> None:
        """Whatever was added since is undone: look the paths up again."""
        self._paths.clear()

    def put(self, collection: int, documents: Iterable[tuple[int, Fields]], table: str = "fields") -> None:
        """Index documents of these ``doc`` numbers, which must not be in the index."""
        rows = [
            (self._path(collection, path, plural=len(values) > 1), doc, *value)
            for doc, fields in documents
            for path, values in fields.items()
            for value in values
        ]
        self._database.run_many(_PUT.format(table), rows)

    def stage(self) -> None:
        """Make the table ``staged``, for a great many documents: putting them there costs less."""
        self._database.run(f"CREATE TEMP TABLE {STAGED} (path, doc, rank, text, folded)")

    def unstage(self, go_on: Callable[[], None]) -> None:
        """Put what is staged in its place, in its order and therefore fast, some at a time so that others can write.

        ``go_on`` is called in between, and may raise.
        """
        run = self._database.run
        run(f"CREATE TEMP TABLE in_order AS SELECT * FROM {STAGED} ORDER BY path, rank, text, doc")
        count = run("SELECT count(*) FROM in_order")[0][0]
        for start in range(0, count, _STAGED_AT_ONCE):
            go_on()
            with self._database.transaction():
                run(_PUT_IN_ORDER, (start, start + _STAGED_AT_ONCE))

    def remove(self, doc: int) -> None:
        """Take one document out."""
        self._database.run("DELETE FROM fields WHERE doc = ?", (doc,))

    def _path(self, collection: int, name: str, *, plural: bool) -> int:
        found = self._paths.get((collection, name))
        if found is None:
            if len(self._paths) >= _REMEMBERED:
                self._paths.clear()
            self._database.run("INSERT OR IGNORE INTO paths (collection, name) VALUES (?, ?)", (collection, name))
            rows = self._database.run("SELECT id FROM paths WHERE collection = ? AND name = ?", (collection, name))
            found = self._paths[collection, name] = int(rows[0][0])
        if plural:
            self._database.run("UPDATE paths SET plural = 1 WHERE id = ? AND NOT plural", (found,))
        return found


def fields(key: Number | str, document: dict[str, Json]) -> Fields:
    """What is indexed of a document; what is beyond MAX_PATHS, or MAX_VALUES at one path, is stored and not found."""
    every = fields_of({**document, "id": key}).items()
    return {path: set(islice(values, MAX_VALUES)) for path, values in islice(every, MAX_PATHS)}
