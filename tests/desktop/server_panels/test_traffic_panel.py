"""The traffic panel: pause counts what waits, clear forgets, the filter hides."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.server_panels.control import ServerControl
from desktop.server_panels.record_view import SocketView
from desktop.server_panels.traffic_panel import ROWS, TrafficPanel
from tests.desktop.server_panels.samples import CLOSE, GET, TEXT, UPGRADE


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
    panel.filter.setText("missing")  # no digits: they could be those of the time
    missing = GET._replace(target="/missing")
    panel.take([GET, missing])
    assert panel.table.ring.rows == [missing]
    assert panel.figures() == "2 requests"
    panel.filter.clear()
    assert panel.table.ring.rows == [GET, missing]


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


@pytest.fixture
def socket_panel(qtbot: QtBot, controls: tuple[ServerControl, ...]) -> TrafficPanel:
    panel = TrafficPanel(controls[-1])
    qtbot.addWidget(panel)
    panel.show()
    return panel


def test_what_went_over_a_websocket_is_not_for_the_explorer(socket_panel: TrafficPanel) -> None:
    assert not socket_panel.open.isVisible()
    assert socket_panel.narrow.kinds.isVisible()


def test_handshakes_and_messages_are_counted_apart(socket_panel: TrafficPanel) -> None:
    socket_panel.take([UPGRADE, TEXT, CLOSE])
    assert socket_panel.figures() == "1 handshake, 2 messages"


def test_kinds_can_be_left_out(socket_panel: TrafficPanel) -> None:
    socket_panel.take([UPGRADE, TEXT, CLOSE])
    socket_panel.narrow.kinds.setCurrentText("Text and binary")
    assert socket_panel.table.ring.rows == [TEXT]


def test_only_one_client_and_all_again_from_the_menu(socket_panel: TrafficPanel) -> None:
    other = UPGRADE._replace(remote=("127.0.0.1", 50001))
    socket_panel.take([UPGRADE, other, TEXT])
    socket_panel.table.selectRow(2)
    ask_for_menu(socket_panel)
    only, every = socket_panel.menu.actions()
    assert not every.isEnabled()
    only.trigger()
    assert socket_panel.table.ring.rows == [UPGRADE, TEXT]
    assert socket_panel.table.chosen() is TEXT
    ask_for_menu(socket_panel)
    assert every.isEnabled()
    every.trigger()
    assert len(socket_panel.table.ring.rows) == 3
    socket_panel.menu.close()


def test_without_a_row_there_is_no_menu(socket_panel: TrafficPanel) -> None:
    ask_for_menu(socket_panel)
    assert not socket_panel.menu.isVisible()
    socket_panel.menu.actions()[0].trigger()
    assert socket_panel.narrow.client is None


def test_the_chosen_row_is_shown_in_full_until_clear(socket_panel: TrafficPanel) -> None:
    assert isinstance(socket_panel.detail, SocketView)
    socket_panel.take([UPGRADE, TEXT])
    socket_panel.table.selectRow(1)
    assert socket_panel.detail.message.isVisible()
    socket_panel.table.selectRow(0)
    assert socket_panel.detail.handshake.isVisible()
    click(socket_panel.clear)
    assert socket_panel.detail.currentWidget() is socket_panel.detail.nothing


def test_a_flood_that_was_held_is_bounded(socket_panel: TrafficPanel) -> None:
    click(socket_panel.pause)
    socket_panel.take([TEXT] * (ROWS + 100))
    assert socket_panel.pause.text() == "Resume (5,000 wait)"
    click(socket_panel.pause)
    assert len(socket_panel.table.ring.rows) == ROWS
    assert socket_panel.figures() == "0 handshakes, 5,100 messages"


def ask_for_menu(panel: TrafficPanel) -> None:
    panel.table.customContextMenuRequested.emit(QPoint(5, 5))
