"""A run in its tab: it closes in the middle, and tidies up all the same."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Step
from desktop.explorer.session import Spot
from tests.conftest import Run
from tests.desktop.explorer.pages import until
from tests.desktop.explorer.servers import OK, RawServer
from tests.desktop.explorer.tabs.stage import stage

CREATED = b"HTTP/1.1 201 Created\r\nLocation: /players/7\r\nContent-Length: 0\r\n\r\n"
HELD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"


def steps(url: str, *methods: str) -> list[Step]:
    text = "".join(f"### {method}\n{method} {url}\n" for method in methods)
    return [Step(part, Spot(name=part.name)) for part in parse(text).requests]


def test_closing_in_the_middle_deletes_what_was_made(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(CREATED, HELD, OK).running() as server:
            tab = one.tabs.open_run("Run", steps(server.url, "POST", "GET"), {})
            gone: list[bool] = []
            tab.pane.destroyed.connect(lambda: gone.append(True))
            await until(lambda: len(server.requests) == 2)
            tab.close_wanted.emit()
            assert one.tabs.runs == []
            await until(lambda: bool(gone))
            assert server.requests[2].startswith(b"DELETE /players/7 ")

    run(scenario())


def test_a_second_run_at_the_same_time_has_a_tab_of_its_own(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(b"", hold=True).running() as server:
            first = one.tabs.open_run("Run", steps(server.url, "GET"), {}, tmp_path)
            second = one.tabs.open_run("Run", steps(server.url, "GET"), {}, tmp_path)
            assert first is not second
            first.cancel()
            await until(lambda: not first.running)
            assert one.tabs.open_run("Run", steps(server.url, "GET"), {}, tmp_path) is first
            first.run((), {})
            assert first.running

    run(scenario())


def test_what_is_typed_in_a_row_stays_until_the_next_run(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(OK, OK, OK).running() as server:
            tab = one.tabs.open_run("Run", steps(server.url, "GET", "PUT"), {})
            await until(lambda: not tab.running)
            tab.pane.show_request(Request("GET", "http://h/typed"))
            tab.runs.chosen.emit(2)
            assert tab.pane.request().method == "PUT"
            tab.runs.chosen.emit(1)
            assert tab.pane.request().url == "http://h/typed"
            with qtbot.waitSignal(tab.again_wanted):
                tab.runs.pressed.emit()

    run(scenario())
