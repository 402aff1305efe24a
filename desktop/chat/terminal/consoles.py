"""Where the terminal client's lines come from and go to: a terminal with an editable line, or a pipe."""

import asyncio
import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Protocol

PROMPT = "Enter some data: "

_CHUNK = 65536
_AHEAD = 64
"""Lines that are read before they are sent."""

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes that a line may have; of a longer one no more than one byte beyond is read into memory."""


class Console(Protocol):
    """Gives the lines that are typed, and prints others."""

    patience: float
    """Seconds that the answers to the last line may take, where the input ends behind it."""

    def lines(self) -> AsyncIterator[bytes]:
        """The lines, without their ends, until the input ends, the user wants the end, or ``end`` is called."""

    def show(self, line: str) -> None:
        """Print a line; what is being typed stays whole."""

    def end(self) -> None:
        """Ask for no more."""


class Terminal:
    """A person's terminal: what arrives is printed above the line that is being typed; Up finds earlier lines."""

    patience = 0.0

    def __init__(self) -> None:
        from prompt_toolkit import PromptSession

        from desktop.chat.terminal.keyboard import keyboard

        self._prompt: PromptSession[str] = PromptSession(PROMPT, input=keyboard(), reserve_space_for_menu=0)
        self._over = False

    async def lines(self) -> AsyncIterator[bytes]:
        from prompt_toolkit.patch_stdout import patch_stdout

        from desktop.chat.terminal.keyboard import keys_wait

        with keys_wait(), patch_stdout(), contextlib.suppress(EOFError, KeyboardInterrupt):
            while not self._over:
                line = await self._prompt.prompt_async()
                if line:
                    yield line.encode("utf-8", "surrogateescape")

    def show(self, line: str) -> None:
        print(line, flush=True)

    def end(self) -> None:
        self._over = True
        if self._prompt.app.is_running:
            if typed := self._prompt.default_buffer.text:
                self.show(f"Not sent: {typed}")
            self._prompt.app.exit(exception=EOFError)


class Pipe:
    """Standard input and output that are no terminal."""

    patience = 0.5

    def __init__(self, source: int | None = None) -> None:
        self._source = sys.stdin.fileno() if source is None and sys.stdin is not None else source
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._loop = asyncio.get_running_loop()

    async def lines(self) -> AsyncIterator[bytes]:
        # Reading cannot be interrupted: a thread that nobody waits for does it, and not through sys.stdin, whose lock
        # it would hold while Python ends.
        threading.Thread(target=self._read, name="standard input", daemon=True).start()
        while (line := await self._lines.get()) is not None:
            self._room.release()
            yield line

    def show(self, line: str) -> None:
        print(line, flush=True)

    def end(self) -> None:
        while not self._lines.empty():
            self._lines.get_nowait()
        self._lines.put_nowait(None)

    def _read(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            with contextlib.suppress(OSError):  # whoever gave the input is gone: it ends
                for line in _split(self._source) if self._source is not None else ():
                    self._room.acquire()
                    self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
            self._loop.call_soon_threadsafe(self._lines.put_nowait, None)


def _split(source: int) -> Iterator[bytes]:
    rest = bytearray()
    while chunk := os.read(source, _CHUNK):
        rest += chunk
        if b"\n" in chunk:
            *lines, last = rest.split(b"\n")
            yield from (bytes(line.removesuffix(b"\r")) for line in lines)
            rest = last
        del rest[LINE_LIMIT + 1 :]
    if rest:
        yield bytes(rest)
