"""`main.py chat URL` as a program of its own, in a pipe and in a terminal."""

import asyncio
import signal
from pathlib import Path

import pytest

from servers.settings import Mode
from tests.conftest import Run
from tests.desktop.chat.peers import PATIENCE, Client, accept, app_server, raw_server, until
from tests.desktop.chat.terminal.programs import Terminal, lines_of, open_pipe, piped, silent, started


def test_a_pipe_sends_each_line_and_gets_every_answer(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            url = server.address.url
            done = await piped(url, tmp_path, "hello\nwörld".encode())
        lines = lines_of(done.stdout)
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
            done = await piped(server.address.url, tmp_path, "\n".join(texts).encode())
        answers = [line.removeprefix("From server: [echo] ECHO! ") for line in lines_of(done.stdout) if "ECHO!" in line]
        assert done.returncode == 0
        assert answers == texts

    run(scenario())


def test_what_is_not_utf8_is_said_and_the_rest_is_sent(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            done = await piped(server.address.url, tmp_path, b"\xff\xfe\nfine\n")
        assert done.returncode == 1
        assert lines_of(done.stderr) == ["Line 1 is not UTF-8. It was not sent."]
        assert "From server: [echo] ECHO! fine" in lines_of(done.stdout)

    run(scenario())


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1", "http://localhost"])
def test_no_connection_is_a_sentence_and_an_exit_code(run: Run, tmp_path: Path, url: str) -> None:
    async def scenario() -> None:
        done = await piped(url, tmp_path, b"lost\n")
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
            done = await silent(url, tmp_path)
        assert lines_of(done.stdout)[-1] == "Closed by the server: 4000, reason “bye”. Clean."

    run(scenario())


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


@pytest.mark.parametrize("kind", ["xterm", "dumb"])
def test_ctrl_d_ends_it_at_any_moment_of_a_flood(run: Run, tmp_path: Path, kind: str) -> None:
    async def scenario() -> None:
        async with app_server(Mode.ECHO) as server:
            assert server.address
            terminal = Terminal(server.address.url, tmp_path, kind)
            await terminal.shows("Enter some data:")
            for number in range(40):
                terminal.type(b"%d\r" % number)
            await terminal.shows("From server: [echo] ECHO! 0")
            terminal.type(b"\x04")
            assert await terminal.ended() == 0
        assert "To server:   39" in terminal.seen

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
            with open_pipe() as source:
                child = started(server.address.url, tmp_path, source)
                await until(lambda: server.hub.clients)
                child.send_signal(signal.SIGTERM)
                output, _ = await asyncio.to_thread(child.communicate, timeout=PATIENCE)
        assert child.returncode == 0
        assert lines_of(output)[-1] == "Closed by this client: 1000 (normal closure). Clean."

    run(scenario())
