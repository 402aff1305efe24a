"""Tests of the Servers page: which detail belongs to which card, and the tabs in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QTabWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.control import ServerControl
from desktop.server_panels.page import ServersPage
from desktop.tasks import TaskSet
from tests.desktop.server_panels.samples import GET


@pytest.fixture
def page(qtbot: QtBot, controls: tuple[ServerControl, ...], tmp_path: Path) -> Iterator[ServersPage]:
    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    tasks = TaskSet(fail)
    shown = ServersPage(controls, tmp_path / "authority.pem", tmp_path / "recent.json", tasks)
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    assert len(tasks) == 0


def tabs_of(page: ServersPage, name: str) -> QTabWidget:
    page.show_server(name)
    (tabs,) = (one for one in page.findChildren(QTabWidget) if one.isVisible())
    return tabs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("http", ["Traffic", "Site", "Settings"]),
        ("rest", ["Traffic", "Data", "Settings"]),
        ("ws", ["Messages", "Clients", "Settings"]),
    ],
)
def test_each_server_has_its_tabs(page: ServersPage, name: str, expected: list[str]) -> None:
    tabs = tabs_of(page, name)
    assert [tabs.tabText(number).replace("&", "") for number in range(tabs.count())] == expected
    assert tabs.currentWidget() is page.panels[name]
    bar = tabs.findChild(QTabBar)
    assert bar is not None
    own = {"http": page.site, "rest": page.data, "ws": page.clients}[name]
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    assert own.isVisible()
    assert not page.panels[name].isVisible()


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


def test_the_html_page_is_asked_for(page: ServersPage, qtbot: QtBot) -> None:
    tabs_of(page, "ws").setCurrentWidget(page.clients)
    with qtbot.waitSignal(page.page_wanted):
        QTest.mouseClick(page.clients.mode_row.page, Qt.MouseButton.LeftButton)


def test_a_fault_is_seen_whole_in_a_low_window(page: ServersPage, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Port 8001 is already in use by another program of this computer (process 123456)."
    monkeypatch.setattr(ServerControl, "error", property(lambda _: sentence))
    for control in page.controls:
        control.changed.emit()
    page.resize(page.minimumSizeHint())
    QApplication.sendPostedEvents()
    for card in page.cards.values():
        assert card.message.height() >= card.message.heightForWidth(card.message.width())
