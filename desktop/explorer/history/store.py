"""The history: every request that was sent with its whole response, in one SQLite file."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from desktop.explorer.history.database import Database
from desktop.explorer.history.entry import Entry, NewEntry, Summary
from desktop.explorer.history.errors import HistoryError
from desktop.explorer.history.keeper import Keeper
from desktop.explorer.history.limits import Choice, Limits, read_choice, write_choice
from desktop.explorer.history.packing import Unpacker
from desktop.explorer.history.record import record_of
from desktop.explorer.sending.blob import Blob

__all__ = ["Choice", "History", "HistoryError", "Limits"]

T = TypeVar("T")

_STEP = 50
"""So many entries are removed at a time, so that nobody waits long for the thread."""

_SHARE = 4
"""A body of more than the fourth part of all bytes would push too many entries out."""

_DAY = 86_400_000_000  # microseconds
_DAMAGED = "This entry of the history is damaged. It can be removed; the others are not concerned."
_GONE = "This request is not in the history any more."
_BODY_GONE = "A body of it is not there any more."


class History:
    """Opened at its first use, and worked with on one thread of its own. Several processes may have it open.

    ``folder`` takes the bodies that are too long for the database. ``limits`` count until others are chosen. No
    secrets are written (see ``record_of``). The methods raise HistoryError; sending is not concerned.
    """

    def __init__(self, path: Path, folder: Path | None = None, limits: Limits | None = None) -> None:
        self._keeper = Keeper(path, folder or path.with_name(f"{path.stem}-bodies"))
        self._choice_path = path.with_suffix(".json")
        self._default = Choice(limits or Limits())
        self._choice: Choice | None = None
        self._thread: ThreadPoolExecutor | None = None

    @property
    def remark(self) -> str:
        """A sentence once a damaged file had to be put aside; empty as long as all is well."""
        return self._keeper.remark

    async def add(self, entry: NewEntry) -> None:
        """Keep a request and its reply, unless it says not to; an entry is written even if its task is cancelled."""
        if not entry.request.options.log or not entry.reply.request.options.log:
            return
        await asyncio.shield(self._do(self._add, entry))
        await self._prune_all()

    async def search(self, text: str = "", limit: int = 100, before: int | None = None) -> tuple[Summary, ...]:
        """The newest entries that fit all words of ``text``; with ``before``, the id of one, those older than it.

        What words mean is told at ``searching.query``. Of a body, the first megabyte of its text can be found.
        """
        return await self._do(Database.search, text, limit, before)

    async def load(self, entry: int) -> Entry:
        """All of an entry; a body in a file is not read for that."""
        return await self._do(_load, entry)

    async def remove(self, entries: Iterable[int]) -> None:
        """Forget these."""
        ids = list(entries)
        for start in range(0, len(ids), _STEP):
            await self._do(Database.remove, ids[start : start + _STEP])

    async def clear(self) -> None:
        """Forget everything."""
        await self._do(Database.clear)

    async def choice(self) -> Choice:
        """How much is kept, and whether anything is."""
        return await self._do(self._chosen)

    async def choose(self, choice: Choice) -> None:
        """Keep so much from now on, and remove what is beyond that."""
        await self._do(self._choose, choice)
        await self._prune_all()

    async def close(self) -> None:
        """Finish what is being written, and release the file. A later use opens it again."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.get_running_loop().run_in_executor(thread, self._keeper.close)
            thread.shutdown()

    def _do(self, work: Callable[..., T], *values: object) -> "asyncio.Future[T]":
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="history")
        return asyncio.get_running_loop().run_in_executor(self._thread, self._keeper.run, work, values)

    def _add(self, database: Database, entry: NewEntry) -> None:
        if self._chosen(database).enabled:
            database.add(record_of(entry, self._chosen(database).limits.bytes // _SHARE))

    async def _prune_all(self) -> None:
        while await self._do(self._prune):
            pass

    def _prune(self, database: Database) -> bool:
        """Remove some of what is beyond the limits; whether there may be more."""
        limits = self._chosen(database).limits
        too_old = int(time.time() * 1e6) - limits.age_days * _DAY
        oldest = database.oldest(_STEP)
        surplus = database.entries - limits.entries
        if surplus <= 0 and database.bytes > limits.bytes:
            surplus = 1
        gone = [entry for number, (entry, at) in enumerate(oldest) if number < surplus or at < too_old]
        if gone:
            database.remove(gone)
        return bool(gone)

    def _chosen(self, _: Database) -> Choice:
        if self._choice is None:
            self._choice = read_choice(self._choice_path, self._default)
        return self._choice

    def _choose(self, _: Database, choice: Choice) -> None:
        self._choice = choice
        write_choice(self._choice_path, choice)


def _load(database: Database, entry: int) -> Entry:
    document = database.document(entry)
    if document is None:
        raise HistoryError(_GONE)
    missing: list[int] = []

    def body(number: int) -> Blob:
        try:
            return database.body(entry, number)
        except OSError:
            missing.append(number)
            return Blob()

    try:
        stored = json.loads(document)
        unpacker = Unpacker(body)
        request, reply = unpacker.typed(stored), unpacker.reply(stored["reply"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise HistoryError(_DAMAGED) from error
    note = " ".join(filter(None, (stored["note"], _BODY_GONE if missing else "")))
    return Entry(request, reply, note, entry)
