"""The windows of the explorer, at the end of the program."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.request_tab import RequestTab
from tests.conftest import Run
from tests.desktop.explorer.servers import RawServer
from tests.desktop.explorer.tabs.stage import stage, type_in


def test_at_the_end_they_close_without_a_question_and_keep_their_drafts(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(b"", hold=True).running() as server:
            dropped: list[RequestTab] = []
            windows = one.desk.windows
            windows.dropped.connect(dropped.append)
            tabs = [windows.show(Document(Request("GET", server.url))).tab for _ in range(2)]
            windows.set_roots(())
            assert [tab.roots for tab in windows.requests] == [(), ()]
            type_in(tabs[0], "typed")
            tabs[1].pane.send()
            await server.got_request.wait()
            windows.close()
            assert (windows.open, dropped) == ([], [])

    run(scenario())
