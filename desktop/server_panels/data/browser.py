"""The collections of the service that runs: which one is shown, filtered by what, and how many documents each has."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.data.editing import EXPECTED
from desktop.server_panels.data.pane import DocumentPane
from desktop.server_panels.data.tabs import CollectionTabs
from desktop.tasks import TaskSet

if TYPE_CHECKING:
    from servers.rest.definition import Definition
    from servers.rest.service import Service

_TYPED_MS = 150


class CollectionBrowser(QWidget):
    """Shows one collection at a time; ``serve`` gives it the service and takes it away."""

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._service: Service | None = None
        self._definitions: Mapping[str, Definition] = {}
        self._dataset: object = None
        self._counts: dict[str, int] = {}
        self._counting: asyncio.Task[None] | None = None
        self._count_again = False
        self.tabs = CollectionTabs(self)
        self.filter = QLineEdit(self, placeholderText="Full text", clearButtonEnabled=True)
        self.filter.setAccessibleName("Show only documents that contain all these words")
        self.pane = DocumentPane(tasks, self)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED_MS)
        self._typed.timeout.connect(self._ask)
        self.filter.textChanged.connect(self._typed.start)
        self.tabs.chosen.connect(self._show_collection)
        self._lay_out()

    def serve(self, service: "Service | None") -> None:
        """Show the data of this service; None when it has ended."""
        self._service = service
        self._definitions = {}
        if self._counting is not None:
            self._counting.cancel()
        self.pane.serve(service)
        self.refresh()

    def refresh(self) -> None:
        """Something may have changed: read again what is shown."""
        service = self._service
        if service is None:
            return
        if service.definitions != self._definitions or service.dataset != self._dataset:
            if service.dataset != self._dataset:
                self.pane.forget()
            self._definitions, self._dataset = dict(service.definitions), service.dataset
            self._counts = {}
            self.tabs.show_collections(self._definitions.values())
            self._show_collection()
        else:
            self.pane.loader.reload()
        self._recount()

    def _show_collection(self) -> None:
        definition = self._definitions.get(self.tabs.name())
        if definition is not None:
            self.pane.show_collection(definition)
            self.pane.show_total(self._counts.get(definition.name))
            self._ask()

    def _ask(self) -> None:
        self.pane.ask(self.filter.text().strip())

    def _recount(self) -> None:
        self._count_again = self._counting is not None
        if self._counting is None and self._service is not None:
            self._counting = self._tasks.spawn(self._count(self._service), name="count documents")
            self._counting.add_done_callback(self._counted)

    async def _count(self, service: "Service") -> None:
        from servers.rest.queries.query import Query

        for name in self._definitions:
            try:
                self._counts[name] = (await service.find(name, Query(limit=1))).total
            except EXPECTED:
                self._counts.pop(
                    name, None
                )  # the data was exchanged meanwhile, or cannot be read, which the table says

    def _counted(self, _: "asyncio.Task[None]") -> None:
        self._counting = None
        self.tabs.show_counts(self._counts)
        self.pane.show_total(self._counts.get(self.tabs.name()))
        if self._count_again:
            self._recount()

    def _lay_out(self) -> None:
        label = QLabel("F&ilter", self)
        label.setBuddy(self.filter)
        self.filter.setMaximumWidth(200)
        first = QHBoxLayout()
        first.setSpacing(theme.S)
        first.addWidget(self.tabs, 1)
        first.addWidget(label)
        first.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(first)
        layout.addWidget(self.pane, 1)
