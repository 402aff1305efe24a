"""What can be tried with one click, in the whole application: the CRUD tour and the request to the REST server."""

from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.explorer.request_view.pane import RequestPane
from desktop.main_window import EXPLORER, SERVERS
from desktop.settings import SettingsFile
from servers.listening import listen
from servers.rest.service import Service
from servers.server import ServerState
from servers.settings import Cors, HttpSettings, RestSettings, WebSocketSettings
from servers.workbench import WorkbenchSettings
from tests.conftest import Run, until
from tests.desktop.test_app import Opened, opened
from tests.servers.samples import exchange

HTTP, REST, WS = range(3)


def click(widget: QWidget) -> None:
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def service_of(one: Opened) -> Service:
    assert one.app.workbench is not None
    assert one.app.workbench.rest.service is not None
    return one.app.workbench.rest.service


def written(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


async def serving(one: Opened, path: Path) -> None:
    """Start the REST server over data of one's own."""
    click(one.app.servers_page.cards["rest"].toggle)
    await until(lambda: one.app.controls[REST].url)
    await service_of(one).open(path)


def pane(one: Opened) -> RequestPane:
    """The request in front."""
    return one.explorer.tabs.current_request().pane


def fault(one: Opened) -> str:
    return pane(one).fault.text()


class TestTour:
    def test_starts_the_stopped_server_and_runs(
        self, run: Run, qapp: QApplication, tmp_path: Path, expected_logs: list[str]
    ) -> None:
        expected_logs.append("ERROR portside.web: Request failed")

        async def scenario() -> None:
            async with opened(qapp, tmp_path) as one:
                one.app.window.show_page(EXPLORER)
                assert one.app.controls[REST].state is ServerState.STOPPED
                click(pane(one).line.tour)
                await until(lambda: one.explorer.tabs.runs)
                runs = one.explorer.tabs.runs[0].runs
                await until(lambda: len(runs.results) == 12 and not runs.running)
                assert {result.verdict for result in runs.results} == {"as expected"}
                assert one.app.controls[REST].state is ServerState.RUNNING
                assert fault(one) == ""

        run(scenario())

    def test_says_that_it_needs_the_sample_and_leaves_other_data_alone(
        self, run: Run, qapp: QApplication, tmp_path: Path
    ) -> None:
        file = written(tmp_path / "db.json", '{"players": [{"id": 1}]}')

        async def scenario() -> None:
            async with opened(qapp, tmp_path) as one:
                await serving(one, file)
                before = await service_of(one).export()
                one.app.window.show_page(EXPLORER)
                click(pane(one).response.tour)
                await until(lambda: fault(one))
                assert fault(one).startswith("The CRUD tour needs the sample data")
                assert pane(one).fault.isVisible()
                assert not one.explorer.tabs.runs
                assert await service_of(one).export() == before

        run(scenario())

    def test_says_that_the_port_is_in_use(self, run: Run, qapp: QApplication, tmp_path: Path) -> None:
        taken = listen("localhost", 0)
        port = taken[0].getsockname()[1]
        settings = WorkbenchSettings(HttpSettings(port=0), RestSettings(port=port), WebSocketSettings(port=0))

        async def scenario() -> None:
            async with opened(qapp, tmp_path, settings) as one:
                one.app.window.show_page(EXPLORER)
                click(pane(one).line.tour)
                await until(lambda: fault(one))
                assert fault(one).startswith(f"Port {port} is already in use")
                assert not one.explorer.tabs.runs

        run(scenario())
        for sock in taken:
            sock.close()

    def test_says_that_the_servers_are_not_there_yet(self, run: Run, qapp: QApplication, tmp_path: Path) -> None:
        async def scenario() -> None:
            one = Opened(qapp, tmp_path)
            one.app.showcase.start_tour()  # the explorer is not there yet
            await until(lambda: one.app.explorer)
            one.app.showcase.start_tour()
            await until(lambda: fault(one))
            assert fault(one).startswith("The servers are still being loaded")
            await until(lambda: one.app.workbench is not None)
            assert await one.exit() == 0

        run(scenario())


def test_without_players_the_first_collection_is_shown(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    books = written(tmp_path / "db.json", '{"books": [{"title": "Emma"}], "authors": []}')
    more = written(tmp_path / "more.json", '{"books": [], "players": [{"name": "Ours"}]}')

    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            await serving(one, books)
            click(one.app.servers_page.cards["rest"].try_it)
            await until(lambda: pane(one).response.body.toPlainText() or fault(one))
            await until(lambda: "Emma" in pane(one).response.body.toPlainText())
            assert one.explorer.isVisible()
            assert pane(one).request().url == f"{one.app.controls[REST].url}/books"
            await service_of(one).open(more)
            one.app.window.show_page(SERVERS)
            click(one.app.servers_page.cards["rest"].try_it)
            await until(lambda: "Ours" in pane(one).response.body.toPlainText())
            assert pane(one).request().url.endswith("/players")

    run(scenario())


def test_a_row_of_traffic_opens_in_the_explorer(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            one.app.window.show_page(SERVERS)
            panel = one.app.servers_page.panels["rest"]
            record = exchange(target="/players?x=1")._replace(source="rest", request_headers=(("Host", "h:1"),))
            panel.take([record])
            panel.table.selectRow(0)
            panel.open.click()
            assert pane(one).isVisible()
            assert pane(one).request().url == "http://h:1/players?x=1"

    run(scenario())


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser is asked to show."""
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def test_pages_of_the_site_open_in_the_browser(
    run: Run, qapp: QApplication, tmp_path: Path, opened_urls: list[str]
) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            control, card = one.app.controls[HTTP], one.app.servers_page.cards["http"]
            one.app.servers_page.site_wanted.emit("/a%20b.html")
            await until(lambda: opened_urls)
            assert opened_urls.pop() == f"{control.url}/a%20b.html"
            assert card.try_it.text() == "Play Breakout"
            click(card.try_it)
            assert opened_urls.pop() == f"{control.url}/Breakout/index.html"
            control.change(root=tmp_path)
            assert card.try_it.text() == "Open in browser"
            click(card.try_it)
            assert opened_urls.pop() == f"{control.url}/"

    run(scenario())


def test_the_page_of_the_site_that_chats_is_told_where(
    run: Run, qapp: QApplication, tmp_path: Path, opened_urls: list[str]
) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            http, ws = one.app.controls[HTTP], one.app.controls[WS]
            assert not await ws.ensure_running()
            one.app.servers_page.site_wanted.emit("/WebSockets/client.html")
            await until(lambda: opened_urls)
            assert opened_urls == [f"{http.url}/WebSockets/client.html?url={quote(ws.url, safe='')}"]

    run(scenario())


def test_what_was_chosen_for_the_site_comes_back_but_for_what_is_for_one_run(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with opened(qapp, tmp_path) as one:
            one.app.controls[HTTP].change(root=tmp_path, uploads=True, user="any", cors=Cors.ANY, host="0.0.0.0")
            stored = SettingsFile(tmp_path / "config").workbench().http
            assert stored == HttpSettings(root=tmp_path, uploads=True, user="any")
            one.app.controls[HTTP].change(root=None)
            assert SettingsFile(tmp_path / "config").workbench().http.root is None

    run(scenario())
