"""A chat window that sends again and again: with its progress, until it is done, stopped, or the server is gone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.chat.entry import EntryKind
from desktop.chat.outgoing import Form
from desktop.chat.session import State
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import choose, click, entries, press, say, state, toggle, typed, write


async def ready(window: ChatWindow, text: str, count: int, interval: float = 0) -> None:
    """Open the panel, and type what is to be sent and how often."""
    await toggle(window, "repeat")
    write(window, text)
    box = window.repeat.choice.count
    box.selectAll()
    QTest.keyClicks(box, str(count))
    window.repeat.choice.interval.setValue(interval)


def test_all_of_it_is_sent_and_what_is_typed_stays(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            choose(ann, Form.JSON)
            await ready(ann, "[1]", 20)
            click(ann.repeat.button)
            await until(lambda: not ann.repeat.running)
            await until(lambda: len(receiver.got) == 20)
            assert set(receiver.got) == {"[1]"}
            assert ann.repeat.message.text().startswith("All 20 were sent: ")
            assert typed(ann) == "[1]"

    run(scenario())


def test_its_progress_is_seen_and_it_can_be_stopped(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            await ready(ann, "x", 1_000_000)
            click(ann.repeat.button)
            assert ann.repeat.button.text() == "S&top"
            await until(lambda: ann.repeat.bar.isVisible() and " of 1,000,000, " in ann.repeat.message.text())
            say(ann, "besides")
            press(ann.repeat.button, Qt.Key.Key_Space)
            await until(lambda: not ann.repeat.running)
            assert ann.repeat.message.text().startswith("Stopped: ")
            assert ann.repeat.message.text().endswith(" of 1,000,000 were sent.")
            assert not ann.repeat.bar.isVisible()
            await until(lambda: "xbesides" in receiver.got)
            count = int(ann.repeat.message.text().split()[1].replace(",", ""))
            await until(lambda: receiver.got.count("x") == count)

    run(scenario())


def test_a_lost_connection_stops_it_and_says_how_far_it_came(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            await ready(ann, "x", 1_000_000, 0.001)
            click(ann.repeat.button)
            await until(lambda: len(receiver.got) > 2)
            receiver.connections[0].transport.abort()
            await until(lambda: not ann.repeat.running)
            await until(lambda: state(ann) is State.CLOSED)
            sent = len(entries(ann, EntryKind.OWN))
            assert f"{sent:,} of 1,000,000 were sent" in ann.repeat.message.text()
            assert typed(ann) == "x"
            assert not ann.repeat.button.isEnabled()
            click(ann.bar.button)
            await until(lambda: len(receiver.connections) == 2 and state(ann) is State.OPEN)
            assert not ann.repeat.running
            assert "1,000,000 were sent" in ann.repeat.message.text()

    run(scenario())


def test_a_list_is_sent_in_rounds_and_in_order(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            await ready(ann, "", 2)
            press(ann.repeat.choice.source, Qt.Key.Key_Down)
            ann.repeat.choice.list.box.insertPlainText("one\ntwo\nthree")
            click(ann.repeat.button)
            await until(lambda: len(receiver.got) == 6)
            assert receiver.got == ["one", "two", "three"] * 2

    run(scenario())


def test_nothing_to_send_is_said(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            await ready(ann, "", 2)
            click(ann.repeat.button)
            assert "The message box is empty" in ann.repeat.message.text()
            assert not ann.repeat.running
            assert receiver.got == []

    run(scenario())
