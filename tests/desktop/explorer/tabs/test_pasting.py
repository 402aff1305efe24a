"""A pasted curl command becomes requests in tabs."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.explorer.tabs.pasting import MOST, paste
from tests.conftest import Run
from tests.desktop.explorer.tabs.stage import stage, type_in


def test_three_commands_fill_the_tab_and_two_more(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (tab,) = one.tabs.requests
            await paste("curl h/1\ncurl -X PUT h/2\ncurl h/3 --parallel-immediate", tab, one.tabs, tmp_path)
            requests = [one.request() for one in one.tabs.requests]
            assert [request.method for request in requests] == ["GET", "PUT", "GET"]
            assert [request.url[-1] for request in requests] == ["1", "2", "3"]
            assert tab.pane.request().url == requests[0].url
            assert tab.is_modified

    run(scenario())


def test_what_is_typed_or_from_a_file_gives_no_way(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (tab,) = one.tabs.requests
            type_in(tab, "/typed")
            of_file = one.open()
            for current in (tab, of_file):
                before = current.request()
                await paste("curl h/x", current, one.tabs, tmp_path)
                assert current.request() == before
                assert one.tabs.current_request().request().url.endswith("h/x")

    run(scenario())


def test_what_is_no_command_is_said(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (tab,) = one.tabs.requests
            await paste("curl", tab, one.tabs, tmp_path)
            assert tab.notice.text()
            assert one.tabs.requests == [tab]

    run(scenario())


def test_a_range_of_urls_does_not_open_thousands_of_tabs(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (tab,) = one.tabs.requests
            await paste("\n".join(f"curl h/{n}" for n in range(MOST + 5)), tab, one.tabs, tmp_path)
            assert len(one.tabs.requests) == MOST
            assert f"Only the first {MOST} of {MOST + 5} requests are opened." in tab.notice.text()

    run(scenario())
