"""The explorer's page on the screen, and hands that type and click in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.explorer.client import Client
from desktop.explorer.page import ExplorerPage
from desktop.tasks import TaskSet
from servers.recorder import Recorder

BODY = b'{"id":1736184243098437392,"ok":[]}'
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 34\r\n\r\n" + BODY
KEY = Qt.Key


@asynccontextmanager
async def shown(qtbot: QtBot) -> AsyncIterator[ExplorerPage]:
    """A page on the screen, with its client and tasks."""
    # As the application does: closing the page of one test must not end the loop of the next.
    QApplication.setQuitOnLastWindowClosed(False)
    failures: list[str] = []
    client, tasks = Client(Recorder()), TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
    page = ExplorerPage(client, tasks)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    await until(page.isActiveWindow)
    try:
        yield page
    finally:
        await tasks.close()
        await client.close()
    assert not failures


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    while not condition():  # noqa: ASYNC110 - widgets have no asyncio events
        await asyncio.sleep(0.005)


async def until_sent(page: ExplorerPage) -> None:
    """Wait until no request is on its way."""
    await until(lambda: page.button.text() == "Send")


def type_url(page: ExplorerPage, url: str) -> None:
    """Replace the URL by typing."""
    page.url.setFocus()
    page.url.selectAll()
    QTest.keyClicks(page.url, url)


def click_send(page: ExplorerPage) -> None:
    """Click the button, whatever it says."""
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
