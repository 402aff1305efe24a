"""The strip for series, clicked through, with a sender that keeps what it is given."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.repeating.choice import Source
from desktop.chat.repeating.panel import RepeatPanel
from desktop.chat.repeating.saved import NotSaved, SavedMessage
from desktop.chat.session import SendFailed
from tests.conftest import Run, until

DRAFT = Outgoing("hello", to="Ben", raw=True)


class Stage:
    """A strip in a window, what it has sent and told, and what was reported."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.panel = RepeatPanel(self._report, self.window)
        self.panel.set_draft(self._draft)
        self.draft = DRAFT
        self.sent: list[Outgoing] = []
        self.fails_at: int | None = None
        self.fault: Exception = SendFailed("The server does not read.")
        self.running: list[bool] = []
        self.errors: list[str] = []
        self.panel.running_changed.connect(self.running.append)
        self.choice = self.panel.choice
        self.window.resize(384, 300)
        self.window.show()

    def connect(self) -> None:
        self.panel.set_sender(self.send)

    async def send(self, message: Outgoing) -> None:
        if len(self.sent) == self.fails_at:
            raise self.fault
        self.sent.append(message)

    def choose(self, source: Source, count: int, interval: float = 0.0) -> None:
        self.choice.source.setCurrentIndex(list(Source).index(source))
        self.choice.count.setValue(count)
        self.choice.interval.setValue(interval)

    def press(self) -> None:
        QTest.mouseClick(self.panel.button, Qt.MouseButton.LeftButton)

    async def ended(self) -> str:
        """What is said at the end of the series."""
        await until(lambda: not self.panel.running)
        return self.panel.message.text()

    def _draft(self) -> Outgoing:
        return self.draft

    def _report(self, error: BaseException, name: str) -> None:
        self.errors.append(f"{name}: {error!r}")


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    one = Stage()
    one.connect()
    try:
        yield one
    finally:
        await one.panel.leave()
        one.window.close()
        one.window.deleteLater()


def test_it_sends_the_message_in_the_box(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.BOX, 120)
            one.press()
            one.draft = Outgoing("typed meanwhile")
            assert one.panel.running
            assert one.panel.button.text() == "S&top"
            assert not one.choice.count.isEnabled()
            assert (await one.ended()).startswith("All 120 were sent: ")
            assert one.sent == [DRAFT] * 120
            assert one.running == [True, False]
            assert one.panel.button.text() == "S&tart"
            assert one.choice.count.isEnabled()

    run(scene())


def test_without_a_connection_it_says_why_nothing_can_be_sent(run: Run) -> None:
    async def scene() -> None:
        one = Stage()
        assert one.panel.message.text() == "Connect first: messages are sent over a connection."
        assert not one.panel.button.isEnabled()
        one.panel.start()
        assert not one.panel.running
        one.connect()
        assert one.panel.button.isEnabled()
        assert one.panel.message.isHidden()
        await one.panel.leave()
        one.window.close()
        one.window.deleteLater()

    run(scene())


def test_it_is_stopped_by_its_button(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.BOX, 0, 0.001)
            one.press()
            await until(lambda: len(one.sent) > 3)
            assert one.panel.bar.isHidden()  # there is no end to come nearer to
            one.press()
            assert await one.ended() == f"Stopped: {len(one.sent)} were sent."
            one.press()
            one.panel.stop()  # before the first
            assert await one.ended() == "Stopped: 0 were sent."

    run(scene())


def test_it_ends_with_the_connection(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.BOX, 5, 3600)
            one.press()
            await until(lambda: one.sent)
            assert not one.panel.bar.isHidden()
            one.panel.set_sender(one.send)  # the same: nothing has happened
            one.panel.set_sender(None)
            assert await one.ended() == "The connection has ended: 1 of 5 was sent."
            one.connect()
            assert one.panel.message.text() == "The connection has ended: 1 of 5 was sent."
            one.press()
            await until(lambda: len(one.sent) == 2)
            await one.panel.leave()
            assert one.panel.message.text() == "The window was closed: 1 of 5 was sent."

    run(scene())


def test_it_stops_where_a_message_cannot_be_sent(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.fails_at = 3
            one.choose(Source.BOX, 10)
            one.press()
            assert await one.ended() == "3 of 10 were sent: The server does not read."
            assert len(one.sent) == 3
            assert not one.errors
            one.fault = ZeroDivisionError()
            one.press()
            assert await one.ended() == "Sending was ended by a fault: 0 of 10 were sent."
            assert one.errors == ["sending a series of messages: ZeroDivisionError()"]

    run(scene())


def test_it_sends_a_list_that_is_typed(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            assert one.choice.list.isHidden()
            one.choose(Source.LIST, 2)
            one.press()
            assert one.panel.message.text() == "The list is empty: type messages, one a line, or load a file."
            QTest.keyClicks(one.choice.list.box, "a")
            QTest.keyClick(one.choice.list.box, Qt.Key.Key_Return)
            QTest.keyClicks(one.choice.list.box, "b")
            one.press()
            assert (await one.ended()).startswith("All 4 were sent: ")
            assert one.sent == [Outgoing(text, to="Ben", raw=True) for text in "abab"]

    run(scene())


def test_it_sends_a_list_from_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('["a", {"b": 1}]')

    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.LIST, 1)
            box = one.choice.list
            box.box.setPlainText("typed")
            box.open(str(tmp_path / "none.json"))
            await until(lambda: one.panel.message.text())
            assert one.panel.message.text() == "“none.json” cannot be used: there is no such file."
            box.open(str(path))
            await until(box.unload.isVisible)
            assert box.loaded.text() == "2 messages from “list.json”"
            assert one.panel.message.isHidden()
            one.press()
            await one.ended()
            assert one.sent == [Outgoing("a", to="Ben", raw=True), Outgoing('{"b": 1}', Form.JSON, "Ben", True)]
            QTest.mouseClick(box.unload, Qt.MouseButton.LeftButton)
            assert [message.text for message in box.messages()] == ["typed"]

    run(scene())


def test_it_sends_what_is_saved(run: Run) -> None:
    saved: list[SavedMessage] = []

    def broken() -> list[SavedMessage]:
        raise NotSaved("The saved messages cannot be read.")

    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.SAVED, 1)
            one.panel.set_saved(lambda: saved)
            one.press()
            assert one.panel.message.text() == "No messages are saved for this server."
            saved.append(SavedMessage("x", Outgoing("00", Form.HEX)))
            one.press()
            assert (await one.ended()).startswith("1 was sent")
            assert one.sent == [Outgoing("00", Form.HEX)]
            one.panel.set_saved(broken)
            one.press()
            assert one.panel.message.text() == "The saved messages cannot be read."

    run(scene())


def test_an_empty_box_has_nothing_to_send(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.draft = Outgoing("")
            one.press()
            assert one.panel.message.text() == "The message box is empty: write there what is to be sent."
            assert not one.panel.running

    run(scene())


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_it_fits_a_narrow_window(run: Run, scheme: theme.Scheme) -> None:
    from PySide6.QtWidgets import QApplication

    async def scene() -> None:
        theme.apply(QApplication.instance(), scheme)  # type: ignore[arg-type] # it is one
        async with stage() as one:
            one.choose(Source.BOX, 0, 86_400)
            one.press()
            await asyncio.sleep(0)
            assert one.panel.minimumSizeHint().width() <= 384 - 2 * theme.M
            assert one.panel.heightForWidth(384 - 2 * theme.M) <= 150

    run(scene())


def test_what_is_chosen_comes_back(run: Run) -> None:
    async def scene() -> None:
        async with stage() as one:
            one.choose(Source.LIST, 0, 0.25)
            one.choice.list.box.setPlainText("a\nb")
            kept = one.panel.kept()
            assert kept == {"source": "LIST", "count": 0, "interval": 0.25, "list": "a\nb"}
            other = RepeatPanel(one._report, one.window)
            other.restore(kept)
            assert other.kept() == kept
            other.restore({"source": "NEW", "count": -1, "interval": float("nan"), "list": 3})
            other.restore({"count": True, "interval": "1"})
            assert other.kept() == kept

    run(scene())
