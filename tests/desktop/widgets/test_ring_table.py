"""The ring table: a view that follows politely, filters without blocking and keeps the chosen row."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.widgets.ring_table import RingTable
from tests.desktop.widgets.items import COLUMNS, PLENTY, Item, is_even, items


@pytest.fixture
def table(qtbot: QtBot) -> RingTable[Item]:
    table = RingTable(COLUMNS, 1000, PLENTY)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    return table


def at_end(table: RingTable[Item]) -> bool:
    bar = table.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def test_the_view_follows_unless_scrolled_up(table: RingTable[Item], qtbot: QtBot) -> None:
    bar = table.verticalScrollBar()
    table.extend(items(*range(100)))
    qtbot.waitUntil(lambda: at_end(table))
    bar.setValue(10)
    table.extend(items(*range(100)))
    assert bar.value() == 10
    table.clear()
    assert table.ring.rowCount() == 0


def test_scrolled_up_it_stays_with_the_rows_that_are_read(table: RingTable[Item], qtbot: QtBot) -> None:
    table.extend(items(*range(1000)))
    qtbot.waitUntil(lambda: at_end(table))
    table.verticalScrollBar().setValue(500)
    table.extend(items(*range(1000, 1100)))
    assert table.verticalScrollBar().value() == 400
    assert table.ring.rows[400] == Item(500)


def test_it_stays_at_the_end_when_its_size_changes(table: RingTable[Item], qtbot: QtBot) -> None:
    table.extend(items(*range(100)))
    qtbot.waitUntil(lambda: at_end(table))
    table.resize(300, 120)
    qtbot.waitUntil(lambda: at_end(table))


def test_a_filter_counts_for_what_comes_later_too(table: RingTable[Item], qtbot: QtBot) -> None:
    table.extend(items(*range(900)))
    table.show_only(is_even)
    qtbot.waitUntil(lambda: table.ring.tried_all)
    table.extend(items(900, 901))
    qtbot.waitUntil(lambda: table.ring.rows == items(*range(0, 902, 2)))
    assert at_end(table)
    table.show_only(None)
    assert len(table.ring.rows) == 902


def test_the_chosen_row_stays_chosen_and_comes_back(table: RingTable[Item], qtbot: QtBot) -> None:
    table.extend(items(*range(900)))
    table.verticalScrollBar().setValue(0)
    table.selectRow(501)
    table.show_only(is_even)
    qtbot.waitUntil(lambda: table.ring.tried_all)
    assert table.chosen() is None
    table.verticalScrollBar().setValue(0)
    table.show_only(None)
    assert table.chosen() == Item(501)
    assert table.rowAt(0) <= 501 <= table.rowAt(table.viewport().height() - 1)


def test_after_clear_nothing_is_looked_for(table: RingTable[Item]) -> None:
    table.extend(items(1, 2))
    table.selectRow(0)
    table.clear()
    assert table.chosen() is None
    table.extend(items(1, 2))
    table.show_only(None)
    assert table.chosen() is None


def test_with_nothing_to_show_it_says_so(table: RingTable[Item]) -> None:
    blank = table.grab().toImage()
    table.set_placeholder("Nothing is even.")
    assert table.grab().toImage() != blank
