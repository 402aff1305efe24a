"""What the chat windows are measured with: `chat_child.py flood FOLDER RATE COUNT` and `app FOLDER URL COUNT WAY`.

`flood` is a server that sends so many messages a second to each of its clients, once there are as many as that. `app`
is the whole application with so many chat windows at that URL, whose ticks are counted by phase; WAY says what the
windows do meanwhile.
"""

import asyncio
import itertools
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.child import Commands, Ticker, resident, say, settings

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from desktop.chat.window import ChatWindow

PACE = 0.005
MOST = 500
"""Messages that are sent at once after a pause of the machine."""


def flood(rate: float, count: int) -> None:
    asyncio.run(Flood(rate, count).serve())


class Flood:
    """A chat server in which somebody else never stops talking."""

    def __init__(self, rate: float, count: int) -> None:
        self._rate, self._count = rate, count
        self._numbers = itertools.count(1)
        self._sent = 0
        self._clients: set[ServerConnection] = set()

    async def serve(self) -> None:
        from websockets.asyncio.server import serve
        from websockets.typing import Subprotocol

        from servers.chat_protocol import SUBPROTOCOL

        async with serve(self._greet, "127.0.0.1", 0, subprotocols=[Subprotocol(SUBPROTOCOL)]) as server:
            say({"ws": next(iter(server.sockets)).getsockname()[1]})
            commands = Commands()
            while not commands.ended.is_set():
                if commands.phase == "go":
                    await self._talk(commands)
                await asyncio.sleep(PACE)
            say({"sent": self._sent})

    async def _greet(self, connection: "ServerConnection") -> None:
        from servers.chat_protocol import ChatKind, ChatMessage, encode

        await connection.send(encode(ChatMessage(ChatKind.WELCOME, "Welcome.", "Ann")))
        self._clients.add(connection)
        await connection.wait_closed()
        self._clients.discard(connection)

    async def _talk(self, commands: Commands) -> None:
        from websockets.asyncio.server import broadcast

        from servers.chat_protocol import ChatKind, ChatMessage, encode, now

        started, before = time.perf_counter(), self._sent
        while commands.phase == "go":
            due = int((time.perf_counter() - started) * self._rate) - (self._sent - before)
            for number in itertools.islice(self._numbers, min(due, MOST)):
                said = f"Message {number} of many, about as long as what people write."
                broadcast(self._clients, encode(ChatMessage(ChatKind.BROADCAST, said, "Ben", now(), number)))
                self._sent += 1
            await asyncio.sleep(PACE)


def app(folder: Path, url: str, count: int, way: str) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import Application
    from desktop.event_loop import new_event_loop
    from desktop.settings import SettingsFile

    qt = QApplication(sys.argv[:1])
    application = Application(qt, SettingsFile(folder), settings(), folder)
    with asyncio.Runner(loop_factory=partial(new_event_loop, qt)) as runner:
        runner.run(_live(application, url, count, way))


async def _live(application: "object", url: str, count: int, way: str) -> None:
    from desktop.app import Application
    from desktop.chat.target import Target
    from tests.conftest import until

    assert isinstance(application, Application)
    application.tasks.spawn(application.live(), name="live")
    await until(lambda: application.workbench is not None)
    chats = application.chat.windows
    windows = [chats.new_window(Target(url, f"Ann {number}")) for number in range(count)]
    chats.tile()
    await until(lambda: all(window.link.is_open for window in windows))
    commands = Commands()
    ticker = Ticker(commands, application)
    say({"rss": resident()})
    prepared = False
    while not commands.ended.is_set():
        await asyncio.sleep(0.1)
        if not prepared and commands.phase == "flood":
            prepared = True
            for window in windows:
                _prepare(window, way)
    say(
        {
            "rss": resident(),
            "lateness": ticker.late,
            "worked": ticker.worked,
            "received": [len(model.rows) + model.gone for model in (one.pane.transcript.messages for one in windows)],
            "kept": [len(one.pane.transcript.messages.rows) for one in windows],
        }
    )


def _prepare(window: "ChatWindow", way: str) -> None:
    if way == "scrolled":
        window.pane.transcript.verticalScrollBar().setValue(0)
    elif way == "filtered":
        window.pane.filter_bar.words.setText("7 of many")
    elif way == "frames":
        window.bar.toggles["frames"].setChecked(True)


if __name__ == "__main__":
    if sys.argv[1] == "flood":
        flood(float(sys.argv[3]), int(sys.argv[4]))
    else:
        app(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5])
