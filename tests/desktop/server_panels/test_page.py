"""Tests of the Servers page: which detail belongs to which card, and the tabs of the REST server."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QTabWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.control import ServerControl
from desktop.server_panels.page import ServersPage
from desktop.tasks import TaskSet
from servers.settings import Mode
from tests.desktop.server_panels.samples import GET


@pytest.fixture
def page(qtbot: QtBot, controls: tuple[ServerControl, ...]) -> Iterator[ServersPage]:
    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    tasks = TaskSet(fail)
    shown = ServersPage(controls, Mode.ECHO, tasks)
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    assert len(tasks) == 0


def test_rest_has_its_traffic_and_its_data(page: ServersPage) -> None:
    page.show_server("rest")
    (tabs,) = page.findChildren(QTabWidget)
    names = [tabs.tabText(number).replace("&", "") for number in range(tabs.count())]
    assert (names, tabs.currentWidget()) == (["Traffic", "Data"], page.panels["rest"])
    bar = tabs.findChild(QTabBar)
    assert bar is not None
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    assert page.data.isVisible()
    assert not page.panels["rest"].isVisible()


def test_a_card_brings_its_own_detail(page: ServersPage) -> None:
    assert page.panels["http"].isVisible()
    for name, card in page.cards.items():
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert [one for one, panel in page.panels.items() if panel.isVisible()] == [name]


def test_traffic_goes_to_the_table_of_its_server(page: ServersPage) -> None:
    page.take([GET, GET._replace(source="rest"), GET._replace(source="rest")])
    assert [len(panel.table.ring.rows) for panel in page.panels.values()] == [1, 2, 0]
    assert page.cards["rest"].figures.text() == "2 requests"


def test_nothing_can_be_started_before_there_are_servers(page: ServersPage) -> None:
    assert not page.start_button.isEnabled()
    assert not page.stop_button.isEnabled()
    assert page.mode.currentText() == "Echo"
