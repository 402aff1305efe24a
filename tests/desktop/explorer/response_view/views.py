"""A response view on the screen, and replies to show in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from pytestqt.qtbot import QtBot

from desktop.explorer.response_view.view import ResponseView
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Reply
from desktop.tasks import TaskSet
from tests.desktop.explorer.replies import reply

JSON = b'\xef\xbb\xbf{"n":1736184243098437392,\r\n"x":1.0,"big":1e400,"n":2,"s":"\\ud83d"}'
PRETTY = '{\n  "n": 1736184243098437392,\n  "x": 1.0,\n  "big": 1e400,\n  "n": 2,\n  "s": "\\ud83d"\n}'


def typed(content_type: str, body: bytes = JSON, status: int = 200) -> Reply:
    """A reply with a body of this media type."""
    return reply(status, body, (("Content-Type", content_type),))


def growing(content_type: str, blob: Blob, finished: bool = False) -> Reply:
    """A reply whose body is still coming into this blob, or has ended."""
    return replace(typed(content_type, b""), body=blob, decoded=blob, finished=finished)


@asynccontextmanager
async def shown(qtbot: QtBot) -> AsyncIterator[ResponseView]:
    """A response view with its tasks; none of them may fail."""
    failures: list[str] = []
    tasks = TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
    view = ResponseView(tasks)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.activateWindow()
    try:
        yield view
    finally:
        await tasks.close()
    assert not failures


async def until(condition: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    while not condition():  # noqa: ASYNC110 - widgets have no asyncio events
        await asyncio.sleep(0.005)
