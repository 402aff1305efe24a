"""`main.py chat URL` with inputs, outputs and servers that fail: the right words and exit code, and no traceback."""

import asyncio
import contextlib
import fcntl
import os
import signal
import struct
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.chat.terminal import consoles
from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import PATIENCE, accept, app_server, raw_server, until
from tests.desktop.chat.terminal.programs import Terminal, command, lines_of, open_pipe, piped, silent
from tests.desktop.chat.wire import CHAT, TEXT, WELCOME, chat, close, frame, sends

CLOSED = "Closed by this client: 1000 (normal closure). Clean."


async def _shell(folder: Path, words: str, url: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of shell in which ``$CHAT`` is the program."""
    environment = os.environ | {"CHAT": " ".join(command(url, folder))}
    return await asyncio.to_thread(
        subprocess.run, ["sh", "-c", words], env=environment, capture_output=True, check=False, timeout=4 * PATIENCE
    )


@pytest.mark.parametrize(
    ("words", "code", "output", "errors"),
    [
        ("$CHAT <&-", 0, CLOSED, ""),
        ("echo hi | $CHAT >&-", 0, "", ""),
        ("printf '\\377\\n' | $CHAT 2>&-", 1, CLOSED, ""),
        ("echo hi | { $CHAT; echo $? >&2; } | head -1", 0, "Connected to ws://", "0\n"),
        ("{ echo one; sleep 1; echo two; } | { $CHAT; echo $? >&2; } | head -1", 0, "Connected to ws://", "0\n"),
        ("echo grüße | PYTHONIOENCODING=ascii $CHAT", 0, r"To server:   gr\xfc\xdfe", ""),
        ("echo hi | $CHAT >/dev/full", 1, "", "The output cannot be written: No space left on device."),
        ("head -c 200000 /dev/urandom | $CHAT", 1, CLOSED, " is not UTF-8. It was not sent."),
        (": | $CHAT", 0, CLOSED, ""),
    ],
)
def test_inputs_and_outputs_that_fail(
    run: Run, tmp_path: Path, words: str, code: int, output: str, errors: str
) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            done = await _shell(tmp_path, words, server.address.url)
            await until(lambda: not server.hub.clients)
        assert (done.returncode, b"Traceback" in done.stderr, b"Warning" in done.stderr) == (code, False, False)
        assert output in done.stdout.decode()
        assert errors in done.stderr.decode()
        assert errors or not done.stderr

    run(scenario(), deadline=60)


def test_a_line_without_end_is_not_kept_and_not_sent(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            done = await piped(server.address.url, tmp_path, b"a" * (consoles.LINE_LIMIT + 10) + b"\nnext\n")
        assert lines_of(done.stderr) == ["Line 1 has more than 67,108,864 bytes. It was not sent."]
        assert "From server: [echo] ECHO! next" in lines_of(done.stdout)
        assert done.returncode == 1

    run(scenario(), deadline=60)


def test_of_a_line_without_end_no_more_than_the_limit_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consoles, "LINE_LIMIT", 10)
    chunks = [b"a" * 1000, b"b" * 1000, b"b\nfine\nc" + b"c" * 20]
    monkeypatch.setattr(os, "read", lambda *_: chunks.pop(0) if chunks else b"")
    *first, last = consoles._split(0)
    assert [len(line) > 10 for line in first] == [True, False]
    assert first[1] == b"fine"
    assert last == b"c" * 11


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_close_cleanly(run: Run, tmp_path: Path, number: signal.Signals) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            with open_pipe() as source:
                child = await asyncio.to_thread(
                    subprocess.Popen,
                    command(server.address.url, tmp_path),
                    stdin=source,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
                await until(lambda: server.hub.clients)
                child.send_signal(number)
                output, errors = await asyncio.to_thread(child.communicate, timeout=PATIENCE)
        assert (child.returncode, errors) == (0, b"")
        assert lines_of(output)[-1] == CLOSED

    run(scenario(), deadline=60)


def test_a_terminal_that_is_closed_ends_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path)
            await terminal.shows("Enter some data:")
            terminal.type(b"half")
            asyncio.get_running_loop().remove_reader(terminal.master)
            os.close(terminal.master)
            terminal.process.send_signal(signal.SIGHUP)
            await asyncio.to_thread(terminal.process.wait, 2 * PATIENCE)
            await until(lambda: not server.hub.clients)

    run(scenario(), deadline=60)


def test_a_terminal_may_change_its_size(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path)
            await terminal.shows("Enter some data:")
            terminal.type(b"half ")
            for columns in (20, 200, 1, 80):
                fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
                terminal.process.send_signal(signal.SIGWINCH)
                await asyncio.sleep(0)
            terminal.type(b"a line\r")
            await terminal.shows("ECHO! half a line")
            terminal.type(b"\x04")
            assert await terminal.ended() == 0

    run(scenario(), deadline=60)


@pytest.mark.parametrize("ends", [lambda writer: writer.transport.abort(), lambda writer: writer.write(b"\x83\x00")])
def test_a_server_that_breaks_off(run: Run, tmp_path: Path, ends: Callable[[asyncio.StreamWriter], None]) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await reader.read(1)
        ends(writer)
        with contextlib.suppress(ConnectionError):
            await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url:
            done = await piped(url, tmp_path, b"one\n" * 1000)
        assert done.returncode == 1
        assert lines_of(done.stdout)[-1].endswith("Not clean (1006).")
        assert b"Traceback" not in done.stderr

    run(scenario(), deadline=60)


def test_nothing_that_a_server_sends_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;title\x07\x1b[2J\u202e\r\n\x9b31m"
    frames = [WELCOME, chat("broadcast", evil, sender=evil), frame(TEXT, evil.encode()), close(4000, evil.encode())]

    async def scenario() -> None:
        async with raw_server(sends(frames, CHAT)) as url:
            done = await silent(url, tmp_path)
        assert len(lines_of(done.stdout)) == 5
        assert all(line.isprintable() for line in lines_of(done.stdout))

    run(scenario(), deadline=60)
