"""The resources and their rules: what HTTP clients and the window's Data tab both read and change."""

import asyncio
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from servers.guard import Refusal
from servers.rest.bodies.merge_patch import merged
from servers.rest.definition import Definition, Relation, relations
from servers.rest.files.data_files import DataFile, read_data_file
from servers.rest.problems import Fault, invalid
from servers.rest.queries.query import Query
from servers.rest.storage.datasets import Dataset, Stored
from servers.rest.storage.ids import as_given, id_fault, key_of
from servers.rest.storage.rows import Row
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number
from servers.rest.validation import Validator

INLINE = 2000
"""Documents up to which a collection is searched at once; larger ones are searched in a thread."""

MAX_VALUES = 20_000
"""Values of all kinds that one document holds."""

_LOST = "Somebody else changed this resource at the same moment; get it again and repeat the change."


class Found(NamedTuple):
    """A page of documents, and how many the query finds in all."""

    rows: tuple[Row, ...]
    total: int


class Service:
    """The collections of the current dataset over an open store.

    ``definitions`` and ``relations`` are those of the current dataset. ``on_change`` is called after every change, also
    of the dataset, and ``state`` is another number then. Writes raise Refusal: 400 with every fault, 403 where the
    collection is protected, 404, 409 for an id that is taken or where somebody else was faster. Everything is for the
    event loop's thread.
    """

    def __init__(self, store: Store) -> None:
        self.on_change: list[Callable[[], None]] = []
        self.state = 0
        self._store = store
        self._collections: dict[str, Stored] = {}
        self._validators: dict[str, Validator] = {}
        self._load()

    @property
    def undo_name(self) -> str:
        """What ``undo`` would bring back; empty where there is nothing."""
        return self._store.name_of_previous()

    def refresh(self) -> None:
        """Take over what other processes have changed since the last call; costs a few microseconds if nothing."""
        if self._store.changed_elsewhere():
            if self._store.dataset().id != self.dataset.id:
                self._load()
            self._tell()

    def get(self, name: str, key: str) -> Row | None:
        """One document; None where there is none."""
        stored = self._collections.get(name)
        return None if stored is None else self._store.get(stored.id, key)

    def existing(self, name: str, key: str) -> Row:
        """One document; Refusal 404 where there is none."""
        row = self.get(name, key)
        if row is None:
            raise Refusal(404, f"There is no such item; /{name} has links to those there are.")
        return row

    def definition(self, name: str) -> Definition:
        """What a collection is; Refusal 404 where there is none of this name."""
        return self._stored(name).definition

    def check_writable(self, name: str) -> None:
        """Refuse (403) writes to a protected collection."""
        self._writable(name)

    def create(self, name: str, members: Mapping[str, Json]) -> Row:
        """Store a new document, under the ``id`` among its members if it has one."""
        stored = self._writable(name)
        document = self._valid(stored, members, _new_id_faults(members))
        wanted = members.get("id")
        given = as_given(wanted, numeric=stored.numeric) if isinstance(wanted, str | Number) else None
        row = self._store.add(stored.id, given, document)
        if row is None:
            raise Refusal(409, f"There is already an item with this id in /{name}; leave the id out to be given one.")
        self._tell()
        return row

    def replace(self, name: str, key: str, members: Mapping[str, Json], expected: Row | None = None) -> Row:
        """Put a new document in the place of an old one, only if that is still ``expected`` where it is given."""
        stored = self._writable(name)
        row = expected or self.existing(name, key)
        document = self._valid(stored, members, _same_id_faults(members, row))
        return self._changed(self._store.replace(stored.id, row, document), name, key)

    def merge(self, name: str, key: str, patch: Json, expected: Row | None = None) -> Row:
        """Change a document by a JSON merge patch (RFC 7396)."""
        row = expected or self.existing(name, key)
        members = merged({"id": row.id, **row.document()}, patch)
        if not isinstance(members, dict):
            raise invalid([Fault("", "It must be a JSON object: a merge patch with members of the resource.")])
        return self.replace(name, key, members if "id" in members else {**members, "id": None}, row)

    def delete(self, name: str, key: str, expected: Row | None = None) -> Row:
        """Delete a document and return what it was."""
        stored = self._writable(name)
        row = expected or self.existing(name, key)
        return self._changed(self._store.remove(stored.id, row), name, key)

    def holds(self, name: str, path: str) -> bool:
        """Whether a document of a collection has, or had, something at a dotted path."""
        return self._store.knows_path(self._stored(name).id, path)

    async def find(self, name: str, query: Query) -> Found:
        """The page of documents that a query asks for; a large collection is searched in a thread."""
        stored = self._stored(name)
        if self._store.is_small(stored.id, INLINE):
            rows, total = self._store.select(query, stored.id)
        else:
            loop = asyncio.get_running_loop()
            rows, total = await loop.run_in_executor(self._store.readers, self._store.search, query, stored.id)
        return Found(tuple(rows), total)

    async def open(self, path: Path, *, resume: bool = False) -> str:
        """Serve what a file holds; returns a sentence about it. Raises DataFileError for a bad one.

        With ``resume``, a file that was opened before and is still the same goes on with what was written since then.
        """
        data, known = await asyncio.to_thread(self._take, path, resume=resume)
        self._store.check_open()
        if known and not self._store.reopen(data.digest):  # another process has forgotten it meanwhile
            return await self.open(path)
        if known:
            self._load()
            self._tell()
            return f"{data.name} is as it was when it was opened before; what was written since then is still there."
        self.refresh()
        return data.notice

    async def export(self) -> bytes:
        """The whole dataset as a JSON object of arrays, with what came with it and is not served."""
        return await asyncio.to_thread(self._store.export, self.dataset)

    async def reset(self) -> None:
        """Serve fresh sample data; ``undo`` brings back what was there."""
        await asyncio.to_thread(self._store.insert_sample)
        self._store.check_open()
        self.refresh()

    async def undo(self) -> None:
        """Serve again what was served before the last ``open``, ``reset`` or ``undo``."""
        self._store.go_back()
        self._load()
        self._tell()

    def _take(self, path: Path, *, resume: bool) -> tuple[DataFile, bool]:
        """Read a file and store what it holds, unless that is there already and to be gone on with; any thread."""
        with _garbage_left():
            data = read_data_file(path)
            known = resume and self._store.knows(data.digest)
            if not known:
                self._store.insert(data)
            found = replace(data, collections=())
            del data  # or it would be looked through when the collection of garbage begins again
        return found, known

    def _load(self) -> None:
        self.dataset: Dataset = self._store.dataset()
        self._collections = {one.definition.name: one for one in self.dataset.collections}
        self.definitions: Mapping[str, Definition] = {name: one.definition for name, one in self._collections.items()}
        self.relations: tuple[Relation, ...] = relations(self.definitions.values())
        self._validators = {name: Validator(one.schema) for name, one in self.definitions.items()}

    def _tell(self) -> None:
        self.state += 1
        for listener in self.on_change:
            listener()

    def _stored(self, name: str) -> Stored:
        found = self._collections.get(name)
        if found is None:
            raise Refusal(404, "There is no such collection; the entry document at / has links to those there are.")
        return found

    def _writable(self, name: str) -> Stored:
        stored = self._stored(name)
        if stored.definition.protected:
            raise Refusal(403, stored.definition.protected)
        return stored

    def _valid(self, stored: Stored, members: Mapping[str, Json], faults: list[Fault]) -> dict[str, Json]:
        """The document in ``members``, without what a representation has besides: the id, and links where there are."""
        _check_size(members)
        besides = {"id", "links"} if stored.definition.hypermedia else {"id"}
        document = {name: value for name, value in members.items() if name not in besides}
        found = faults + self._validators[stored.definition.name].faults(document)
        if found:
            raise invalid(found)
        return document

    def _changed(self, row: Row | None, name: str, key: str) -> Row:
        """What a write returned; Refusal where another process was faster."""
        if row is None:
            self.existing(name, key)
            raise Refusal(409, _LOST)
        self._tell()
        return row


def _check_size(members: Mapping[str, Json]) -> None:
    """Refuse what would keep everybody waiting while it is validated, indexed or shown."""
    pending, count = [*members.values()], 0
    while pending:
        one = pending.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        pending.extend(inside)
        count += 1
        if count + len(pending) > MAX_VALUES:
            raise Refusal(413, f"A document has at most {MAX_VALUES:,} values; make several documents of it.")


@contextmanager
def _garbage_left() -> Iterator[None]:
    """No collection of garbage meanwhile: with a large file in memory, one keeps all threads waiting for 150 ms."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _new_id_faults(members: Mapping[str, Json]) -> list[Fault]:
    fault = id_fault(members["id"]) if members.get("id") is not None else None
    return [Fault("/id", fault)] if fault else []


def _same_id_faults(members: Mapping[str, Json], row: Row) -> list[Fault]:
    sent = members.get("id", row.id)
    if isinstance(sent, Number | str) and key_of(sent)[0] == row.key:
        return []
    return [Fault("/id", f"It must be {row.key}, the id in the path, or be left out.")]
