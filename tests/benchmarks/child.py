"""The processes that the benchmarks measure: `child.py bare|plain|rest|window|paint-bare|paint-app FOLDER`.

The first four print their ports as one JSON line and serve; `window` takes the mode of the WebSocket
server and the folder of the HTTP server, too.
They read commands, a line each: `end` asks for a JSON report and the end, `pause` says that the window's ticks do not
count, and any other word names the phase for which they count. They end when their parent does.
The last two print a line when their window has been painted for the first time, and end.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

UNCOUNTED = ("pause", "end")


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    kinds: dict[str, Callable[[Path], None]] = {
        "bare": lambda _: asyncio.run(bare()),
        "plain": lambda folder: asyncio.run(plain(folder)),
        "rest": lambda folder: asyncio.run(rest(folder)),
        "window": window,
        "paint-bare": lambda _: paint_bare(),
        "paint-app": paint_app,
    }
    kinds[what](folder)


def say(line: object) -> None:
    print(json.dumps(line), flush=True)


def resident() -> int:
    """Memory in use, in bytes."""
    return int(psutil.Process().memory_info().rss)


class Commands:
    """What the parent has said so far."""

    def __init__(self) -> None:
        self.phase = "pause"
        self.ended = asyncio.Event()
        threading.Thread(target=self._read, args=[asyncio.get_running_loop()], daemon=True).start()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        for line in sys.stdin:
            self.phase = line.strip()
            if self.phase == "end":
                loop.call_soon_threadsafe(self.ended.set)
                return
        os._exit(1)  # the parent has ended without a word


async def report_at_the_end(commands: Commands, ticker: "Ticker | None" = None) -> None:
    await commands.ended.wait()
    late, worked = (ticker.late, ticker.worked) if ticker else ({}, {})
    say({"rss": resident(), "lateness": late, "worked": worked})
    os._exit(0)


async def bare() -> None:
    """The same handlers with nothing around them: no guard, no recording, no window."""
    from aiohttp import web
    from websockets.asyncio.server import ServerConnection, serve
    from websockets.exceptions import ConnectionClosed

    from servers.http.server import HttpServer
    from servers.recorder import Recorder
    from servers.settings import HttpSettings

    async def echo(connection: ServerConnection) -> None:
        with suppress(ConnectionClosed):  # the load generator leaves without a close frame
            async for message in connection:
                await connection.send(message)

    server = web.Server(HttpServer(HttpSettings(), Recorder()).answer, access_log=None)
    listener = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    async with serve(echo, "127.0.0.1", 0) as sockets:
        say({"http": listener.sockets[0].getsockname()[1], "ws": next(iter(sockets.sockets)).getsockname()[1]})
        await report_at_the_end(Commands())


async def plain(folder: Path) -> None:
    """The app's servers on plain asyncio, recording, without a window."""
    from servers.recorder import Recorder
    from servers.workbench import Workbench

    workbench = Workbench(settings(), folder, Recorder())
    await asyncio.gather(workbench.http.start(), workbench.ws.start())
    say({server.name: server.address.port for server in workbench.servers if server.address})
    await report_at_the_end(Commands())


async def rest(folder: Path) -> None:
    """The REST service alone, on plain asyncio, recording, without a window."""
    from servers.recorder import Recorder
    from servers.workbench import Workbench

    workbench = Workbench(settings(), folder, Recorder())
    await workbench.rest.start()
    say({"rest": workbench.rest.address.port if workbench.rest.address else 0})
    await report_at_the_end(Commands())


def settings(mode: str = "verbatim", root: str = "") -> Any:
    from servers.settings import HttpSettings, Mode, RestSettings, WebSocketSettings
    from servers.workbench import WorkbenchSettings

    http = HttpSettings(port=0, root=Path(root) if root else None)
    return WorkbenchSettings(http, RestSettings(port=0), WebSocketSettings(port=0, mode=Mode(mode)))


def window(folder: Path) -> None:
    """The whole application, its window shown, with a 10 ms tick whose lateness is measured."""
    from functools import partial

    from PySide6.QtWidgets import QApplication

    from desktop.app import Application
    from desktop.event_loop import new_event_loop
    from desktop.settings import SettingsFile
    from tests.conftest import until

    app = QApplication(sys.argv[:1])
    application = Application(app, SettingsFile(folder), settings(*sys.argv[3:]), folder)

    async def life() -> None:
        application.tasks.spawn(application.live(start=True), name="live")
        await until(lambda: application.workbench and all(server.address for server in application.workbench.servers))
        assert application.workbench is not None
        commands = Commands()
        ticker = Ticker(commands, application)
        say({server.name: server.address.port for server in application.workbench.servers if server.address})
        await report_at_the_end(commands, ticker)

    with asyncio.Runner(loop_factory=partial(new_event_loop, app)) as runner:
        runner.run(life())


class Ticker:
    """A tick of 10 ms in Qt's loop: by how many milliseconds each came late, by phase.

    ``worked`` are the milliseconds of these in which this thread was at work itself, and not kept waiting by others.
    """

    def __init__(self, commands: Commands, owner: Any) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late: dict[str, list[float]] = defaultdict(list)
        self.worked: dict[str, list[float]] = defaultdict(list)
        self._commands = commands
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._timer = QTimer(owner, timerType=Qt.TimerType.PreciseTimer, interval=10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        if self._commands.phase not in UNCOUNTED:
            late = max(0.0, (now - self._last) * 1000 - 10)
            self.late[self._commands.phase].append(late)
            self.worked[self._commands.phase].append(min(late, (used - self._used) * 1000))
        self._last, self._used = now, used


def painted() -> None:
    print("painted", flush=True)
    os._exit(0)


def paint_bare() -> None:
    """A window of PySide6 alone."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            QTimer.singleShot(0, painted)

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1240, 760)
    window.show()
    app.exec()


def paint_app(folder: Path) -> None:
    """Portside as `main.py` opens it."""
    from PySide6.QtCore import QTimer

    import main as portside
    from desktop.main_window import MainWindow

    def paint_event(self: MainWindow, event: object) -> None:
        QTimer.singleShot(0, painted)

    MainWindow.paintEvent = paint_event  # type: ignore[method-assign]
    portside.main(["--config-dir", str(folder), "--data-dir", str(folder)])


if __name__ == "__main__":
    main()
