"""The table follows who comes and goes, and keeps what its user chose and looks at."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.server_panels.clients.columns import COLUMNS
from desktop.server_panels.clients.table import ClientTable
from servers.websocket.client import Client
from tests.desktop.server_panels.clients.fakes import fake

_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAME, MESSAGES = (next(n for n, one in enumerate(COLUMNS) if one.title == title) for title in ("Name", "Messages"))


@pytest.fixture
def table(qtbot: QtBot) -> ClientTable:
    table = ClientTable()
    qtbot.addWidget(table)
    QAbstractItemModelTester(table.clients, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    table.resize(800, 300)
    with qtbot.waitExposed(table):
        table.show()
    return table


def ids(table: ClientTable) -> list[int]:
    return [one.id for one in table.clients.rows]


def chosen(table: ClientTable) -> list[int]:
    return [one.id for one in table.chosen()]


def top(table: ClientTable) -> int:
    """The number of the client in the first row that is seen."""
    return table.clients.rows[table.rowAt(0)].id


def header_click(table: ClientTable, column: int) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 12, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_clients_come_and_go(table: ClientTable) -> None:
    everybody = [fake(number) for number in range(1, 6)]
    table.show_clients(everybody[:3])
    assert ids(table) == [1, 2, 3]
    table.show_clients([everybody[1], *everybody[3:]])
    assert ids(table) == [2, 4, 5]
    table.show_clients([])
    assert ids(table) == []


def test_the_choice_stays_with_the_clients(table: ClientTable) -> None:
    everybody = [fake(number) for number in range(1, 8)]
    table.show_clients(everybody)
    table.selectRow(4)
    assert chosen(table) == [5]
    table.show_clients(everybody[3:])
    assert chosen(table) == [5]
    header_click(table, NAME)
    header_click(table, NAME)
    assert (ids(table), chosen(table)) == ([7, 6, 5, 4], [5])
    table.show_clients([one for one in everybody if one.id != 5])
    assert chosen(table) == []


def test_a_click_on_a_title_sorts(table: ClientTable) -> None:
    people = [fake(1, "cleo", messages_in=1), fake(2, "Ann", messages_in=9), fake(3, "Ben", messages_out=4)]
    table.show_clients(people)
    header_click(table, NAME)
    assert ids(table) == [2, 3, 1]
    header_click(table, MESSAGES)
    header_click(table, MESSAGES)
    assert ids(table) == [2, 3, 1]
    people[0] = fake(1, "cleo", messages_in=99)
    table.show_clients(people)
    assert ids(table) == [1, 2, 3]


def test_the_same_clients_stay_in_view(table: ClientTable, qtbot: QtBot) -> None:
    everybody = [fake(number) for number in range(1, 201)]
    table.show_clients(everybody)
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 100)
    table.verticalScrollBar().setValue(100)
    assert top(table) == 101
    table.show_clients(everybody[50:])
    assert top(table) == 101
    table.sortByColumn(0, _DESCENDING)
    before = top(table)
    table.show_clients([*everybody[50:], *(fake(number) for number in range(201, 260))])
    assert top(table) == before


def test_who_looks_at_the_top_goes_on_looking_there(table: ClientTable) -> None:
    table.sortByColumn(0, _DESCENDING)
    table.show_clients([fake(number) for number in range(1, 100)])
    table.show_clients([fake(number) for number in range(1, 150)])
    assert top(table) == 149


def test_when_the_chosen_client_leaves_the_table_stays_where_it_is(table: ClientTable) -> None:
    everybody = [fake(number) for number in range(1, 100)]
    table.show_clients(everybody)
    table.selectRow(2)
    table.show_clients([one for one in everybody if one.id != 3])
    assert (top(table), chosen(table)) == (1, [])
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert chosen(table) == [5]
    table.show_clients([])
    assert not table.currentIndex().isValid()


def test_filters(table: ClientTable) -> None:
    people = [fake(1, "Ann", "/rooms/blue"), fake(2, "Joann"), fake(3, "Ben", remote=("10.0.0.1", 99))]
    table.clients.text = "ann"
    table.show_clients(people)
    assert ids(table) == [1, 2]
    table.clients.room = "/rooms/blue"
    table.show_clients(people)
    assert ids(table) == [1]
    table.clients.room, table.clients.text = None, "10.0.0.1:99"
    table.show_clients(people)
    assert ids(table) == [3]


def test_the_tip_has_everything_and_is_not_taken_for_html(table: ClientTable) -> None:
    table.show_clients([fake(1, "<b>Ann</b>")])
    tip = table.clients.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Ann&lt;/b&gt;" in tip
    assert all(column.title in tip for column in COLUMNS)


def test_what_matters_is_seen_whole_in_800_pixels(table: ClientTable) -> None:
    table.show_clients([fake(number) for number in range(1, 100)])
    ping = [column.title for column in COLUMNS].index("Ping")
    beside = table.verticalScrollBar().sizeHint().width() + 2 * table.frameWidth()
    assert table.columnViewportPosition(ping) + table.columnWidth(ping) + beside <= 800
    metrics = table.fontMetrics()
    for number, column in enumerate(COLUMNS):
        assert metrics.horizontalAdvance(column.widest) < table.columnWidth(number) - 6
        assert metrics.horizontalAdvance(column.title) < table.columnWidth(number) - 6


def test_a_refresh_reads_the_figures_that_are_seen_only(table: ClientTable, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody = [fake(number) for number in range(1, 2001)]
    table.show_clients(everybody)
    read: list[int] = []

    def pending(one: Client) -> int:
        read.append(one.id)
        return 0

    monkeypatch.setattr(type(everybody[0]), "pending", property(pending))
    table.show_clients(everybody)
    table.viewport().repaint()
    assert 1 in read
    assert max(read) < 30


def test_the_menu_sends_closes_and_copies(table: ClientTable, qtbot: QtBot) -> None:
    table.show_clients([fake(1), fake(2)])
    table.selectRow(1)
    table.customContextMenuRequested.emit(QPoint(5, 5))
    assert table.menu.isVisible()
    send, close, copy = table.menu.actions()
    with qtbot.waitSignal(table.send_wanted) as wanted:
        send.trigger()
    assert wanted.args == [2]
    with qtbot.waitSignal(table.close_wanted):
        close.trigger()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "127.0.0.1:50002"
    table.selectAll()
    table.customContextMenuRequested.emit(QPoint(5, 5))
    assert not send.isEnabled()
    table.menu.close()


def test_without_a_client_there_is_no_menu(table: ClientTable) -> None:
    table.customContextMenuRequested.emit(QPoint(5, 5))
    assert not table.menu.isVisible()


def test_enter_writes_to_a_client(table: ClientTable, qtbot: QtBot) -> None:
    table.show_clients([fake(1), fake(2)])
    table.selectRow(1)
    with qtbot.waitSignal(table.send_wanted) as wanted:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == [2]
