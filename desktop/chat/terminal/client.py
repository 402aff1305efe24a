"""`main.py chat URL`: the course's WebSocket client, which asks for data and prints what goes to and fro."""

import asyncio
import io
import sys
from pathlib import Path

from desktop.chat.entry import Entry
from desktop.chat.session import SendFailed, Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.terminal.consoles import LINE_LIMIT, Console, Pipe, Terminal
from desktop.chat.terminal.words import line_of
from desktop.tasks import TaskSet
from servers.recorder import Recorder
from servers.signals import ASKED_TO_END, on_signals


def chat(target: Target, data_dir: Path, authority: Path) -> int:
    """Talk until either side wants the end. Returns the exit code: 0 after a clean end, 1 if none came about."""
    return asyncio.run(_chat(target, data_dir, authority))


async def _chat(target: Target, data_dir: Path, authority: Path) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for what a server says and the terminal cannot show
    # Whoever started the program may have closed either of them.
    is_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    console: Console = Terminal() if is_terminal else Pipe()
    return await TerminalClient(target, Surroundings(Recorder(), _report, data_dir / "chat", authority), console).run()


class TerminalClient:
    """One session between a console and a server."""

    def __init__(self, target: Target, surroundings: Surroundings, console: Console) -> None:
        self._console = console
        self._opened = asyncio.Event()
        self._number = 0
        self._unsent = 0
        self._is_stopped = False
        self._tasks = TaskSet(surroundings.report)
        self.session = Session(target, surroundings, on_entry=self._show, on_state=self._on_state)

    async def run(self) -> int:
        """Connect, then send each line that comes and print each message that comes, until either side ends."""
        on_signals(self._stop, (*ASKED_TO_END, "SIGHUP"))
        life = self._tasks.spawn(self.session.run(), name="the connection")
        await self._opened.wait()
        try:
            if self.session.state is State.OPEN:
                await self._send_lines()
            if self._number and not self._is_stopped:  # servers answer nothing behind a close frame
                await asyncio.wait([life], timeout=self._console.patience)
            await self.session.close()
            await asyncio.wait([life])
        finally:
            await self._tasks.close()
        closure = self.session.closure
        return 0 if closure is not None and closure.was_clean and not self._unsent else 1

    async def _send_lines(self) -> None:
        async for line in self._console.lines():
            self._number += 1
            if len(line) > LINE_LIMIT:
                self._complain(f"Line {self._number} has more than {LINE_LIMIT:,} bytes. It was not sent.")
                continue
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
            except OSError as error:
                self._complain(f"The output cannot be written: {error.strerror}.")
                self._stop()

    def _on_state(self) -> None:
        if self.session.state is not State.CONNECTING:
            self._opened.set()
        if self.session.state in (State.CLOSING, State.CLOSED):
            self._console.end()

    def _stop(self) -> None:
        self._is_stopped = True
        self._console.end()
        self._opened.set()


def _report(error: BaseException, where: str) -> None:
    print(f"{where}: {type(error).__name__}: {error}", file=sys.stderr)
