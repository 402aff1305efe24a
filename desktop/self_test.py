"""`main.py --self-test`: the app's servers on free ports, one real exchange with each through the app's own clients."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from servers import VERSION

if TYPE_CHECKING:
    from servers.recorder import Recorder

DEADLINE = 20.0
"""Seconds until the self-test gives up."""


def run_self_test() -> int:
    """Run everything once on the application's own loop, print one line, return 0 or 1."""
    try:
        print(f"Portside {VERSION} self-test passed: {_exchanges()}.")
    except Exception as error:  # noqa: BLE001 - whatever went wrong is the result
        print(f"Portside {VERSION} self-test failed: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


def _exchanges() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.event_loop import new_event_loop

    app = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory(prefix="portside-") as folder,
        asyncio.Runner(loop_factory=partial(new_event_loop, app)) as runner,
    ):
        return runner.run(asyncio.wait_for(_try_all(Path(folder)), DEADLINE))


async def _try_all(folder: Path) -> str:
    from servers.recorder import Recorder
    from servers.settings import HttpSettings, RestSettings, WebSocketSettings
    from servers.workbench import Workbench, WorkbenchSettings

    recorder = Recorder()
    settings = WorkbenchSettings(HttpSettings(port=0), RestSettings(port=0), WebSocketSettings(port=0))
    workbench = Workbench(settings, folder, recorder)
    try:
        for server in workbench.servers:
            await server.start()
        http, rest, ws = (server.address.url for server in workbench.servers if server.address is not None)
        page = await _get(f"{http}/self/test.zzz", "You requested /self/test.zzz", recorder)
        players = await _get(f"{rest}/players", "Wilfred Bony", recorder)
        return f"{page}; {players}; {await _chat(ws, recorder, folder)}; {await _read_bodies()}"
    finally:
        await workbench.stop()


async def _get(url: str, expected: str, recorder: "Recorder") -> str:
    from desktop.explorer.model.request import Request
    from desktop.explorer.sending.client import Client

    client = Client(recorder)
    try:
        reply = await client.send(Request("GET", url).prepare())
    finally:
        await client.close()
    if reply.exchange.error or reply.exchange.status != 200 or expected.encode() not in reply.body.read():
        raise RuntimeError(f"GET {url} answered {reply.exchange.status} {reply.exchange.error or ''}")
    return f"GET {url} 200"


async def _read_bodies() -> str:
    """Look into bodies as the explorer does: in child processes, and with what is loaded by name."""
    from watchfiles import awatch  # noqa: F401 - the collections load it in the background

    from desktop.explorer.reading.filters import jsonpath, xpath
    from desktop.explorer.reading.jobs import in_process
    from desktop.explorer.response_view.pictures import svg_drawn
    from desktop.explorer.sending.blob import Blob
    from desktop.widgets.syntax import load

    number = await jsonpath(Blob(b'{"a": [1.50]}'), "$.a[0]")
    node = await xpath(Blob(b"<a><b>7</b></a>"), "//b")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    if (number.count, node.count) != (1, 1) or not await in_process(svg_drawn, drawing):
        raise RuntimeError("JSONPath, XPath or a picture did not come out as expected")
    for language in ("json", "xml", "html", "css", "javascript"):
        load(language)
    return "JSONPath, XPath and a picture"


async def _chat(url: str, recorder: "Recorder", folder: Path) -> str:
    """Connect, say something, and wait for the broadcast and the special reply."""
    from desktop.chat.entry import Entry, EntryKind
    from desktop.chat.session import Session, State
    from desktop.chat.surroundings import Surroundings
    from desktop.chat.target import Target
    from desktop.tasks import TaskSet

    heard: list[EntryKind] = []
    news = asyncio.Event()

    def hear(entry: Entry) -> None:
        heard.append(entry.kind)
        news.set()

    failures: list[BaseException] = []

    def fail(error: BaseException, _: str) -> None:
        failures.append(error)

    tasks = TaskSet(fail)
    surroundings = Surroundings(recorder, fail, folder)
    session = Session(Target(url, "Self-test"), surroundings, on_entry=hear, on_state=news.set)
    tasks.spawn(session.run(), name="self-test chat")
    try:
        await _until(news, lambda: session.state is not State.CONNECTING)
        await session.send("Ahoy")
        await _until(news, lambda: EntryKind.REPLY in heard and EntryKind.BROADCAST in heard)
        await session.close()
    finally:
        await tasks.close()
    if failures:
        raise failures[0]
    return f"broadcast and special reply from {url}"


async def _until(news: asyncio.Event, condition: Callable[[], bool]) -> None:
    while not condition():
        news.clear()
        await news.wait()
