"""How the connection of a chat window ends: stopped servers, close codes, and windows closed in every state."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import shortcuts
from desktop.chat.connecting import backoff
from desktop.chat.entry import EntryKind
from desktop.chat.keeping import keeper
from desktop.chat.session import State
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import Script, accept, raw_server, until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import (
    Stage,
    chatting,
    click,
    entries,
    press,
    said,
    say,
    staged,
    state,
    submit,
    tasks,
    toggle,
    typed,
    use_shortcut,
    write,
)


@pytest.fixture(autouse=True)
def _soon_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps the windows ends by itself, but only when it looks at them next."""
    monkeypatch.setattr(keeper, "INTERVAL", 0.01)


async def silent(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Never answers the handshake."""
    await asyncio.Event().wait()


async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Never reads, so that it answers no close either."""
    await accept(reader, writer)
    await asyncio.Event().wait()


def test_a_stopped_server_is_said_and_typed_text_stays(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open()
            await server.stop()
            await until(lambda: state(ann) is State.CLOSED and entries(ann, EntryKind.CLOSE))
            assert "1001 (going away)" in said(ann)
            write(ann, "still here")
            click(ann.box.controls.send)
            assert typed(ann) == "still here"
            assert "Not sent" in ann.box.line.text()
            click(ann.bar.button)
            await until(lambda: entries(ann, EntryKind.ERROR))
            assert "Start the WebSocket server" in said(ann)
            assert ann.bar.button.text() == "Connect"
            await server.start()
            assert server.address
            ann.bar.focus_url()
            QTest.keyClicks(ann.bar.url, server.address.url)
            press(ann.bar.url, Qt.Key.Key_Return)
            await until(lambda: state(ann) is State.OPEN)
            submit(ann)
            await until(lambda: entries(ann, EntryKind.REPLY))
            assert typed(ann) == ""

    run(scenario())


def test_code_and_reason_are_sent_and_wrong_ones_are_explained(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann = await stage.open()
            row = ann.close_row
            assert not row.isVisible()
            await toggle(ann, "close")
            assert row.isVisible()
            row.code.setFocus()
            row.code.line.selectAll()
            QTest.keyClicks(row.code.line, "2000")
            click(row.button)
            assert "3000 to 4999" in row.about.text()
            assert state(ann) is State.OPEN
            press(row.code, Qt.Key.Key_Down)
            QTest.keyClicks(row.reason, "lunch")
            click(row.button)
            await until(lambda: state(ann) is State.CLOSED)
            assert ann.state_text == "Closed by this client: 3000, reason “lunch”. Clean."
            assert not row.isEnabled()

    run(scenario())


def test_the_code_and_reason_of_the_server_are_seen(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open()
            assert server.hub.close(next(iter(server.hub.clients)), 4001, "bye <b>")
            await until(lambda: state(ann) is State.CLOSED)
            assert said(ann) == "Closed by the server: 4001, reason “bye <b>”. Clean."
            await until(lambda: entries(ann, EntryKind.CLOSE))

    run(scenario())


@pytest.mark.parametrize("end", ["window", "connection"])
def test_a_send_that_waits_for_a_server_that_does_not_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("desktop.chat.session.CLOSE_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await ended.wait()
        writer.transport.abort()

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            ann = await stage.open()
            assert ann.session
            await ann.session.send(bytes(9_000_000))
            say(ann, "waits")
            press(ann.box.content.editor, Qt.Key.Key_Return)
            assert "still being sent" in ann.box.line.text()
            assert typed(ann) == "waits"
            if end == "window":
                ann.close()
            else:
                ended.set()
                await until(lambda: "nothing was sent" in ann.box.line.text())
                assert typed(ann) == "waits"
                await until(lambda: state(ann) is State.CLOSED)

    ended = asyncio.Event()
    run(scenario())


async def connecting(_: Stage, window: ChatWindow) -> None:
    await until(lambda: state(window) is State.CONNECTING)


async def waiting(_: Stage, window: ChatWindow) -> None:
    await until(lambda: window.link.waiting)


async def closing(_: Stage, window: ChatWindow) -> None:
    await until(lambda: state(window) is State.OPEN)
    click(window.bar.button)
    await until(lambda: state(window) is State.CLOSING)


async def closed(_: Stage, window: ChatWindow) -> None:
    await until(lambda: window.session is not None and window.session.failed)


async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(
    ("script", "reached"),
    [(silent, connecting), (refuse, waiting), (deaf, closing), (refuse, closed)],
    ids=["connecting", "waiting", "closing", "failed"],
)
def test_a_window_closed_without_a_connection_leaves_no_task(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: Script,
    reached: Callable[[Stage, ChatWindow], Awaitable[None]],
) -> None:
    monkeypatch.setattr("desktop.chat.session.CLOSE_TIMEOUT", 0.05)
    monkeypatch.setattr(backoff, "FIRST", 1000.0)
    monkeypatch.setattr(backoff, "CEILING", 1000.0)

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            window = stage.windows.new_window()
            window.options.boxes()["reconnect"].setChecked(reached is waiting)
            await reached(stage, window)
            assert tasks()
            window.close()
            assert stage.windows.open == []
            await until(lambda: not tasks())

    run(scenario())


def test_a_window_closed_before_it_could_connect_is_no_trouble(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            stage.windows.new_window().close()
            ann = await stage.open()
            say(ann, "bye")
            ann.close()
            assert stage.windows.open == []
            await until(lambda: not server.hub.clients)

    run(scenario())


async def idle(_: ChatWindow) -> None:
    """Nothing happens."""


async def sending(window: ChatWindow) -> None:
    say(window, "bye")


async def repeating(window: ChatWindow) -> None:
    await toggle(window, "repeat")
    write(window, "again")
    window.repeat.choice.count.setValue(0)
    window.repeat.choice.interval.setValue(0)
    click(window.repeat.button)
    await until(lambda: entries(window, EntryKind.OWN))


async def looking(window: ChatWindow) -> None:
    click(window.state_bar.handshake)
    await toggle(window, "frames")
    await toggle(window, "people")


@pytest.mark.parametrize("busy", [idle, sending, repeating, looking])
def test_a_window_that_is_closed_tells_the_server_with_1001(
    run: Run, tmp_path: Path, busy: Callable[[ChatWindow], Awaitable[None]]
) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            window = await stage.open()
            await until(lambda: receiver.connections)
            await busy(window)
            await use_shortcut(window, shortcuts.CLOSE_WINDOW)
            assert stage.windows.open == []
            await until(lambda: receiver.codes)
            assert receiver.codes == [1001]
            await until(lambda: not tasks())

    run(scenario())


def test_the_program_that_ends_closes_all_with_1001(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            for _ in range(3):
                await stage.open()
            await until(lambda: len(receiver.connections) == 3)
            await stage.windows.close()
            await until(lambda: len(receiver.codes) == 3)
            assert receiver.codes == [1001] * 3

    run(scenario())


def test_disconnecting_is_a_normal_closure(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            click(ann.bar.button)
            await until(lambda: state(ann) is State.CLOSED)
            assert said(ann) == "Closed by this client: 1000 (normal closure). Clean."
            await until(lambda: receiver.codes == [1000])

    run(scenario())


def test_connecting_can_be_given_up(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with raw_server(silent) as url, staged(url, tmp_path) as stage:
            ann = stage.windows.new_window()
            await until(lambda: state(ann) is State.CONNECTING and ann.bar.button.text() == "Cancel")
            click(ann.bar.button)
            await until(lambda: said(ann) == "Connecting was given up.")
            assert ann.bar.button.text() == "Connect"
            assert not ann.is_open

    run(scenario())
