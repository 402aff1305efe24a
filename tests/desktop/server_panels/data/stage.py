"""The Data tab with a real REST server behind it, and hands to work it with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.server_panels.control import SPECS, ServerControl
from desktop.server_panels.data.model import DocumentModel
from desktop.server_panels.data.pane import DocumentPane
from desktop.server_panels.data.panel import DataPanel
from desktop.server_panels.data.table import CellEditor, DocumentTable
from desktop.tasks import TaskSet
from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.rest.service import Service
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json
from servers.settings import RestSettings
from tests.conftest import until
from tests.desktop.server_panels.attached import attached

KEY = Qt.Key


class Stage:
    """A panel whose server is stopped; ``running`` starts it and shows the players, ``owner`` keeps Qt's objects."""

    def __init__(self, data_dir: Path) -> None:
        self.owner = QObject()
        self.failures: list[BaseException] = []
        self.tasks = TaskSet(self._fail)
        self.control = ServerControl(SPECS[1], RestSettings(port=0), self.tasks, self.owner)
        self.panel = DataPanel(self.control, self.tasks)
        self.panel.resize(800, 600)
        self.server = RestServer(RestSettings(port=0), Recorder(), data_dir)

    @property
    def pane(self) -> DocumentPane:
        return self.panel.browser.pane

    @property
    def table(self) -> DocumentTable:
        return self.pane.table

    @property
    def documents(self) -> DocumentModel:
        return self.table.documents

    @property
    def service(self) -> Service:
        assert self.server.service is not None
        return self.server.service

    @asynccontextmanager
    async def attached(self) -> AsyncIterator[None]:
        """The panel on the screen with a server that is stopped."""
        async with attached(self.control, self.server, self.panel, self.tasks):
            yield
        assert self.failures == []

    @asynccontextmanager
    async def running(self, collection: str = "players") -> AsyncIterator[None]:
        """The panel on the screen with a server that runs, showing a collection of the sample."""
        async with self.attached():
            await self.server.start()
            await self.choose(collection)
            yield

    async def choose(self, collection: str) -> None:
        """Show a collection and wait until its first documents are there."""
        tabs = self.panel.browser.tabs
        number = list(self.service.definitions).index(collection)
        tabs.setCurrentIndex(number)
        await until(lambda: self.documents.collection == collection and self.documents.record(0) is not None)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[aiohttp.ClientSession]:
        """A client of the server."""
        async with aiohttp.ClientSession(self.control.url) as client:
            yield client

    def index(self, row: int, member: str) -> QModelIndex:
        return self.documents.index(row, self.documents.columns.index(member))

    def shown(self, row: int, member: str) -> str:
        """What a cell shows."""
        return str(self.index(row, member).data())

    def keys(self) -> list[str]:
        """The ids of all rows."""
        return [str(self.documents.index(row, 0).data()) for row in range(self.documents.rowCount())]

    def stored(self, key: str, collection: str = "players") -> dict[str, Json]:
        """The members of a document as the service has them."""
        row = self.service.get(collection, key)
        assert isinstance(row, Row)
        return row.document()

    def begin(self, row: int, member: str, text: str) -> CellEditor:
        """Type over a cell, without Enter."""
        self.table.setFocus()
        self.table.setCurrentIndex(self.index(row, member))
        QTest.keyClick(self.table, KEY.Key_F2)
        editor = self.table.edited()
        assert editor is not None
        editor.selectAll()
        if text:
            QTest.keyClicks(editor, text)
        else:
            QTest.keyClick(editor, KEY.Key_Delete)
        return editor

    async def type(self, row: int, member: str, text: str) -> None:
        """Type over a cell and press Enter."""
        await self.press(self.begin(row, member, text), KEY.Key_Return)

    async def press(self, editor: CellEditor, key: Qt.Key) -> None:
        """Press a key that ends the editing, and wait until it has, or the text was refused."""
        editor.show_fault("")
        QTest.keyClick(editor, key)
        await until(lambda: self.table.edited() is None or editor.fault)

    def _fail(self, error: BaseException, _: str) -> None:
        self.failures.append(error)


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
