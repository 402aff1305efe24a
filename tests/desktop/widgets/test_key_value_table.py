"""Tests of the table of names and values, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.widgets.key_value_table import KeyValueTable, Row

KEY = Qt.Key


@pytest.fixture
def table(qtbot: QtBot) -> KeyValueTable:
    """An editable table with two rows."""
    table = KeyValueTable()
    qtbot.addWidget(table)
    table.set_rows([Row("Accept", "text/html"), Row("X", "\x1b", enabled=False)])
    table.show()
    table.setFocus()
    table.setCurrentIndex(table.pairs.index(0, 0))
    return table


def edit(qtbot: QtBot, table: KeyValueTable, row: int, column: int, text: str) -> None:
    """Type over a cell."""
    table.setCurrentIndex(table.pairs.index(row, column))
    QTest.keyClicks(table, text[0])
    editor = table.findChildren(QLineEdit)[-1]
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: table.state() != KeyValueTable.State.EditingState)


def test_the_model_keeps_qts_rules(table: KeyValueTable) -> None:
    QAbstractItemModelTester(table.pairs, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_typing_into_the_last_row_adds_one(qtbot: QtBot, table: KeyValueTable) -> None:
    with qtbot.waitSignal(table.changed):
        edit(qtbot, table, 2, 0, "Host")
    edit(qtbot, table, 2, 1, "localhost")
    assert table.rows()[2] == Row("Host", "localhost")
    assert table.pairs.rowCount() == 4


def test_editing_changes_only_that_cell(qtbot: QtBot, table: KeyValueTable) -> None:
    edit(qtbot, table, 0, 1, "a/b")
    assert table.rows() == (Row("Accept", "a/b"), Row("X", "\x1b", enabled=False))


def test_what_is_being_typed_can_be_taken_over(table: KeyValueTable) -> None:
    table.commit()
    QTest.keyClicks(table, "A")
    QTest.keyClicks(table.findChildren(QLineEdit)[-1], "ge")
    table.commit()
    assert table.rows()[0] == Row("Age", "text/html")


def test_space_ticks(table: KeyValueTable) -> None:
    QTest.keyClick(table, KEY.Key_Space)
    assert not table.rows()[0].enabled
    QTest.keyClick(table, KEY.Key_Space)
    assert table.rows()[0].enabled


def test_delete_removes_the_row_but_never_the_last(table: KeyValueTable) -> None:
    QTest.keyClick(table, KEY.Key_Delete)
    assert [row.name for row in table.rows()] == ["X"]
    table.selectAll()
    QTest.keyClick(table, KEY.Key_Delete)
    QTest.keyClick(table, KEY.Key_Delete)
    assert table.rows() == ()
    assert table.pairs.rowCount() == 1


def test_copy_takes_lines_with_nothing_hidden(table: KeyValueTable) -> None:
    table.selectAll()
    QTest.keyClick(table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Accept: text/html\nX: \\x1b"
    assert table.pairs.index(1, 1).data() == "\\x1b"


def test_tab_leaves_the_table(table: KeyValueTable) -> None:
    assert not table.tabKeyNavigation()


def test_a_table_to_read_has_neither_ticks_nor_an_empty_row(qtbot: QtBot) -> None:
    table = KeyValueTable(editable=False)
    qtbot.addWidget(table)
    table.set_rows([Row("A", "1")])
    index = table.pairs.index(0, 0)
    assert table.pairs.rowCount() == 1
    assert index.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not table.pairs.flags(index) & Qt.ItemFlag.ItemIsEditable
    table.setCurrentIndex(index)
    QTest.keyClick(table, KEY.Key_Delete)
    assert table.rows() == (Row("A", "1"),)
    QAbstractItemModelTester(table.pairs, QAbstractItemModelTester.FailureReportingMode.Fatal)
