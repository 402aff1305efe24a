"""Deletes the selected documents, and puts back those that were deleted last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.server_panels.data.loading import MOST, Loader
from desktop.server_panels.data.removal import Outcome, delete, put_back
from desktop.server_panels.data.table import DocumentTable
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

if TYPE_CHECKING:
    from servers.rest.service import Service
    from servers.rest.storage.rows import Row


class Remover(QObject):
    """``changed`` says that ``can_delete`` or ``can_put_back`` may have; ``why_not`` is why nothing may be deleted."""

    changed = Signal()

    def __init__(self, table: DocumentTable, loader: Loader, message: MessageLine, tasks: TaskSet) -> None:
        super().__init__(table)
        self.service: Service | None = None
        self.why_not = ""
        self._table = table
        self._loader = loader
        self._message = message
        self._tasks = tasks
        self._busy = False
        self._deleted: tuple[str, tuple[Row, ...]] = ("", ())
        table.delete_wanted.connect(self.delete_selected)
        table.undo_wanted.connect(self.put_back)
        table.selectionModel().selectionChanged.connect(self.changed)

    @property
    def can_delete(self) -> bool:
        """Whether documents are selected that may be deleted."""
        return self.service is not None and not (self._busy or self.why_not) and bool(self._table.selected_rows())

    @property
    def can_put_back(self) -> bool:
        """Whether there are deleted documents to put back."""
        return self.service is not None and not (self._busy or self.why_not) and bool(self._deleted[1])

    def forget(self) -> None:
        """What was deleted belonged to other data: it cannot be put back."""
        self._deleted = ("", ())
        self.changed.emit()

    def delete_selected(self) -> None:
        """Delete the selected documents, or say why not."""
        rows = self._table.selected_rows()
        count = sum(map(len, rows))
        if self.why_not:
            self._message.say(self.why_not, fault=True)
        elif count > MOST:
            self._message.say(f"At most {MOST:,} documents can be deleted at once; {count:,} are selected.", fault=True)
        elif self.can_delete and self.service is not None:
            self._set_busy(True)
            self._tasks.spawn(self._delete(self.service, rows), name="delete documents")

    def put_back(self) -> None:
        """Create the documents again that were deleted last."""
        if self.can_put_back and self.service is not None:
            self._set_busy(True)
            self._tasks.spawn(self._put_back(self.service, *self._deleted), name="put deleted documents back")

    async def _delete(self, service: "Service", rows: list[range]) -> None:
        collection = self._table.documents.collection
        try:
            outcome = await delete(service, collection, await self._loader.keys(rows))
            if outcome.done:
                self._deleted = (collection, outcome.done)
        finally:
            self._set_busy(False)
        self._report("Deleted", collection, outcome)

    async def _put_back(self, service: "Service", collection: str, rows: "tuple[Row, ...]") -> None:
        try:
            outcome = await put_back(service, collection, rows)
            self._deleted = (collection, outcome.rest)
        finally:
            self._set_busy(False)
        self._report("Put back", collection, outcome)

    def _report(self, did: str, collection: str, outcome: Outcome) -> None:
        count = len(outcome.done)
        what = f"{count:,} documents" if count != 1 else visible(f"{collection} {outcome.done[0].key}")
        self._message.say(f"{did} {what}. {outcome.fault}".strip(), fault=bool(outcome.fault))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.changed.emit()
