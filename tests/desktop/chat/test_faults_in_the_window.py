"""Faults of servers and networks in a real chat window: each ends as stated, nothing typed is lost, nothing left."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from desktop.chat import session
from desktop.chat.connecting import backoff, opening
from desktop.chat.entry import EntryKind
from desktop.chat.outgoing import Outgoing
from desktop.chat.session import State
from desktop.chat.target import HeaderRow
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import accept, raw_server, until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import entries, opened, said, say, staged, state, tell, typed, write
from tests.desktop.chat.wire import BINARY, CLOSE, RSV2, TEXT, close, frame, reset
from tests.serving import MAIN

CUT = "The connection was cut without a close frame. Not clean (1006)."
OPTIONS: dict[str, object] = {"name": "Ann", "headers": (HeaderRow("X-A", "1"),), "compression": False}
SERIES = {"source": "LIST", "count": 77, "interval": 2.5, "list": "one\ntwo"}


def sockets_to(url: str) -> list[object]:
    """The connections of this process to a server that are not closed."""
    port = int(url.rpartition(":")[2])
    own = psutil.Process().net_connections("tcp")
    return [one for one in own if one.raddr and one.raddr.port == port and one.status == psutil.CONN_ESTABLISHED]


async def typing_in(window: ChatWindow) -> dict[str, object]:
    """Leave something in every place in which a person types; returns all of it."""
    await tell(window, "said before")
    window.restore(window.kept() | {"repeat": SERIES})
    write(window, "half a thou")
    return window.kept()


async def ended(window: ChatWindow, kept: dict[str, object], url: str) -> str:
    """Wait for the end of the connection, which is said in both places; returns the words."""
    await until(lambda: state(window) is State.CLOSED and not window.is_open)
    assert window.session
    assert said(window) == window.session.outcome
    assert entries(window)[-1].kind is EntryKind.CLOSE
    assert entries(window)[-1].text == window.session.outcome
    assert window.kept() == kept
    assert not sockets_to(url)
    assert window.bar.button.isEnabled()
    say(window, "ght")
    assert typed(window) == "half a thought"
    assert "Not sent" in window.box.line.text()
    return said(window)


Bad = Callable[[asyncio.StreamWriter], None]


def _writes(data: bytes) -> Bad:
    return lambda writer: writer.write(data)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (reset, CUT),
        (lambda writer: writer.write_eof(), CUT),
        (_writes(close(1011, b"oops")), "Closed by the server: 1011 (unexpected condition), reason “oops”. Clean."),
        (_writes(frame(CLOSE, b"")), "Closed by the server: 1005 (no code given). Clean."),
        (_writes(frame(TEXT, b"\xff")), "Closed by this client: 1007 (text is not UTF-8)"),
        (_writes(frame(TEXT, b"x", rsv=RSV2)), "Closed by this client: 1002 (protocol error)"),
        (_writes(b"\x82\x7f" + (1 << 40).to_bytes(8)), "Closed by this client: 1009 (message too big)"),
        (lambda writer: None, "The server did not answer a ping in time, so the connection was given up."),
    ],
)
def test_every_end_is_stated_and_nothing_typed_is_lost(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Bad, words: str
) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.05)
    if "ping" in words:
        monkeypatch.setattr(opening, "PING_INTERVAL", 0.2)
        monkeypatch.setattr(opening, "PING_TIMEOUT", 0.2)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await broken.wait()
        with contextlib.suppress(ConnectionError):
            fault(writer)
            await gone.wait()

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            ann = await stage.open(**OPTIONS)
            kept = await typing_in(ann)
            broken.set()
            assert (await ended(ann, kept, url)).startswith(words)
            gone.set()

    broken, gone = asyncio.Event(), asyncio.Event()
    run(scenario())


@asynccontextmanager
async def child_server(folder: Path, port: int = 0) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """The application's server in a process of its own, and its port."""
    folders = ("--config-dir", str(folder / "config"), "--data-dir", str(folder / "data"))
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(MAIN), "serve", "ws", "--ws-port", str(port), *folders, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout
    try:
        while b"Started" not in (line := await child.stdout.readline()):
            assert line
        yield child, int(line.decode().rpartition(":")[2].split()[0].strip("/."))
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.communicate()


def test_a_killed_server_is_found_again_when_it_is_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "FIRST", 0.01)
    monkeypatch.setattr(backoff, "CEILING", 0.05)

    async def scenario() -> None:
        async with child_server(tmp_path) as (child, port), staged(f"ws://127.0.0.1:{port}", tmp_path) as stage:
            ann = await stage.open(reconnect=True, **OPTIONS)
            kept = await typing_in(ann)
            child.send_signal(signal.SIGKILL)
            await until(lambda: entries(ann, EntryKind.ERROR))
            assert entries(ann, EntryKind.CLOSE)[0].text == CUT
            assert "Nothing answers" in entries(ann, EntryKind.ERROR)[0].text
            assert ann.kept() == kept
            say(ann, "ght")
            assert typed(ann) == "half a thought"
            async with child_server(tmp_path, port):
                await opened(ann)
                await until(lambda: len(entries(ann, EntryKind.JOIN)) == 2)
                assert typed(ann) == "half a thought"
                assert [entry.text for entry in entries(ann, EntryKind.OWN)] == ["said before"]
                say(ann, "")
                await until(lambda: not typed(ann))
                assert ann.box.history == (Outgoing("said before"), Outgoing("half a thought"))

    run(scenario(), deadline=60)


@pytest.mark.parametrize("frames_are_shown", [True, False])
def test_a_flood_leaves_the_window_alive_and_is_held_back(run: Run, tmp_path: Path, frames_are_shown: bool) -> None:
    sent = 0
    flood = b"".join(frame(TEXT, b"message %d" % number) for number in range(5000))

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await accept(reader, writer)
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(flood)
                await writer.drain()
                sent += 5000

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            window = stage.windows.new_window()
            await until(lambda: state(window) is State.OPEN)
            window.bar.toggles["frames"].setChecked(frames_are_shown)
            await until(lambda: window.pane.messages.kept > 5000)
            write(window, "answered in the middle of it")
            assert typed(window) == "answered in the middle of it"
            shown = window.pane.messages.kept + window.pane.messages.gone
            assert sent - shown < 500_000  # of some bytes each, they are in the buffers of two sockets
            window.hang_up()
            await until(lambda: state(window) is State.CLOSED)
            assert "Closed by this client: 1000" in said(window)

    run(scenario(), deadline=60)


@pytest.mark.parametrize("is_text", [True, False])
def test_messages_of_64_mb_come_and_go(run: Run, tmp_path: Path, is_text: bool) -> None:
    size = 64 << 20
    opcode = TEXT if is_text else BINARY

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        writer.write(frame(opcode, b"x" * size))
        await reader.readexactly(14 + size)
        writer.write(frame(opcode, b"x" * (size + 1)))
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            await reader.read()

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            ann = await stage.open(**OPTIONS)
            await until(lambda: entries(ann, EntryKind.PLAIN if is_text else EntryKind.BINARY))
            assert ann.session
            await ann.session.send("x" * size if is_text else bytes(size))
            await until(lambda: state(ann) is State.CLOSED)
            assert "1009 (message too big)" in said(ann)
            assert sum(entry.weight for entry in entries(ann)) < 3 * size

    run(scenario(), deadline=60)


def test_a_file_that_is_too_large_is_refused_in_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate((64 << 20) + 1)

    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            ann.box.content.given.emit([str(path)])
            ann.box.controls.send.click()
            await until(lambda: "A message may have 67,108,864" in ann.box.line.text())
            assert ann.box.outgoing().text == str(path)
            assert state(ann) is State.OPEN
            assert receiver.got == []

    run(scenario())
