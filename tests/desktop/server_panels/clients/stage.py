"""The Clients tab with a real server behind it, real clients, and hands to work it with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import quote

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from desktop.server_panels.clients.panel import ClientsPanel
from desktop.server_panels.control import SPECS, ServerControl
from desktop.tasks import TaskSet
from servers.chat_protocol import SUBPROTOCOL
from servers.recorder import Recorder
from servers.settings import WebSocketSettings
from servers.websocket.server import WebSocketServer
from tests.conftest import until
from tests.desktop.server_panels.attached import attached

KEY = Qt.Key


class Stage:
    """A panel whose server is stopped; ``running`` starts it, ``owner`` keeps Qt's objects."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.failures: list[BaseException] = []
        self.tasks = TaskSet(self._fail)
        settings = WebSocketSettings(port=0)
        self.control = ServerControl(SPECS[2], settings, self.tasks, self.owner)
        self.panel = ClientsPanel(self.control, self.tasks)
        self.panel.resize(800, 640)
        self.server = WebSocketServer(settings, Recorder())

    @property
    def names(self) -> list[str]:
        """The names in the table, from above."""
        return [one.name for one in self.panel.table.clients.rows]

    @property
    def said(self) -> str:
        """What the tab said last."""
        return self.panel.message.text()

    @asynccontextmanager
    async def attached(self) -> AsyncIterator[None]:
        """The panel on the screen with a server that is stopped."""
        async with attached(self.control, self.server, self.panel, self.tasks):
            yield
        assert self.failures == []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The panel on the screen with a server that runs."""
        async with self.attached():
            await self.server.start()
            yield

    @asynccontextmanager
    async def client(self, name: str, room: str = "/", *, chat: bool = False) -> AsyncIterator[ClientConnection]:
        """A client that is connected and in the table."""
        subprotocols = [Subprotocol(SUBPROTOCOL)] if chat else None
        url = f"ws://127.0.0.1:{self.control.port}{room}?name={quote(name)}"
        async with connect(url, proxy=None, subprotocols=subprotocols) as connection:
            await until(lambda: name in self.names)
            yield connection

    @asynccontextmanager
    async def two(self) -> AsyncIterator[tuple[ClientConnection, ClientConnection]]:
        """A server that runs, with Ann at / and Ben in a room."""
        async with self.running(), self.client("Ann") as ann, self.client("Ben", "/rooms/blue") as ben:
            yield ann, ben

    def choose(self, *names: str) -> None:
        """Click on the rows of these clients, the further ones with Ctrl."""
        table = self.panel.table
        held = Qt.KeyboardModifier.NoModifier
        for name in names:
            place = table.visualRect(table.clients.index(self.names.index(name), 1)).center()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)
            held = Qt.KeyboardModifier.ControlModifier

    def write(self, text: str) -> None:
        """Type into the box that sends, without Enter."""
        QTest.keyClicks(self.panel.send_bar.composer.box, text)

    async def send(self, text: str) -> str:
        """Type and press Enter; what is said when that is done."""
        self.write(text)
        QTest.keyClick(self.panel.send_bar.composer.box, KEY.Key_Return)
        await until(lambda: len(self.tasks) == 0)
        return self.said

    def _fail(self, error: BaseException, _: str) -> None:
        self.failures.append(error)


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


async def received(client: ClientConnection) -> str | bytes:
    """The next message that a client gets."""
    return await asyncio.wait_for(client.recv(), 10)
