"""Reads the documents that the table shows, a page at a time, and again when they may have changed."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.server_panels.data.editing import EXPECTED, sentence
from desktop.server_panels.data.model import PAGE
from desktop.server_panels.data.records import Record, read_rows
from desktop.server_panels.data.table import DocumentTable
from desktop.tasks import TaskSet

if TYPE_CHECKING:
    from servers.rest.service import Service

MOST = 1000
"""Documents that the service gives at once."""

_WORDS = 50
"""Words of a text that are looked for; somebody may have pasted a page."""

_SCROLLED_MS = 30


@dataclass(frozen=True, slots=True)
class Question:
    """Which documents are asked for: those of a collection that contain every word of ``text``."""

    service: "Service"
    collection: str
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """The text as a query takes it."""
        return tuple(dict.fromkeys(self.text.split()))[:_WORDS]


class Loader(QObject):
    """Keeps the rows in view read. ``found`` has the number of documents, ``failed`` why they cannot be read.

    While a cell is edited whose document is no longer there, the rows stay as they are: its text must not vanish.
    """

    found = Signal(int)
    failed = Signal(str)

    def __init__(self, table: DocumentTable, tasks: TaskSet) -> None:
        super().__init__(table)
        self.question: Question | None = None
        self._table = table
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        self._stale = self._again = self._waits = False
        self._scrolled = QTimer(self)
        self._scrolled.setSingleShot(True)
        self._scrolled.setInterval(_SCROLLED_MS)
        self._scrolled.timeout.connect(self._start)
        table.looked_elsewhere.connect(self._scrolled.start)
        table.editing_ended.connect(self._resume)

    @property
    def waits(self) -> bool:
        """Whether the rows stay as they are until the editor is closed."""
        return self._waits

    def ask(self, question: Question | None) -> None:
        """From now on read these documents; None: none."""
        self.question = question
        self.reload()
        if question is None and self._task is not None:
            self._task.cancel()

    def reload(self) -> None:
        """Read what is in view again."""
        self._stale = True
        self._start()

    async def keys(self, rows: list[range]) -> list[str]:
        """The keys of the documents in these rows, at most MOST; what is not held is looked up. May raise EXPECTED."""
        from servers.rest.queries.query import Query

        documents, question, keys = self._table.documents, self.question, list[str]()
        for span in rows:
            held = {row: record.row.key for row in span if (record := documents.record(row)) is not None}
            if len(held) < len(span) and question is not None:
                query = Query(text=question.words, offset=span.start, limit=len(span))
                answer = await question.service.find(question.collection, query)
                held = {span.start + at: row.key for at, row in enumerate(answer.rows)} | held
            keys += held.values()
        return list(dict.fromkeys(keys))

    def _start(self) -> None:
        self._again = self._task is not None
        if self._task is None and self.question is not None:
            self._task = self._tasks.spawn(self._load(), name="read documents for the table")
            self._task.add_done_callback(self._ended)

    def _ended(self, _: "asyncio.Task[None]") -> None:
        """Begin anew where that was asked for while the task ran, perhaps too late for it to see."""
        self._task = None
        if self._again:
            self._start()

    def _resume(self) -> None:
        if self._waits:
            self._waits = False
            self.reload()

    async def _load(self) -> None:
        while (question := self.question) is not None and (rows := self._next_rows()):
            try:
                if not await self._read(question, rows):
                    return
            except EXPECTED as refusal:
                self.failed.emit(sentence(refusal))
                return

    async def _read(self, question: Question, rows: range) -> bool:
        """Read and show rows; whether it makes sense to look for more."""
        from servers.rest.queries.query import Query

        documents = self._table.documents
        stale, self._stale = self._stale, False
        query = Query(text=question.words, offset=rows.start, limit=len(rows))
        answer = await question.service.find(question.collection, query)
        records = await asyncio.to_thread(read_rows, answer.rows, documents.held())
        if question != self.question:
            return True
        anew = stale or answer.total != documents.rowCount()
        if anew and self._would_close_an_editor(records):
            self._waits = True
            return False
        documents.take(rows.start, records, answer.total, anew=anew)
        self.found.emit(answer.total)
        return anew or bool(records)

    def _would_close_an_editor(self, records: list[Record]) -> bool:
        editor = self._table.edited()
        return editor is not None and all(one.row.key != editor.record.row.key for one in records)

    def _next_rows(self) -> range | None:
        """The rows to read next: all in view if they may be out of date, else the first page of them not yet read."""
        first, last = self._table.rows_in_view()
        if not self._stale:
            missing = self._table.documents.missing(first, last)
            return None if missing is None else _pages(missing, missing)
        chosen = self._table.selected_rows()
        around = _pages(min([first, *(one.start for one in chosen)]), max([last, *(one[-1] for one in chosen)]))
        return around if len(around) <= MOST else _pages(first, last)


def _pages(first: int, last: int) -> range:
    start = first // PAGE * PAGE
    return range(start, max(last // PAGE + 1, start // PAGE + 1) * PAGE)
