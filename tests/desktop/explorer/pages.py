"""The explorer on the screen, and hands that type and click in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.page import ExplorerPage
from desktop.explorer.request_view.pane import RequestPane
from desktop.explorer.sending.client import Client
from desktop.explorer.sending.cookies import CookieJar
from desktop.explorer.session import Session
from desktop.tasks import TaskSet
from servers.recorder import Recorder

BODY = b'{"id":1736184243098437392,"ok":[]}'
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 34\r\n\r\n" + BODY
KEY = Qt.Key

W = TypeVar("W", bound=QWidget)


@asynccontextmanager
async def shown(qtbot: QtBot) -> AsyncIterator[RequestPane]:
    """A pane on the screen, with its client and tasks."""
    with TemporaryDirectory() as folder:
        async with _on_screen(qtbot, Path(folder), lambda session, tasks: RequestPane(session, tasks)) as pane:
            yield pane


@asynccontextmanager
async def page_shown(qtbot: QtBot, folder: Path) -> AsyncIterator[ExplorerPage]:
    """The whole page on the screen, with its client and tasks, and its data in a folder."""
    page: ExplorerPage | None = None
    try:
        async with _on_screen(
            qtbot, folder, lambda session, tasks: ExplorerPage(session, tasks, folder / "explorer")
        ) as page:
            try:
                await page.load()
                yield page
            finally:
                page.desk.stop()
                page.desk.windows.close()
    finally:
        if page is not None:
            await page.end()


@asynccontextmanager
async def _on_screen(qtbot: QtBot, folder: Path, make: Callable[[Session, TaskSet], W]) -> AsyncIterator[W]:
    # As the application does: closing the page of one test must not end the loop of the next.
    QApplication.setQuitOnLastWindowClosed(False)
    failures: list[str] = []
    client, tasks = session_client(folder), TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
    widget = make(Session(client, folder / "collections"), tasks)
    qtbot.addWidget(widget)
    widget.resize(1100, 700)
    widget.show()
    widget.activateWindow()
    await until(widget.isActiveWindow)
    try:
        yield widget
    finally:
        await tasks.close()
        await client.close()
    assert not failures


def session_client(folder: Path) -> Client:
    """A client with a cookie jar in a folder."""
    return Client(Recorder(), jar=CookieJar(folder / "cookies.json"))


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    while not condition():  # noqa: ASYNC110 - widgets have no asyncio events
        await asyncio.sleep(0.005)


async def until_sent(pane: RequestPane) -> None:
    """Wait until no request is on its way."""
    await until(lambda: pane.line.button.text() == "Send")


def type_url(pane: RequestPane, url: str) -> None:
    """Replace the URL by typing."""
    pane.line.url.setFocus()
    pane.line.url.selectAll()
    QTest.keyClicks(pane.line.url, url)


def click_send(pane: RequestPane) -> None:
    """Click the button, whatever it says."""
    QTest.mouseClick(pane.line.button, Qt.MouseButton.LeftButton)
