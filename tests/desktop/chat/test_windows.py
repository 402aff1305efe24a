"""The chat windows and the page, with real widgets, the real server and real key presses."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.page import ChatPage
from desktop.chat.session import State
from desktop.chat.transcript.looks import Place, look_of
from desktop.chat.window import ChatWindow
from desktop.chat.windows import ChatWindows
from servers.recorder import Recorder
from servers.settings import Mode
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import accept, app_server, raw_server, until


class Stage:
    """A server, its chat windows, and the task errors that were reported."""

    def __init__(self, url: str, server: WebSocketServer | None = None) -> None:
        self.url = url
        self.server = server
        self.errors: list[str] = []
        self.windows = ChatWindows(self._url, Recorder(), self._report)

    def _url(self) -> str:
        return self.url

    def _report(self, error: BaseException, name: str) -> None:
        self.errors.append(f"{name}: {error!r}")

    async def open(self) -> ChatWindow:
        """A new window, connected."""
        window = self.windows.new_window()
        await until(lambda: state(window) is State.OPEN)
        return window


@asynccontextmanager
async def stage(mode: Mode = Mode.BROADCAST_REPLY) -> AsyncIterator[Stage]:
    async with app_server(mode) as server:
        assert server.address
        async with closing(Stage(server.address.url, server)) as one:
            yield one


@asynccontextmanager
async def closing(one: Stage) -> AsyncIterator[Stage]:
    try:
        yield one
    finally:
        await one.windows.close()
    assert not one.errors
    assert not one.windows.open
    assert [task for task in asyncio.all_tasks() if "chat" in task.get_name()] == []


def state(window: ChatWindow) -> State | None:
    return window.session.state if window.session else None


def entries(window: ChatWindow, kind: EntryKind) -> list[Entry]:
    return [entry for entry in window.transcript.messages.entries if entry.kind is kind]


def painted(window: ChatWindow, entry: Entry) -> tuple[str, str]:
    """The colours in the middle of the left edge and at the bottom inside the frame of an entry, as painted."""
    view = window.transcript
    row = view.messages.entries.index(entry)
    view.scrollTo(view.messages.index(row))
    pixmap = QPixmap(view.viewport().size())
    view.viewport().render(pixmap)
    frame = view.bubbles.bubble(entry, view.viewport().width()).frame
    frame.translate(0, view.rowViewportPosition(row))
    image = pixmap.toImage()
    x, y = int(frame.left()) + 2, int(frame.center().y())
    return image.pixelColor(x, y).name(), image.pixelColor(int(frame.left()) + 8, int(frame.bottom()) - 4).name()


def test_two_windows_see_the_broadcast_and_one_the_special_reply(run: Run) -> None:
    async def scenario() -> None:
        async with stage() as one:
            ann, ben = await one.open(), await one.open()
            assert (ann.name.text(), ben.name.text()) == ("Ann", "Ben")
            QTest.keyClicks(ann.composer.box, "hello")
            QTest.keyClick(ann.composer.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            QTest.keyClicks(ann.composer.box, "all")
            QTest.keyClick(ann.composer.box, Qt.Key.Key_Return)
            await until(lambda: entries(ann, EntryKind.REPLY) and entries(ben, EntryKind.BROADCAST))
            assert ann.composer.box.toPlainText() == ""
            assert entries(ben, EntryKind.BROADCAST)[0].text == "hello\nall"
            assert entries(ben, EntryKind.BROADCAST)[0].sender == "Ann"
            assert entries(ben, EntryKind.REPLY) == []
            check_difference(ann)

    def check_difference(window: ChatWindow) -> None:
        broadcast, reply = entries(window, EntryKind.BROADCAST)[0], entries(window, EntryKind.REPLY)[0]
        (own,) = entries(window, EntryKind.OWN)
        assert [look_of(one).badge for one in (own, broadcast, reply)] == ["You", "Broadcast", "Special reply to you"]
        assert [look_of(one).place for one in (own, broadcast, reply)] == [Place.RIGHT, Place.LEFT, Place.FULL]
        colors = theme.colors()
        assert painted(window, reply) == (colors.reply_line, colors.reply)
        assert painted(window, broadcast) == (colors.broadcast, colors.broadcast)
        width = window.transcript.viewport().width()
        frames = {one.kind: window.transcript.bubbles.bubble(one, width).frame for one in (own, broadcast, reply)}
        assert frames[EntryKind.OWN].left() > width - frames[EntryKind.OWN].right()
        assert frames[EntryKind.BROADCAST].left() < width - frames[EntryKind.BROADCAST].right()
        assert frames[EntryKind.REPLY].width() > 0.9 * width

    run(scenario())


def test_a_stopped_server_is_said_and_typed_text_stays(run: Run) -> None:
    async def scenario() -> None:
        async with stage() as one:
            ann = await one.open()
            assert one.server
            await one.server.stop()
            await until(lambda: state(ann) is State.CLOSED and entries(ann, EntryKind.CLOSE))
            assert "1001 (going away)" in ann.state_line.words.text()
            QTest.keyClicks(ann.composer.box, "still here")
            QTest.mouseClick(ann.composer.send, Qt.MouseButton.LeftButton)
            assert ann.composer.box.toPlainText() == "still here"
            assert "Not sent" in ann.state_line.words.text()
            QTest.mouseClick(ann.connect_button, Qt.MouseButton.LeftButton)
            await until(lambda: entries(ann, EntryKind.ERROR))
            assert "Start the WebSocket server" in ann.state_line.words.text()
            assert ann.connect_button.text() == "Connect"
            await one.server.start()
            assert one.server.address
            ann.url.setText(one.server.address.url)
            QTest.mouseClick(ann.connect_button, Qt.MouseButton.LeftButton)
            await until(lambda: state(ann) is State.OPEN)
            QTest.keyClick(ann.composer.box, Qt.Key.Key_Return)
            await until(lambda: entries(ann, EntryKind.REPLY))

    run(scenario())


def test_a_window_closed_during_connecting_or_a_send_leaves_no_task(run: Run) -> None:
    async def scenario() -> None:
        async with stage() as one:
            one.windows.new_window().close()
            ann = await one.open()
            QTest.keyClicks(ann.composer.box, "bye")
            QTest.keyClick(ann.composer.box, Qt.Key.Key_Return)
            ann.close()
            assert one.windows.open == []
            await until(lambda: one.server and not one.server.hub.clients)

    run(scenario())


@pytest.mark.parametrize("end", ["window", "connection"])
def test_a_send_that_waits_for_a_server_that_does_not_read(run: Run, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr("desktop.chat.session.CLOSE_TIMEOUT", 0.05)

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await ended.wait()
        writer.transport.abort()

    async def scenario() -> None:
        async with raw_server(script) as url, closing(Stage(url)) as one:
            ann = await one.open()
            assert ann.session
            await ann.session.send_bytes(bytes(9_000_000))
            ann.composer.box.setPlainText("waits")
            ann.composer.submitted.emit()
            assert ann.composer.box.toPlainText() == ""
            if end == "window":
                ann.close()
            else:
                ended.set()
                await until(lambda: ann.composer.box.toPlainText() == "waits")
                await until(lambda: state(ann) is State.CLOSED)

    ended = asyncio.Event()
    run(scenario())


def test_code_and_reason_are_sent_and_wrong_ones_are_explained(run: Run) -> None:
    async def scenario() -> None:
        async with stage() as one:
            ann = await one.open()
            assert not ann.close_row.isVisible()
            QTest.mouseClick(ann.close_options, Qt.MouseButton.LeftButton)
            assert ann.close_row.isVisible()
            ann.close_row.code.setEditText("2000")
            QTest.mouseClick(ann.close_row.button, Qt.MouseButton.LeftButton)
            assert "3000 to 4999" in ann.close_row.about.text()
            ann.close_row.code.setFocus()
            QTest.keyClick(ann.close_row.code, Qt.Key.Key_Down)
            QTest.keyClicks(ann.close_row.reason, "lunch")
            QTest.mouseClick(ann.close_row.button, Qt.MouseButton.LeftButton)
            await until(lambda: state(ann) is State.CLOSED)
            assert ann.state_text == "Closed by this client: 3000, reason “lunch”. Clean."

    run(scenario())


def test_the_page_invites_then_lists_shows_and_closes(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with stage() as one:
            page = ChatPage(one.windows)
            page.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # it is no window of its own elsewhere
            qtbot.addWidget(page)
            page.show()
            assert page.first_button.isVisible()
            QTest.mouseClick(page.first_button, Qt.MouseButton.LeftButton)
            (window,) = one.windows.open
            await until(lambda: page.rows[window].state_line.words.text() == "Connected as Ann.")
            row = page.rows[window]
            assert (row.name.text(), row.url.text()) == ("Ann", one.url)
            window.hide()
            QTest.mouseClick(row.show_button, Qt.MouseButton.LeftButton)
            assert window.isVisible()
            QTest.mouseClick(row.close_button, Qt.MouseButton.LeftButton)
            assert page.rows == {}
            assert page.first_button.isVisible()

    run(scenario())


def test_windows_do_not_cover_each_other_and_have_names_of_their_own(run: Run) -> None:
    async def scenario() -> None:
        async with stage() as one:
            made = [one.windows.new_window() for _ in range(18)]
            assert len({window.name.text() for window in made}) == 18
            assert made[16].name.text() == "Ann 2"
            for first, second in itertools.pairwise(made):
                assert first.pos() != second.pos()
            left, right = one.windows.open_pair()
            assert not left.geometry().intersects(right.geometry())

    run(scenario())


def test_entries_are_read_out_and_copied_safely(run: Run, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with stage(Mode.VERBATIM) as one:
            ann = await one.open()
            ann.composer.box.setPlainText("<b>bold</b>\x1b[31m\nnext")
            ann.composer.submitted.emit()
            await until(lambda: entries(ann, EntryKind.ECHO))
            view = ann.transcript
            row = view.messages.entries.index(entries(ann, EntryKind.ECHO)[0])
            index = view.messages.index(row)
            assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Echo: <b>bold</b>\\x1b[31m\nnext, ")
            view.selectRow(row)
            view.actions()[0].trigger()
            assert QGuiApplication.clipboard().text() == "<b>bold</b>\\x1b[31m\nnext"
            view.selectAll()
            assert len(view.selectedIndexes()) == len(view.messages.entries)
            assert " Opened: Connected to " in view.selected_text()

    run(scenario())
