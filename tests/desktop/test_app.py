"""The whole application, its real buttons clicked, its real servers answering."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Application
from desktop.explorer.page import ExplorerPage
from desktop.server_panels.record_view import ExchangeView
from desktop.settings import SettingsFile
from desktop.tasks import TaskSet
from servers.exchange import Exchange
from servers.listening import listen, next_free_port
from servers.server import ServerState
from servers.settings import HttpSettings, Mode, RestSettings, WebSocketSettings
from servers.workbench import WorkbenchSettings
from tests.conftest import Run, until

ANY = WorkbenchSettings(HttpSettings(port=0), RestSettings(port=0), WebSocketSettings(port=0))


def click(widget: QWidget) -> None:
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


class Opened:
    """An application that lives as a task."""

    def __init__(self, qapp: QApplication, folder: Path, settings: WorkbenchSettings = ANY) -> None:
        self.app = Application(qapp, SettingsFile(folder / "config"), settings, folder / "data")
        self.life: asyncio.Task[int] = TaskSet(self.fail).spawn(self.app.live(), name="the application")

    @staticmethod
    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    @property
    def explorer(self) -> ExplorerPage:
        """The explorer, which is there once the servers are."""
        assert self.app.explorer is not None
        return self.app.explorer

    def states(self) -> set[ServerState]:
        return {control.state for control in self.app.controls}

    async def exit(self) -> int:
        self.app.window.close()
        return await self.life


@asynccontextmanager
async def opened(qapp: QApplication, folder: Path, settings: WorkbenchSettings = ANY) -> AsyncIterator[Opened]:
    one = Opened(qapp, folder, settings)
    await until(lambda: one.app.workbench is not None)
    yield one
    assert await one.exit() == 0


def test_start_all_and_stop_all(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            page = one.app.servers_page
            assert one.states() == {ServerState.STOPPED}
            assert not page.stop_button.isEnabled()
            click(page.start_button)
            await until(lambda: one.states() == {ServerState.RUNNING})
            assert [card.badge.text() for card in page.cards.values()] == ["Running"] * 3
            assert not page.start_button.isEnabled()
            url = f"{page.controls[0].url}/SomeFolder/SomeResource.zzz"
            async with aiohttp.ClientSession() as session, session.get(url) as response:
                assert response.status == 200
            click(page.stop_button)
            await until(lambda: one.states() == {ServerState.STOPPED})

    run(scenario())


def test_traffic_appears_in_the_table_of_its_server(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            page = one.app.servers_page
            click(page.cards["http"].toggle)
            await until(lambda: page.controls[0].url)
            async with aiohttp.ClientSession() as session:
                for name in ("a.zzz", "missing"):
                    async with session.get(f"{page.controls[0].url}/{name}") as response:
                        await response.read()
            ring = page.panels["http"].table.ring
            await until(lambda: len(ring.rows) == 2)
            texts = [[ring.data(ring.index(row, column)) for column in (1, 2, 3)] for row in range(2)]
            assert texts == [["GET", "/a.zzz", "200"], ["GET", "/missing", "404"]]
            assert page.cards["http"].figures.text() == "2 requests"
            page.panels["http"].table.selectRow(1)
            detail = page.panels["http"].detail
            assert isinstance(detail, ExchangeView)
            assert detail.toPlainText().startswith("GET /missing HTTP/1.1\nHost: localhost")
            page.panels["http"].filter.setText("a.zzz")
            assert [one.target for one in ring.rows if isinstance(one, Exchange)] == ["/a.zzz"]
            assert page.panels["rest"].table.ring.rows == []

    run(scenario())


def test_a_port_in_use_is_a_sentence_and_the_next_free_one_is_a_click_away(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    taken = listen("localhost", 0)
    port = taken[0].getsockname()[1]
    settings = WorkbenchSettings(HttpSettings(port=port), RestSettings(port=0), WebSocketSettings(port=0))

    async def scenario() -> None:
        async with opened(qapp, tmp_path, settings) as one:
            card = one.app.servers_page.cards["http"]
            click(card.toggle)
            await until(lambda: card.badge.text() == "Failed")
            assert card.message.text().startswith(f"Port {port} is already in use")
            click(card.next_port)
            await until(lambda: card.badge.text() == "Running")
            assert card.control.port > port
            assert card.message.isHidden()
        assert SettingsFile(tmp_path / "config").workbench().http.port == card.control.port

    run(scenario())
    for sock in taken:
        sock.close()


class TestDamagedStore:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.rest"]

    def test_is_said_on_the_card(self, run: Run, qapp: QApplication, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "rest.sqlite3").write_bytes(b"this is no database" * 1000)

        async def scenario() -> None:
            async with opened(qapp, tmp_path) as one:
                card = one.app.servers_page.cards["rest"]
                click(card.toggle)
                await until(lambda: card.badge.text() == "Running")
                assert card.message.text().startswith("The REST data was damaged")
                assert "rest.sqlite3.damaged" in card.message.text()

        run(scenario())


def test_a_typed_port_counts_however_the_server_is_started(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    port = next_free_port("localhost", 20_000)

    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            card = one.app.servers_page.cards["http"]
            card.port.lineEdit().selectAll()
            QTest.keyClicks(card.port, str(port))
            card.control.toggle()  # as the chip in the status bar does
            await until(lambda: card.badge.text() == "Running")
            assert card.control.port == port

    run(scenario())


def test_focus_and_traffic_stay_with_the_card_that_was_used(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            card = one.app.servers_page.cards["http"]
            one.app.window.activateWindow()
            card.toggle.setFocus()
            await until(card.toggle.hasFocus)
            QTest.keyClick(card.toggle, Qt.Key.Key_Space)
            await until(lambda: card.badge.text() == "Running" and card.toggle.hasFocus())
            QTest.keyClick(card.toggle, Qt.Key.Key_Space)
            await until(lambda: card.badge.text() == "Stopped")

    run(scenario())


def test_a_mode_chosen_while_the_servers_load_counts(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = Opened(qapp, tmp_path)
        one.app.controls[-1].change(mode=Mode.ECHO)
        await until(lambda: one.app.workbench is not None)
        assert one.app.workbench is not None
        assert one.app.workbench.ws.settings.mode is Mode.ECHO
        assert await one.exit() == 0

    run(scenario())


def test_the_explorer_sends_a_request_to_the_rest_server(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            card = one.app.servers_page.cards["rest"]
            click(card.toggle)
            await until(lambda: card.try_it.isEnabled())
            click(card.try_it)
            await until(lambda: "Wilfred Bony" in one.explorer.tabs.current_request().pane.response.body.toPlainText())
            exchanges = [record for record in one.app.recorder if isinstance(record, Exchange)]
            ends = [exchange.end.value for exchange in exchanges if exchange.target.endswith("/players")]
            assert sorted(ends) == ["client", "server"]

    run(scenario())


def test_two_chats_see_a_broadcast_and_the_sender_a_special_reply(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            card = one.app.servers_page.cards["ws"]
            click(card.toggle)
            await until(lambda: card.try_it.isEnabled())
            click(card.try_it)
            first, second = one.app.chat.windows.open
            await until(lambda: all(one.state_text.startswith("Connected as") for one in (first, second)))
            QTest.keyClicks(first.box.content.editor, "Ahoy")
            QTest.keyClick(first.box.content.editor, Qt.Key.Key_Return)
            await until(lambda: "reply" in kinds(first) and "broadcast" in kinds(second))
            assert kinds(first).count("broadcast") == 1
            assert "reply" not in kinds(second)

    run(scenario())


def kinds(window: Any) -> list[str]:
    return [entry.kind.value for entry in window.pane.messages.rows]


def test_the_mode_is_switched_while_running_and_remembered(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            selector = one.app.servers_page.clients.mode_row.mode
            assert selector.currentText() == "Broadcast + special reply"
            QTest.keyClick(selector, Qt.Key.Key_Home)
            assert one.app.workbench is not None
            assert one.app.workbench.ws.settings.mode is Mode.ECHO
        assert SettingsFile(tmp_path / "config").workbench().ws.mode is Mode.ECHO

    run(scenario())


def test_closing_with_connections_open_stops_everything(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = Opened(qapp, tmp_path)
        await until(lambda: one.app.workbench is not None)
        one.app.servers_page.start_all()
        await until(lambda: one.states() == {ServerState.RUNNING})
        one.app.chat.windows.open_pair()
        reader, writer = await asyncio.open_connection("127.0.0.1", one.app.controls[0].port)
        writer.write(b"GET /a.zzz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert await one.exit() == 0
        assert one.states() == {ServerState.STOPPED}
        assert not one.app.window.isVisible()
        writer.close()

    run(scenario())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_in_order(run: Run, qapp: QApplication, tmp_path: Path, number: signal.Signals) -> None:
    async def scenario() -> None:
        one = Opened(qapp, tmp_path)
        await until(lambda: one.app.workbench is not None)
        os.kill(os.getpid(), number)
        assert await one.life == 0

    run(scenario())


def test_closing_while_it_still_loads(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = Opened(qapp, tmp_path)
        await until(lambda: one.app.window.isVisible())
        assert await one.exit() == 0

    run(scenario())


def test_a_second_request_leaves_at_once(
    run: Run, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        one = Opened(qapp, tmp_path)
        await until(lambda: one.app.workbench is not None)
        assert one.app.workbench is not None

        def never() -> Coroutine[Any, Any, bool]:
            return asyncio.Event().wait()

        monkeypatch.setattr(one.app.workbench, "stop", never)
        one.app.window.close()
        await asyncio.sleep(0)
        one.app.request_exit()
        assert await one.life == 0

    run(scenario())


def test_the_window_comes_back_as_it_was_left(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            one.app.window.resize(one.app.window.width(), 640)
            one.app.window.show_page(2)
        async with opened(qapp, tmp_path) as one:
            assert one.app.window.height() == 640
            assert one.app.chat.page.isVisible()

    run(scenario())


def test_no_socket_listens_beyond_this_computer(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            one.app.servers_page.start_all()
            await until(lambda: one.states() == {ServerState.RUNNING})
            assert one.app.workbench is not None
            for server in one.app.workbench.servers:
                assert server.address is not None
                hosts = {host for host, _ in server.address.bound}
                assert hosts <= {"127.0.0.1", "::1"}
                assert "127.0.0.1" in hosts
                socket.create_connection(("localhost", server.address.port)).close()

    run(scenario())
