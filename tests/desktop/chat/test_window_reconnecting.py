"""A chat window that has lost its server comes back when it may, and sends nothing twice."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop import shortcuts
from desktop.chat.connecting import backoff
from desktop.chat.entry import EntryKind
from desktop.chat.session import State
from desktop.chat.window import ChatWindow
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.stage import (
    chatting,
    click,
    entries,
    opened,
    press,
    said,
    say,
    state,
    submit,
    tell,
    texts,
    toggle,
    typed,
    use_shortcut,
    write,
)


@pytest.fixture
def _long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "FIRST", 1000.0)
    monkeypatch.setattr(backoff, "CEILING", 1000.0)


@pytest.fixture
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "FIRST", 0.01)
    monkeypatch.setattr(backoff, "CEILING", 0.05)


async def stopped(server: WebSocketServer) -> None:
    """Stop it, and let it have the same port again."""
    assert server.address
    port = server.address.port
    await server.stop()
    server.settings = replace(server.settings, port=port)


async def lost(window: ChatWindow, server: WebSocketServer) -> None:
    """Stop the server, and wait until the window waits."""
    await stopped(server)
    await until(lambda: window.link.waiting)


def came_in(server: WebSocketServer) -> list[int]:
    """How many messages each client has sent."""
    return [one.messages_in for one in server.hub.clients.values()]


@pytest.mark.usefixtures("_long_pauses")
def test_a_restarted_server_is_found_again_and_gets_nothing_by_itself(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open(name="Ann", reconnect=True)
            await tell(ann, "before")
            await until(lambda: entries(ann, EntryKind.REPLY))
            write(ann, "half a mess")
            await lost(ann, server)
            assert said(ann).startswith("Closed by the server: 1001 (going away). Clean. Attempt 2 in ")
            assert said(ann).endswith(" s …")
            assert ann.state_bar.retry.isVisible()
            assert ann.bar.button.text() == "Cancel"
            write(ann, "age")
            submit(ann)
            assert "Not sent" in ann.box.line.text()
            assert typed(ann) == "half a message"
            await server.start()
            click(ann.state_bar.retry)
            await until(lambda: state(ann) is State.OPEN)
            assert not ann.state_bar.retry.isVisible()
            await until(lambda: len(entries(ann, EntryKind.JOIN)) == 2)
            assert came_in(server) == [0]
            assert typed(ann) == "half a message"
            submit(ann)
            await until(lambda: texts(ann, EntryKind.REPLY) == ["before", "half a message"])
            assert came_in(server) == [1]
            assert texts(ann, EntryKind.OWN) == ["before", "half a message"]

    run(scenario())


@pytest.mark.usefixtures("_short_pauses")
def test_a_server_that_stays_away_for_some_time_is_tried_until_it_is_back(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open(name="Ann", reconnect=True)
            await stopped(server)
            await until(lambda: len(entries(ann, EntryKind.ERROR)) > 3)
            await server.start()
            await opened(ann)
            say(ann, "back")
            await until(lambda: texts(ann, EntryKind.REPLY) == ["back"])
            assert came_in(server) == [1]

    run(scenario())


@pytest.mark.usefixtures("_long_pauses")
@pytest.mark.parametrize("how", ["stop", "cancel", "shortcut", "close"])
def test_waiting_can_be_given_up(run: Run, tmp_path: Path, how: str) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open(reconnect=True)
            write(ann, "kept")
            await lost(ann, server)
            if how == "stop":
                click(ann.state_bar.stop)
            elif how == "cancel":
                click(ann.bar.button)
            elif how == "shortcut":
                await use_shortcut(ann, shortcuts.CONNECT_CHAT)
            else:
                ann.close()
                assert stage.windows.open == []
                return
            await until(lambda: not ann.is_open)
            assert said(ann) == "Closed by the server: 1001 (going away). Clean."
            assert not ann.state_bar.stop.isVisible()
            assert ann.bar.button.text() == "Connect"
            assert typed(ann) == "kept"

    run(scenario())


@pytest.mark.usefixtures("_long_pauses")
def test_it_is_a_choice_that_counts_at_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann, ben = await stage.open(), await stage.open(reconnect=True)
            for window in (ann, ben):
                await toggle(window, "options")
                box = window.options.boxes()["reconnect"]
                window.options.page.ensureWidgetVisible(box)
                press(box, Qt.Key.Key_Space)
            await lost(ann, server)
            await until(lambda: state(ben) is State.CLOSED)
            await until(lambda: not ben.is_open)

    run(scenario())


@pytest.mark.usefixtures("_long_pauses")
def test_a_message_that_was_on_its_way_is_not_sent_again(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, server):
            ann = await stage.open(reconnect=True)
            await toggle(ann, "repeat")
            write(ann, "again")
            ann.repeat.choice.count.setValue(100_000)
            ann.repeat.choice.interval.setValue(0)
            click(ann.repeat.button)
            await until(lambda: entries(ann, EntryKind.OWN))
            await lost(ann, server)
            await until(lambda: not ann.repeat.running)
            sent = len(entries(ann, EntryKind.OWN))
            assert f"{sent:,} of 100,000" in ann.repeat.message.text()
            await server.start()
            click(ann.state_bar.retry)
            await until(lambda: state(ann) is State.OPEN)
            await tell(ann, " and once")
            await until(lambda: "again and once" in texts(ann, EntryKind.REPLY))
            assert came_in(server) == [1]
            assert len(entries(ann, EntryKind.OWN)) == sent + 1

    run(scenario())
