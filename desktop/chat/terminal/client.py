"""`main.py chat URL`: the course's WebSocket client, which asks for data and prints what goes to and fro."""

import asyncio
import signal
import sys
from pathlib import Path

from desktop.chat.entry import Entry
from desktop.chat.session import SendFailed, Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.terminal.consoles import Console, Pipe, Terminal
from desktop.chat.terminal.words import line_of
from desktop.tasks import TaskSet
from servers.recorder import Recorder


def chat(target: Target, data_dir: Path, authority: Path) -> int:
    """Talk until either side wants the end. Returns the exit code: 0 after a clean end, 1 if none came about."""
    return asyncio.run(_chat(target, data_dir, authority))


async def _chat(target: Target, data_dir: Path, authority: Path) -> int:
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    console: Console = Terminal() if is_terminal else Pipe()
    return await TerminalClient(target, Surroundings(Recorder(), _report, data_dir / "chat", authority), console).run()


class TerminalClient:
    """One session between a console and a server."""

    def __init__(self, target: Target, surroundings: Surroundings, console: Console) -> None:
        self._console = console
        self._opened = asyncio.Event()
        self._number = 0
        self._unsent = 0
        self._tasks = TaskSet(surroundings.report)
        self.session = Session(target, surroundings, on_entry=self._show, on_state=self._on_state)

    async def run(self) -> int:
        """Connect, then send each line that comes and print each message that comes, until either side ends."""
        self._listen_to_signals()
        life = self._tasks.spawn(self.session.run(), name="the connection")
        await self._opened.wait()
        try:
            if self.session.state is State.OPEN:
                await self._send_lines()
            await self.session.close()
            await asyncio.wait([life])
        finally:
            await self._tasks.close()
        closure = self.session.closure
        return 0 if closure is not None and closure.was_clean and not self._unsent else 1

    async def _send_lines(self) -> None:
        async for line in self._console.lines():
            self._number += 1
            try:
                await self.session.send(line.decode())
            except UnicodeDecodeError:
                self._complain(f"Line {self._number} is not UTF-8. It was not sent.")
            except SendFailed as failure:
                self._complain(str(failure))

    def _complain(self, sentence: str) -> None:
        self._unsent += 1
        print(sentence, file=sys.stderr, flush=True)

    def _show(self, entry: Entry) -> None:
        if line := line_of(entry, speaks_chat=self.session.speaks_chat):
            try:
                self._console.show(line)
            except BrokenPipeError:  # whoever read the output has gone
                self._stop()

    def _on_state(self) -> None:
        if self.session.state is not State.CONNECTING:
            self._opened.set()
        if self.session.state in (State.CLOSING, State.CLOSED):
            self._console.end()

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, self._stop)
            except NotImplementedError:  # Windows: asyncio has no signal handlers there
                return

    def _stop(self) -> None:
        self._console.end()
        self._opened.set()


def _report(error: BaseException, where: str) -> None:
    print(f"{where}: {type(error).__name__}: {error}", file=sys.stderr)
