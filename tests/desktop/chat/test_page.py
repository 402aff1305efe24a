"""The Chat page: where to connect to, and the list of windows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.chat.link import Waiting
from desktop.chat.listing.row import Row
from desktop.chat.listing.servers import ServerAtHand
from desktop.chat.page import ChatPage
from desktop.chat.target import Target
from desktop.chat.window_colors import DARK, LIGHT
from desktop.chat.windows import ChatWindows
from tests.conftest import Run, until
from tests.desktop.chat.fake_window import fake, fake_windows

SERVER = ServerAtHand("WebSocket server", "ws://localhost:8002", False, "Stopped")
RUNNING = ServerAtHand("WebSocket server", "ws://localhost:8003", True, "Running")


@asynccontextmanager
async def shown(folder: Path, qtbot: QtBot) -> AsyncIterator[tuple[ChatPage, ChatWindows]]:
    async with fake_windows(folder) as windows:
        page = ChatPage(windows)
        page.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # it is no window of its own elsewhere
        qtbot.addWidget(page)
        page.resize(900, 500)
        page.show()
        yield page, windows


def click(button: QPushButton | QToolButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def only(page: ChatPage) -> Row:
    (row,) = page.rows.values()
    return row


class TestConnectTo:
    def test_a_typed_url_is_connected_to_and_then_recent(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                field = page.connect_to.field
                QTest.keyClicks(page.connect_to.url, " wss://example.org/chat ")
                QTest.keyClick(page.connect_to.url, Qt.Key.Key_Return)
                assert windows.open[0].target() == Target("wss://example.org/chat", "Ann")
                assert page.connect_to.url.itemText(0) == "wss://example.org/chat"
                assert field.text() == " wss://example.org/chat "
                field.clear()
                page.connect_to.url.setCurrentIndex(0)
                click(page.connect_to.button)
                assert [window.target().url for window in windows.open] == ["wss://example.org/chat"] * 2

        run(scenario())

    def test_no_url_is_said_in_place(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                click(page.connect_to.button)
                assert windows.open == []
                assert page.connect_to.message.text().startswith("Type the URL")
                assert page.connect_to.message.isVisible()
                QTest.keyClicks(page.connect_to.url, "w")
                assert not page.connect_to.message.isVisible()

        run(scenario())

    def test_the_server_at_hand_is_started_then_connected_to(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                page.show_servers([SERVER])
                (line,) = page.connect_to.servers.lines
                assert (line.name.text(), line.words.text()) == ("WebSocket server", "Stopped")
                assert not line.connect_button.isEnabled()
                with qtbot.waitSignal(page.start_requested) as started:
                    click(line.start_button)
                assert started.args == ["WebSocket server"]
                line.start_button.setFocus()
                page.show_servers([RUNNING])
                assert page.connect_to.servers.lines == [line]
                assert not line.start_button.isVisible()
                click(line.connect_button)
                assert windows.open[0].target().url == "ws://localhost:8003"
                page.show_servers([])
                assert not page.connect_to.servers.isVisible()

        run(scenario())


class TestRows:
    def test_the_page_invites_then_lists_shows_and_closes(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, _):
                click(page.pair_button)
                assert len(page.rows) == 2
                window, row = next(iter(page.rows.items()))
                assert (row.name.text(), row.url.text()) == ("Ann", "ws://localhost:8002")
                assert row.state_line.words.text() == "Connected as Ann."
                window.showMinimized()
                click(row.show_button)
                assert not window.isMinimized()
                window.hide()
                click(row.show_button)
                assert window.isVisible()
                click(row.copy_button)
                assert [one.name.text() for one in page.rows.values()] == ["Ann", "Ben", "Cleo"]
                click(row.close_button)
                assert [one.name.text() for one in page.rows.values()] == ["Ben", "Cleo"]
                click(page.commands.buttons["Close all"])
                assert page.rows == {}
                assert page.pair_button.isVisible()

        run(scenario())

    def test_a_row_follows_its_window(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                window = fake(windows.new_window())
                row = only(page)
                assert row.link_button.text() == "Disconnect"
                click(row.link_button)
                assert (row.link_button.text(), row.state_line.words.text()) == ("Connect", "Closed.")
                click(row.link_button)
                assert window.is_open
                window.typed = Target("ws://\x1b[31m\u202eelsewhere")
                window.changed.emit()
                assert row.url.text() == "ws://\\x1b[31m\\u202eelsewhere"
                window.link.waiting = Waiting(2, 9.0, 4.0)
                window.changed.emit()
                assert row.state_line.words.text() == "Attempt 2 in 4 s …"
                assert only(page) is row

        run(scenario())

    def test_what_is_typed_in_a_window_is_seen_soon(
        self, run: Run, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.chat.page._REFRESH_MS", 5)

        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                fake(windows.new_window()).typed = Target("ws://b", "Zoe")
                await until(lambda: (only(page).name.text(), only(page).url.text()) == ("Zoe", "ws://b"))

        run(scenario())

    def test_fifty_of_them_scroll(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                for _ in range(50):
                    windows.new_window()
                assert len(page.rows) == 50
                last = list(page.rows.values())[-1]
                await until(lambda: last.mapTo(page, last.rect().center()).y() > page.height())
                last.show_button.setFocus()
                QTest.keyClick(last.show_button, Qt.Key.Key_Tab)
                await until(lambda: last.mapTo(page, last.rect().center()).y() < page.height())
                assert page.width() == 900

        run(scenario())

    def test_the_focus_stays_in_the_list_when_a_row_goes(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                for _ in range(3):
                    windows.new_window()
                page.activateWindow()
                first, second, third = page.rows.values()
                for row, after in (
                    (second, third.close_button),
                    (third, first.close_button),
                    (first, page.pair_button),
                ):
                    row.close_button.setFocus()
                    await until(row.close_button.hasFocus)
                    QTest.keyClick(row.close_button, Qt.Key.Key_Space)
                    await until(after.hasFocus)

        run(scenario())

    def test_all_can_be_told_apart_by_ear_and_by_eye(
        self, run: Run, tmp_path: Path, qtbot: QtBot, qapp: QApplication
    ) -> None:
        def dots(page: ChatPage) -> list[str]:
            images = [row.dot.pixmap().toImage() for row in page.rows.values()]
            return [image.pixelColor(image.rect().center()).name() for image in images]

        async def scenario() -> None:
            async with shown(tmp_path, qtbot) as (page, windows):
                windows.open_pair()
                row = list(page.rows.values())[1]
                buttons = (row.show_button, row.link_button, row.copy_button, row.close_button)
                assert [button.accessibleName() for button in buttons] == [
                    "Show the window of Ben",
                    "Disconnect the window of Ben",
                    "Duplicate the window of Ben",
                    "Close the window of Ben",
                ]
                assert row.copy_button.toolTip()
                assert dots(page) == list(LIGHT[:2])
                theme.apply(qapp, theme.Scheme.DARK)
                await until(lambda: dots(page) == list(DARK[:2]))

        run(scenario())
