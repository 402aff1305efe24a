"""Tests of the servers without a window, as real processes of `main.py serve`."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import pytest
from websockets.asyncio.client import connect

from servers.exchange import BODY_CAP, Direction, Kind, Message
from servers.headless import _message_line
from servers.listening import listen
from tests.conftest import Run
from tests.servers.samples import exchange
from tests.servers.wire import ask

ROOT = Path(__file__).parent.parent.parent
PORTS = ["--http-port", "0", "--rest-port", "0", "--ws-port", "0"]


def _command(tmp_path: Path, *arguments: str) -> list[str]:
    directories = ["--config-dir", str(tmp_path / "config"), "--data-dir", str(tmp_path / "data")]
    return [sys.executable, str(ROOT / "main.py"), "serve", *arguments, *directories]


class Child:
    """A running `serve`, what it has printed, and the ports that it has printed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self.ports: list[int] = []

    async def line(self, beginning: str) -> str:
        """The next line of the output that begins so."""
        assert self.process.stdout
        while True:
            line = (await self.process.stdout.readline()).decode()
            assert line, f"no line begins with {beginning!r}: {self.lines}"
            self.lines.append(line.rstrip("\n"))
            if line.startswith(beginning):
                return self.lines[-1]

    async def started(self) -> None:
        await self.line("Press Ctrl+C")
        self.ports = [int(line.rsplit(":", 1)[1]) for line in self.lines if line.startswith("Started ")]

    async def end(self, number: signal.Signals) -> tuple[int | None, list[str], str]:
        """Send a signal; the exit code, the lines since, and what is on stderr."""
        self.process.send_signal(number)
        out, err = await self.process.communicate()
        return self.process.returncode, out.decode().splitlines(), err.decode()


@asynccontextmanager
async def serving(tmp_path: Path, *arguments: str, **environment: str) -> AsyncIterator[Child]:
    process = await asyncio.create_subprocess_exec(
        *_command(tmp_path, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )
    child = Child(process)
    try:
        await child.started()
        yield child
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_that_it_started_serves_and_says_that_it_shuts_down(
    run: Run, tmp_path: Path, number: signal.Signals
) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, *PORTS) as child:
            http, rest, ws = child.ports
            assert child.lines == [
                f"Started HTTP server at http://localhost:{http}",
                f"Started REST server at http://localhost:{rest}",
                f"Started WebSocket server at ws://localhost:{ws}",
                "Serving the bundled sites",
                "Serving Sample data: /teams, /players",
                "Press Ctrl+C to stop.",
            ]
            assert (await ask(http, "GET", "/Breakout/index.html")).status == 200
            assert await child.line("HTTP") == "HTTP: GET /Breakout/index.html 200 OK"
            assert (await ask(rest, "GET", "/players")).status == 200
            assert await child.line("REST") == "REST: GET /players 200 OK"
            code, lines, errors = await child.end(number)
            assert (code, errors) == (0, "")
            assert lines == [f"Shutting down the {title} server" for title in ("HTTP", "REST", "WebSocket")]
            for port in child.ports:
                for sock in listen("localhost", port):
                    sock.close()

    run(scenario())


def test_the_lines_of_the_course_for_each_message(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, "ws", *PORTS, "--ws-mode", "echo") as child:
            async with connect(f"ws://localhost:{child.ports[0]}", proxy=None) as client:
                await client.send("hé 🙂")
                assert await client.recv() == "ECHO! hé 🙂"
                await client.send("\x1b[31m\n\u202e")
                await client.recv()
                await client.send(b"\x00\x01")
                assert await client.recv() == b"\x00\x01"
            code, lines, errors = await child.end(signal.SIGTERM)
            assert (code, errors) == (0, "")
            assert lines == [
                "WebSocket: GET / 101 Switching Protocols",
                "From client: hé 🙂",
                "To client:   ECHO! hé 🙂",
                "From client: \\x1b[31m\\n\\u202e",
                "To client:   ECHO! \\x1b[31m\\n\\u202e",
                "From client: (2 bytes)",
                "To client:   (2 bytes)",
                "Shutting down the WebSocket server",
            ]

    run(scenario())


def test_an_output_that_lacks_characters_ends_no_conversation(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, "ws", *PORTS, "--ws-mode", "echo", PYTHONIOENCODING="ascii") as child:
            async with connect(f"ws://localhost:{child.ports[0]}", proxy=None) as client:
                await client.send("é🙂")
                assert await client.recv() == "ECHO! é🙂"
            assert await child.line("From") == "From client: \\xe9\\U0001f642"
            assert (await child.end(signal.SIGTERM))[0] == 0

    run(scenario())


@pytest.mark.parametrize(("name", "title"), [("http", "HTTP"), ("rest", "REST"), ("ws", "WebSocket")])
def test_one_server_alone(run: Run, tmp_path: Path, name: str, title: str) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, name, *PORTS) as child:
            began = [line.split(" server")[0] for line in child.lines if not line.startswith("Serving")]
            assert began == [f"Started {title}", "Press Ctrl+C to stop."]
            assert (await child.end(signal.SIGINT))[0] == 0

    run(scenario())


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    sockets = listen("localhost", 0)
    port = str(sockets[0].getsockname()[1])
    command = _command(tmp_path, "http", "rest", *PORTS, "--rest-port", port)
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    for sock in sockets:
        sock.close()
    assert done.returncode == 1
    assert done.stderr.startswith(f"The REST server cannot start: Port {port} is already in use by ")
    assert done.stderr.count("\n") == 1
    assert done.stdout.splitlines()[-1] == "Shutting down the HTTP server"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "nowhere.invalid"], "The HTTP server cannot start: “nowhere.invalid” is not an address of this"),
        (["--host", "192.0.2.1"], "The HTTP server cannot start: 192.0.2.1 is not an address of this computer."),
    ],
)
def test_a_host_that_is_not_ours_is_a_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    command = _command(tmp_path, "http", *PORTS, *arguments)
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1


def test_nobody_reading_the_output_does_not_end_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        read_end, write_end = os.pipe()
        process = await asyncio.create_subprocess_exec(
            *_command(tmp_path, "http", *PORTS), stdout=write_end, stderr=subprocess.PIPE
        )
        os.close(write_end)
        loop = asyncio.get_running_loop()
        with os.fdopen(read_end) as output:
            port = int((await loop.run_in_executor(None, output.readline)).rsplit(":", 1)[1])
        for _ in range(3):
            assert (await ask(port, "GET", "/x.zzz")).status == 200
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")

    run(scenario())


def test_a_full_disk_under_the_output_does_not_end_it(run: Run, tmp_path: Path) -> None:
    sockets = listen("localhost", 0)
    port = sockets[0].getsockname()[1]
    for sock in sockets:
        sock.close()

    async def scenario(full: IO[bytes]) -> None:
        process = await asyncio.create_subprocess_exec(
            *_command(tmp_path, "http", "--http-port", str(port)), stdout=full, stderr=subprocess.PIPE
        )
        await _until_it_listens(port)
        assert (await ask(port, "GET", "/x.zzz")).status == 200
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")

    with Path("/dev/full").open("wb") as full:
        run(scenario(full))


async def _until_it_listens(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            await writer.wait_closed()
            return


def test_nothing_of_qt_is_loaded(tmp_path: Path) -> None:
    program = (
        "import asyncio, os, signal, sys, threading\n"
        "import main, servers.headless as headless\n"
        "say = headless._say\n"
        "def stop_when_started(line):\n"
        "    say(line)\n"
        "    if line.startswith('Press'): os.kill(os.getpid(), signal.SIGTERM)\n"
        "headless._say = stop_when_started\n"
        "code = main.main(sys.argv[1:])\n"
        "qt = [name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'qasync', 'qtawesome')]\n"
        "print(code, qt)\n"
    )
    arguments = _command(tmp_path, *PORTS)[2:]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=30, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert done.stderr == ""


@pytest.mark.parametrize("size", [BODY_CAP, BODY_CAP + 10])
def test_a_long_message_is_shown_as_far_as_it_is_kept(size: int) -> None:
    message = Message(exchange(), Direction.SENT, Kind.TEXT, b"x" * BODY_CAP, size, 1)
    more = f" … ({size} bytes)" if size > BODY_CAP else ""
    assert _message_line(message) == f"To client:   {'x' * BODY_CAP}{more}"
