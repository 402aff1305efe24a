"""`main.py chat URL` as a program of its own, in a pipe and in a terminal, for the tests of it."""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.desktop.chat.peers import PATIENCE, until

MAIN = Path(__file__).parents[4] / "main.py"
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
ASKS_WHERE_THE_CURSOR_IS, AT_THE_TOP = b"\x1b[6n", b"\x1b[1;1R"


def command(url: str, folder: Path, name: str = "Tia") -> list[str]:
    folders = ["--config-dir", str(folder), "--data-dir", str(folder)]
    return [sys.executable, str(MAIN), "chat", url, "--name", name, *folders]


async def piped(url: str, folder: Path, typed: bytes) -> "subprocess.CompletedProcess[bytes]":
    return await asyncio.to_thread(
        subprocess.run, command(url, folder), input=typed, capture_output=True, check=False, timeout=4 * PATIENCE
    )


def lines_of(output: bytes) -> list[str]:
    return output.decode().splitlines()


async def silent(url: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """The program with an input that neither says anything nor ends."""
    with open_pipe() as source:
        return await asyncio.to_thread(
            subprocess.run,
            command(url, folder),
            stdin=source,
            capture_output=True,
            check=False,
            timeout=4 * PATIENCE,
        )


def started(url: str, folder: Path, source: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command(url, folder), stdin=source, stdout=subprocess.PIPE)


@contextlib.contextmanager
def open_pipe() -> Iterator[int]:
    """The reading end of a pipe that nobody writes to and nobody closes."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


class Terminal:
    """The program in a terminal of its own; ``seen`` is what it has shown, without the codes that move the cursor."""

    def __init__(self, url: str, folder: Path, kind: str = "xterm") -> None:
        self.master, slave = os.openpty()
        self._raw = b""
        environment = os.environ | {"TERM": kind}
        self.process = subprocess.Popen(
            command(url, folder), stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        asyncio.get_running_loop().add_reader(self.master, self._read)

    @property
    def seen(self) -> str:
        return ESCAPES.sub(b"", self._raw).replace(b"\r", b"").decode(errors="replace")

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    async def shows(self, words: str) -> None:
        await until(lambda: words in self.seen)

    async def ended(self) -> int:
        code = await asyncio.to_thread(self.process.wait, PATIENCE)
        asyncio.get_running_loop().remove_reader(self.master)
        os.close(self.master)
        return code

    def _read(self) -> None:
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the program has ended
            asyncio.get_running_loop().remove_reader(self.master)
            return
        self._raw += data
        if ASKS_WHERE_THE_CURSOR_IS in data:
            self.type(AT_THE_TOP)
