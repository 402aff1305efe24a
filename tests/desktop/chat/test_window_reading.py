"""Filter, find, pause and jump in a chat window while its traffic goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from desktop import shortcuts
from desktop.chat.entry import EntryKind
from desktop.chat.reading.groups import Group
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.stage import RETURN, chatting, click, entries, press, say, staged, texts, use_shortcut


async def tick(connection: ServerConnection) -> None:
    """Send numbered messages without end."""
    with suppress(ConnectionClosed):
        for number in count(1):
            await connection.send(f"{'odd' if number % 2 else 'even'} number {number}")
            if number % 5 == 0:
                await asyncio.sleep(0.001)


@asynccontextmanager
async def ticking(folder: Path) -> AsyncIterator[ChatWindow]:
    """A window and its server, which sends all the time."""
    async with serve(tick, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with staged(url, folder) as stage:
            window = await stage.open()
            await until(lambda: len(numbers(window)) > 60)
            yield window


def numbers(window: ChatWindow) -> list[int]:
    """Those of the messages that the transcript shows."""
    return [int(text.split()[-1]) for text in texts(window, EntryKind.PLAIN)]


def shown_kinds(window: ChatWindow) -> set[EntryKind]:
    return {entry.kind for entry in entries(window)}


def test_a_filter_shows_what_matches_of_old_and_new(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with ticking(tmp_path) as window:
            QTest.keyClicks(window.pane.filter_bar.words, "EVEN")
            press(window.pane.filter_bar.words, RETURN)
            await until(lambda: numbers(window) and all(number % 2 == 0 for number in numbers(window)))
            before = len(numbers(window))
            assert numbers(window)[0] == 2
            await until(lambda: len(numbers(window)) > before + 5)
            assert numbers(window) == list(range(2, numbers(window)[-1] + 1, 2))
            click(window.pane.filter_bar.is_regex)
            window.pane.filter_bar.words.setText("number 1[0-3]$")
            press(window.pane.filter_bar.words, RETURN)
            await until(lambda: numbers(window) == [10, 11, 12, 13])
            window.pane.filter_bar.words.setText("(")
            press(window.pane.filter_bar.words, RETURN)
            assert window.pane.filter_bar.line.isVisible()
            assert numbers(window) == [10, 11, 12, 13]
            window.pane.filter_bar.words.setText("nothing has this")
            press(window.pane.filter_bar.words, RETURN)
            await until(window.pane.no_match.isVisible)
            click(window.pane.show_all)
            await until(lambda: numbers(window) and numbers(window) == list(range(1, len(numbers(window)) + 1)))

    run(scenario())


def test_direction_and_kinds_narrow_a_conversation(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann, ben = await stage.open(), await stage.open()
            say(ann, "from Ann")
            say(ben, "from Ben")
            await until(lambda: len(entries(ann, EntryKind.BROADCAST)) == 2 and entries(ann, EntryKind.REPLY))
            press(ann.pane.filter_bar.direction, Qt.Key.Key_Down)
            await until(lambda: shown_kinds(ann) == {EntryKind.OPEN, EntryKind.OWN})
            press(ann.pane.filter_bar.direction, Qt.Key.Key_Home)
            ann.pane.filter_bar.kinds.choose(frozenset({Group.REPLY}))
            await until(lambda: shown_kinds(ann) == {EntryKind.REPLY})
            say(ann, "more")
            await until(lambda: texts(ann, EntryKind.REPLY) == ["from Ann", "more"])
            assert shown_kinds(ann) == {EntryKind.REPLY}

    run(scenario())


def test_find_counts_while_messages_come(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with ticking(tmp_path) as window:
            bar = window.pane.find_bar
            await use_shortcut(window, shortcuts.FIND)
            assert bar.isVisible()
            QTest.keyClicks(bar.words, "number 50")
            await until(lambda: bar.count.text().startswith("1 of "))
            row = window.pane.transcript.currentIndex().row()
            assert window.pane.messages.rows[row].text == "even number 50"
            assert not window.pane.transcript.is_following
            press(bar.words, RETURN)
            await until(lambda: "number 50" in window.pane.transcript.selected_entries()[0].text)
            before = _total(bar.count.text())
            await until(lambda: _total(bar.count.text()) > before)
            await use_shortcut(window, shortcuts.FIND_PREVIOUS)
            press(bar.words, Qt.Key.Key_Escape)
            assert not bar.isVisible()

    run(scenario(), deadline=60)


def _total(words: str) -> int:
    return int(words.rpartition(" ")[2].rstrip("…").replace(",", "") if " of " in words else 0)


@pytest.mark.parametrize("by_key", [True, False])
def test_pause_holds_back_and_counts_and_resume_loses_nothing(run: Run, tmp_path: Path, by_key: bool) -> None:
    async def toggle(window: ChatWindow) -> None:
        if by_key:
            await use_shortcut(window, shortcuts.PAUSE_TRANSCRIPT)
        else:
            click(window.pane.filter_bar.pause)

    async def scenario() -> None:
        async with ticking(tmp_path) as window:
            line = window.pane.pauser.line
            await toggle(window)
            shown = numbers(window)
            await until(lambda: line.text() and int(line.text().split()[1].replace(",", "")) > 50)
            assert line.text().startswith("Paused: ")
            assert line.text().endswith(" messages wait.")
            assert numbers(window) == shown
            await toggle(window)
            assert not line.isVisible()
            await until(lambda: len(numbers(window)) > len(shown) + 50)
            assert numbers(window) == list(range(1, len(numbers(window)) + 1))

    run(scenario())


def test_who_scrolls_up_stays_there_and_can_jump_back(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with ticking(tmp_path) as window:
            view, jump = window.pane.transcript, window.pane.jump_line
            assert view.is_following
            assert not jump.isVisible()
            press(view, Qt.Key.Key_Home)
            await until(jump.isVisible)
            top = view.messages.rows[view.edge_row(-1)]
            before = len(numbers(window))
            await until(lambda: len(numbers(window)) > before + 50 and " new message" in jump.text())
            assert view.messages.rows[view.edge_row(-1)] is top
            await use_shortcut(window, shortcuts.JUMP_TO_NEWEST)
            assert view.is_following
            assert not jump.isVisible()
            press(view, Qt.Key.Key_PageUp)
            await until(jump.isVisible)
            click(jump)
            assert view.is_following

    run(scenario())
