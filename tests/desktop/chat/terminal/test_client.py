"""`main.py chat URL` as a program of its own, in a pipe and in a terminal."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import PATIENCE, Client, accept, app_server, raw_server, until

MAIN = Path(__file__).parents[4] / "main.py"
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
ASKS_WHERE_THE_CURSOR_IS, AT_THE_TOP = b"\x1b[6n", b"\x1b[1;1R"


def _command(url: str, folder: Path, name: str = "Tia") -> list[str]:
    folders = ["--config-dir", str(folder), "--data-dir", str(folder)]
    return [sys.executable, str(MAIN), "chat", url, "--name", name, *folders]


async def _piped(url: str, folder: Path, typed: bytes) -> "subprocess.CompletedProcess[bytes]":
    return await asyncio.to_thread(
        subprocess.run, _command(url, folder), input=typed, capture_output=True, check=False, timeout=4 * PATIENCE
    )


def _lines(output: bytes) -> list[str]:
    return output.decode().splitlines()


def test_a_pipe_sends_each_line_and_gets_every_answer(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            url = server.address.url
            done = await _piped(url, tmp_path, "hello\nwörld".encode())
        lines = _lines(done.stdout)
        assert (done.returncode, done.stderr) == (0, b"")
        assert lines[0] == f"Connected to {url} (portside.chat.v1)."
        for text in ("hello", "wörld"):
            assert f"To server:   {text}" in lines
            assert f"From server: [broadcast from Tia (you)] {text}" in lines
            assert f"From server: [special reply to you] {text}" in lines
        assert lines[-1] == "Closed by this client: 1000 (normal closure). Clean."

    run(scenario())


def test_many_lines_arrive_in_order(run: Run, tmp_path: Path) -> None:
    texts = [f"line {number}" for number in range(500)]

    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            done = await _piped(server.address.url, tmp_path, "\n".join(texts).encode())
        answers = [line.removeprefix("From server: [echo] ECHO! ") for line in _lines(done.stdout) if "ECHO!" in line]
        assert done.returncode == 0
        assert answers == texts

    run(scenario())


def test_what_is_not_utf8_is_said_and_the_rest_is_sent(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            done = await _piped(server.address.url, tmp_path, b"\xff\xfe\nfine\n")
        assert done.returncode == 1
        assert _lines(done.stderr) == ["Line 1 is not UTF-8. It was not sent."]
        assert "From server: [echo] ECHO! fine" in _lines(done.stdout)

    run(scenario())


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "http://localhost"])
def test_no_connection_is_a_sentence_and_an_exit_code(run: Run, tmp_path: Path, url: str) -> None:
    async def scenario() -> None:
        done = await _piped(url, tmp_path, b"lost\n")
        assert done.returncode == 1
        assert any(words in done.stdout for words in (b"Nothing answers on", b"is not a WebSocket URL"))

    run(scenario())


def test_it_ends_with_the_server_though_its_input_goes_on(run: Run, tmp_path: Path) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(b"\x88\x05\x0f\xa0bye")
        await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            with _open_pipe() as source:
                done = await asyncio.to_thread(
                    subprocess.run,
                    _command(url, tmp_path),
                    stdin=source,
                    capture_output=True,
                    check=False,
                    timeout=4 * PATIENCE,
                )
        assert _lines(done.stdout)[-1] == "Closed by the server: 4000, reason “bye”. Clean."

    run(scenario())


def _start(url: str, folder: Path, source: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(_command(url, folder), stdin=source, stdout=subprocess.PIPE)


@contextlib.contextmanager
def _open_pipe() -> Iterator[int]:
    """The reading end of a pipe that nobody writes to and nobody closes."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


class Terminal:
    """The program in a terminal of its own; ``seen`` is what it has shown, without the codes that move the cursor."""

    def __init__(self, url: str, folder: Path) -> None:
        self.master, slave = os.openpty()
        self._raw = b""
        environment = os.environ | {"TERM": "xterm"}
        self.process = subprocess.Popen(
            _command(url, folder), stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
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


def test_typing_is_not_broken_up_by_what_arrives(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path)
            await terminal.shows("Enter some data:")
            terminal.type(b"half ty")
            await terminal.shows("half ty")
            ben = await Client(server.address.url, "Ben").opened()
            await ben.session.send("meanwhile")
            await terminal.shows("From server: [broadcast from Ben] meanwhile\n")
            terminal.type(b"ped\r")
            await terminal.shows("From server: [special reply to you] half typed")
            await ben.session.leave()
            await ben.ended()
            terminal.type(b"\x04")
            assert await terminal.ended() == 0
            assert "Closed by this client: 1000 (normal closure). Clean." in terminal.seen

    run(scenario())


def test_ctrl_c_closes_cleanly(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path)
            await terminal.shows("Enter some data:")
            terminal.type(b"\x03")
            assert await terminal.ended() == 0
            await until(lambda: not server.hub.clients)
        assert "1000 (normal closure). Clean." in terminal.seen

    run(scenario())


def test_what_was_being_typed_is_shown_when_the_server_ends(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path)
            await terminal.shows("Enter some data:")
            terminal.type(b"precious")
            await terminal.shows("precious")
        assert await terminal.ended() == 0
        assert "Not sent: precious" in terminal.seen
        assert "Closed by the server: 1001 (going away). Clean." in terminal.seen

    run(scenario())


def test_a_signal_closes_cleanly(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            with _open_pipe() as source:
                child = _start(server.address.url, tmp_path, source)
                await until(lambda: server.hub.clients)
                child.send_signal(signal.SIGTERM)
                output, _ = await asyncio.to_thread(child.communicate, timeout=PATIENCE)
        assert child.returncode == 0
        assert _lines(output)[-1] == "Closed by this client: 1000 (normal closure). Clean."

    run(scenario())
