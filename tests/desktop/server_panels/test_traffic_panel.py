"""The traffic panel: pause counts what waits, clear forgets, the filter hides."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.server_panels.control import ServerControl
from desktop.server_panels.traffic_panel import TrafficPanel
from tests.desktop.server_panels.samples import GET


@pytest.fixture
def panel(qtbot: QtBot, controls: tuple[ServerControl, ...]) -> TrafficPanel:
    panel = TrafficPanel(controls[0])
    qtbot.addWidget(panel)
    panel.show()
    return panel


def click(widget: QPushButton) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_empty_it_says_what_to_do(panel: TrafficPanel) -> None:
    assert panel.empty.isVisible()
    assert panel.empty.text() == "No traffic yet.\nPress Start on the HTTP card."


def test_pause_holds_and_resume_shows(panel: TrafficPanel) -> None:
    panel.take([GET])
    click(panel.pause)
    panel.take([GET, GET])
    assert len(panel.table.ring.rows) == 1
    assert panel.pause.text() == "Resume (2 wait)"
    click(panel.pause)
    assert len(panel.table.ring.rows) == 3
    assert panel.pause.text() == "Pause"
    assert panel.figures() == "3 requests"


def test_clear_forgets_also_what_waits(panel: TrafficPanel) -> None:
    panel.take([GET])
    click(panel.pause)
    panel.take([GET])
    click(panel.clear)
    assert panel.pause.text() == "Resume (0 wait)"
    click(panel.pause)
    assert panel.table.ring.rows == []
    assert panel.empty.isVisible()


def test_a_filter_counts_for_what_comes_later_too(panel: TrafficPanel) -> None:
    panel.filter.setText("404")
    panel.take([GET, GET])
    assert all(panel.table.isRowHidden(row) for row in range(2))
    panel.filter.clear()
    assert not any(panel.table.isRowHidden(row) for row in range(2))


def test_the_chosen_request_can_be_opened_in_the_explorer(panel: TrafficPanel, qtbot: QtBot) -> None:
    panel.take([GET, GET._replace(target="/second")])
    assert not panel.open.isEnabled()
    panel.table.selectRow(1)
    assert panel.open.isEnabled()
    for ask in (panel.open.click, panel.menu.actions()[0].trigger):
        with qtbot.waitSignal(panel.explorer_wanted) as caught:
            ask()
        assert caught.args == [GET._replace(target="/second")]
    panel.table.clearSelection()
    assert not panel.open.isEnabled()
    panel.table.selectRow(0)
    click(panel.clear)
    assert not panel.open.isEnabled()
    with qtbot.assertNotEmitted(panel.explorer_wanted):
        panel.menu.actions()[0].trigger()


def test_what_went_over_a_websocket_is_not_for_the_explorer(qtbot: QtBot, controls: tuple[ServerControl, ...]) -> None:
    shown = TrafficPanel(controls[-1])
    qtbot.addWidget(shown)
    shown.show()
    assert not shown.open.isVisible()
