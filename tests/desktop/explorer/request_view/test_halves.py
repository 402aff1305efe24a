"""The line between a request and its response."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from desktop.explorer.request_view.pane import RequestPane
from tests.conftest import Run
from tests.desktop.explorer.pages import page_shown


def share(pane: RequestPane) -> float:
    halves = pane.findChild(QSplitter, "explorerSplitter")
    assert isinstance(halves, QSplitter)
    return halves.sizes()[0] / sum(halves.sizes())


def test_where_the_line_was_moved_it_is_for_other_requests_too(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)

    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            first = page.tabs.current_request().pane
            assert share(first) == pytest.approx(0.4, abs=0.02)
            halves = first.findChild(QSplitter, "explorerSplitter")
            assert isinstance(halves, QSplitter)
            halves.setSizes([300, 300])
            halves.splitterMoved.emit(300, 1)
            assert share(page.tabs.new_request().pane) == pytest.approx(0.5, abs=0.02)
            page.resize(1100, 900)
            assert share(page.tabs.current_pane()) == pytest.approx(0.5, abs=0.02)
            page.save_state(store)
            page.session.share = 0.4
            page.restore_state(store)
            assert page.session.share == pytest.approx(0.5, abs=0.02)

    run(scenario())


def test_settings_that_make_no_sense_are_left_alone(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)

    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            for nonsense in ("x", "nan", "7", ""):
                store.setValue("explorer/share", nonsense)
                page.restore_state(store)
                assert page.session.share == 0.4

    run(scenario())
