"""Tests of the explorer's page: samples, runs, what comes back after a restart, what comes from elsewhere."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Header, Request
from desktop.explorer.page import ExplorerPage
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.run_tab import RunTab
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.requests import delete
from desktop.explorer.workspace.steps import Place
from desktop.explorer.workspace.trash import Trash
from tests.conftest import Run
from tests.desktop.explorer.pages import JSON, KEY, page_shown, until, until_sent
from tests.desktop.explorer.servers import OK, RawServer
from tests.servers.samples import exchange

CREATED = b"HTTP/1.1 201 Created\r\nLocation: /players/7\r\nContent-Length: 2\r\n\r\n{}"
HELD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
"""The head of a response whose body never comes."""
LOCAL = "http://localhost:1"


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(tab: RunTab, number: int) -> None:
    """Click a row of a run."""
    place = tab.runs.list.visualRect(tab.runs.rows.index(number - 1)).center()
    QTest.mouseClick(tab.runs.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def until_run(tab: RunTab) -> None:
    await until(lambda: not tab.runs.running)


def run_of(page: ExplorerPage) -> RunTab:
    """The only run."""
    (tab,) = page.tabs.runs
    return tab


def test_at_the_first_start_the_samples_are_there(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            folder = tmp_path / "collections" / "Samples"
            assert page.collections.folders() == (folder,)
            assert {one.name for one in folder.iterdir()} == {"crud-tour.http", "http-pages.http", "lab.http"}
            tab = page.tabs.current_request()
            assert tab.pane.request().url == "http://localhost:5000/players"

    run(scenario())


def test_the_tour_is_asked_for_where_nothing_has_been_sent_and_beside_send(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            pane = page.tabs.current_request().pane
            for button in (pane.response.tour, pane.line.tour):
                with qtbot.waitSignal(page.tour_requested):
                    click(button)
            page.tour_failed("Port 5000 is in use.")
            assert pane.fault.isVisible()
            assert pane.fault.text() == "Port 5000 is in use."

    run(scenario())


def test_a_run_has_a_tab_of_its_own(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK, CREATED, OK).running() as server:
            page.run_tour(server.url)
            page.run_tour(server.url)
            tab = run_of(page)
            assert page.tabs.currentWidget() is tab
            await until_run(tab)
            choose(tab, 2)
            assert (tab.pane.request().method, tab.pane.request().url) == ("POST", f"{server.url}players")
            assert tab.pane.response.line.status.text() == "201 Created"
            tab.pane.line.url.setText("http://h/changed")
            choose(tab, 3)
            assert tab.pane.request().url == f"{server.url}players/7"
            choose(tab, 2)
            assert tab.pane.request().url == "http://h/changed"
            click(tab.runs.close_button)
            assert page.tabs.runs == []
            assert page.tabs.current_request().pane.request().url == "http://localhost:5000/players"

    run(scenario())


def test_a_run_can_be_cancelled_and_started_again(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(b"", hold=True).running() as server:
            page.run_tour(server.url)
            tab = run_of(page)
            await server.got_request.wait()
            click(tab.runs.button)
            await until_run(tab)
            assert tab.runs.summary.text() == "Stopped after 0 of 12 requests"
            with qtbot.waitSignal(page.tour_requested):
                click(tab.runs.button)
            page.run_tour(LOCAL)
            assert run_of(page) is tab
            await until_run(tab)
            assert tab.runs.summary.text() == "12 requests, 12 not as expected"
            choose(tab, 3)
            assert tab.pane.response.currentWidget() is tab.pane.response.empty
            assert "{{created.response.headers.Location}}" in tab.pane.fault.text()

    run(scenario())


def test_a_tour_that_is_cancelled_deletes_what_it_has_made(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK, CREATED, HELD, OK).running() as server:
            page.run_tour(server.url)
            tab = run_of(page)
            await until(lambda: len(server.requests) == 3)
            click(tab.runs.button)
            await until(lambda: len(server.requests) == 4)
            assert server.requests[3].startswith(b"DELETE /players/7 ")
            await until_run(tab)
            assert tab.runs.summary.text() == "Stopped after 2 of 12 requests, all as expected"

    run(scenario())


def test_a_tour_whose_server_stops_says_what_it_leaves(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK, CREATED).running() as server:
            page.run_tour(server.url)
            await until_run(run_of(page))
            assert run_of(page).runs.summary.text().endswith(". /players/7, which it made, is still there.")

    run(scenario())


def test_leaving_waits_for_no_tidying(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with RawServer(OK, CREATED, HELD).running() as server, page_shown(qtbot, tmp_path) as page:
            page.run_tour(server.url)
            await until(lambda: len(server.requests) == 3)
        assert len(server.requests) == 3

    run(scenario())


def test_a_file_of_a_collection_is_run(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK, OK, OK).running() as server:
            folder = tmp_path / "mine"
            folder.mkdir()
            (folder / "a.http").write_text(
                f"@host = {server.url}\n### One\nGET {{{{host}}}}1\n### Two\nGET {{{{host}}}}2\n"
            )
            (folder / "b.http").write_text(f"### Three\nGET {server.url}3\n")
            page.collections.run_wanted.emit(folder)
            await until(lambda: bool(page.tabs.runs))
            await until_run(run_of(page))
            assert [request.split()[1] for request in server.requests] == [b"/1", b"/2", b"/3"]
            assert run_of(page).runs.summary.text() == "3 requests, all as expected"
            page.collections.run_wanted.emit(folder / "none.http")
            await until(lambda: "none.http cannot be read" in page.collections.message.text())

    run(scenario())


def test_the_shortcuts(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(JSON).running() as server:
            pane = page.tabs.current_request().pane
            pane.show_request(Request("GET", server.url))
            pane.line.url.setFocus()
            control = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(pane.line.url, KEY.Key_Return, control)
            await until_sent(pane)
            assert len(server.requests) == 1
            QTest.keyClick(pane.line.url, KEY.Key_T, control)
            assert page.tabs.count() == 2
            fresh = page.tabs.current_request()
            fresh.setFocus()
            QTest.keyClick(fresh, KEY.Key_L, control)
            assert fresh.pane.line.url.hasFocus()
            QTest.keyClick(fresh.pane.line.url, KEY.Key_W, control)
            assert page.tabs.count() == 1

    run(scenario())


def test_a_recorded_request_opens_in_a_tab(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            record = exchange(target="/x", headers=(("Host", "h:1"), ("A", "b")))._replace(request_headers=())
            page.open_exchange(record._replace(request_headers=(("Host", "h:1"), ("A", "b")), request_size=5))
            tab = page.tabs.current_request()
            assert page.tabs.count() == 2
            assert tab.pane.request().url == "http://h:1/x"
            assert tab.pane.request().headers == (Header("A", "b"),)
            assert tab.notice.text().startswith("Only the first 0 of the 5 bytes")

    run(scenario())


def test_what_was_open_comes_back(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)

    async def leave() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            page.tabs.current_request().pane.show_request(Request("PUT", "http://h/typed"))
            page.tabs.new_request().pane.show_request(Request("GET", "http://h/second"))
            page.side.setCurrentIndex(1)
            page.save_state(store)

    async def come_back() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            page.restore_state(store)
            urls = [tab.pane.request().url for tab in page.tabs.requests]
            assert urls == ["http://h/typed", "http://h/second"]
            assert page.tabs.currentIndex() == 1
            assert page.side.currentIndex() == 1
            assert page.tabs.requests[0].is_modified
            assert page.collections.folders() == (tmp_path / "collections" / "Samples",)

    run(leave())
    run(come_back())


def test_a_draft_survives_a_crash(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "explorer" / "open"

    async def crash() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            QTest.keyClicks(page.tabs.current_request().pane.line.url, "/typed")
            await until(lambda: any("typed" in one.read_text() for one in folder.glob("*.json")))

    async def come_back() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            (tab,) = page.tabs.requests
            assert "/typed" in tab.pane.request().url

    run(crash())
    run(come_back())


def test_a_deleted_neighbour_is_not_mistaken_for_a_request_that_is_open(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            folder = tmp_path / "mine"
            folder.mkdir()
            file = folder / "a.http"
            file.write_text("### One\nGET http://h/1\n### Two\nGET http://h/2\n")
            page.collections.open_folder(folder)
            two = page.tabs.open_origin(Origin(file, 1, "### Two\nGET http://h/2\n"))
            trash = Trash(tmp_path / "trash", lambda _: None)
            page.collections.keeper.carry_out(lambda: delete([Place(file, 0)], trash))
            await until(lambda: two.origin is not None and two.origin.index == 0)
            assert not two.is_modified

    run(scenario())


def test_trying_a_request_leaves_those_of_files_alone(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK).running() as server:
            tab = page.tabs.open_origin(Origin(tmp_path / "a.http", 0, "### One\nGET http://h/1\n"))
            page.try_url(server.url)
            assert tab.request().url == "http://h/1"
            assert page.tabs.current_request() is not tab
            await until_sent(page.tabs.current_request().pane)

    run(scenario())


def test_trying_a_request_leaves_what_is_typed_alone_and_opens_one_tab(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page, RawServer(OK, OK).running() as server:
            typed = page.tabs.current_request()
            typed.pane.line.url.setText("http://h/typed")
            for _ in range(2):
                page.try_url(server.url)
                await until_sent(page.tabs.current_request().pane)
            assert typed.request().url == "http://h/typed"
            assert page.tabs.count() == 2

    run(scenario())


def test_a_command_that_is_pasted_into_a_window_stays_there(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            page.desk.show_window(Document(Request()))
            (tab,) = page.desk.windows.requests
            tab.pane.line.url.take("curl http://h/pasted")
            await until(lambda: tab.request().url == "http://h/pasted")
            assert page.tabs.count() == 1

    run(scenario())
