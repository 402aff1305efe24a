"""Writes drafts in the background: one write at a time, and always of what is typed now."""

import asyncio
import logging

from PySide6.QtCore import QObject

from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.drafts import Drafts, Open
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.workspace.failures import reason
from desktop.tasks import TaskSet

log = logging.getLogger("portside.explorer")


class DraftKeeper(QObject):
    """``tasks`` run the writing. A full disk is said in the tab whose draft could not be written."""

    def __init__(self, drafts: Drafts, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._tasks = tasks
        self._waiting: dict[str, RequestTab | None] = {}
        self._kept: dict[str, Document] = {}
        self._writer: asyncio.Task[None] | None = None

    def keep(self, tab: RequestTab) -> None:
        """Write the draft of a tab soon."""
        self._put(tab.key, tab)

    def keep_new(self, tabs: list[RequestTab]) -> None:
        """Write soon the drafts of those tabs that have none yet: nothing was typed in them since they were opened."""
        for tab in tabs:
            if tab.key not in self._kept and tab.key not in self._waiting:
                self.keep(tab)

    def drop(self, tab: RequestTab) -> None:
        """The tab is closed for good: remove its draft soon."""
        self._put(tab.key, None)

    def know(self, one: Open) -> None:
        """This draft is on the disk as it is."""
        self._kept[one.key] = one.document

    def keep_now(self, tabs: list[RequestTab]) -> None:
        """Write at once what has not been written yet, all of it that can be: the program ends. Raises OSError."""
        failures: list[OSError] = []
        ones = [Open(tab.key, tab.document()) for tab in tabs]
        for one in ones:
            try:
                if self._kept.get(one.key) != one.document:
                    self._drafts.keep(one)
            except OSError as error:
                failures.append(error)
        for key in [key for key, tab in self._waiting.items() if tab is None]:
            self._remove(key)
        self._drafts.end()
        if failures:
            raise failures[0]

    def _put(self, key: str, tab: RequestTab | None) -> None:
        self._waiting[key] = tab
        if self._writer is None:
            self._begin()

    def _begin(self) -> None:
        self._writer = self._tasks.spawn(self._write(), name="keeping drafts")
        self._writer.add_done_callback(self._idle)

    async def _write(self) -> None:
        while self._waiting:
            key = next(iter(self._waiting))
            tab = self._waiting.pop(key)
            if tab is None:
                self._kept.pop(key, None)
                await asyncio.to_thread(self._remove, key)
            else:
                await self._keep(tab)

    async def _keep(self, tab: RequestTab) -> None:
        one = Open(tab.key, tab.document())
        if self._kept.pop(one.key, None) == one.document:
            self._kept[one.key] = one.document
            return
        fault = ""
        try:
            await asyncio.to_thread(self._drafts.keep, one)
            self._kept[one.key] = one.document
        except OSError as error:
            fault = f"What is typed here could not be kept for the next start: {reason(error)}."
        if self._waiting.get(tab.key, tab) is not None:
            tab.upkeep.say_draft_fault(fault)

    def _remove(self, key: str) -> None:
        try:
            self._drafts.drop(key)
        except OSError as error:
            log.warning("The draft of a closed request could not be removed (%s); it will come back.", error)

    def _idle(self, task: "asyncio.Task[None]") -> None:
        self._writer = None
        if self._waiting and not task.cancelled():  # it came between the end of the loop and that of its task
            self._begin()
