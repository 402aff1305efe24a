"""Tests of the table of names and values, by keyboard."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.key_value_table import KeyValueTable, Remark, Row

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


def test_lines_are_pasted_as_rows(table: KeyValueTable) -> None:
    QGuiApplication.clipboard().setText("A: 1:2\r\n\nB:3\nC")
    QTest.keyClick(table, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table.rows()[2:] == (Row("A", "1:2"), Row("B", "3"), Row("C", ""))
    table.separator = "="
    QGuiApplication.clipboard().setText("a= b=c")
    QTest.keyClick(table, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table.rows()[5:] == (Row("a", " b=c"),)
    table.setCurrentIndex(table.pairs.index(5, 0))
    QTest.keyClick(table, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a= b=c"


def test_the_context_menu_does_what_the_keys_do(table: KeyValueTable) -> None:
    actions = {action.text().partition("\t")[0]: action for action in table.actions()}
    actions["Move down"].trigger()
    assert [row.name for row in table.rows()] == ["X", "Accept"]
    actions["Move up"].trigger()
    actions["Delete"].trigger()
    assert [row.name for row in table.rows()] == ["X"]


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


def test_what_is_typed_counts_at_once_and_escape_takes_it_back(qtbot: QtBot, table: KeyValueTable) -> None:
    before = table.rows()
    for row in (0, 2):
        table.setCurrentIndex(table.pairs.index(row, 0))
        QTest.keyClicks(table, "A")
        editor = table.findChildren(QLineEdit)[-1]
        QTest.keyClicks(editor, "ge")
        assert table.rows()[row].name == "Age"
        QTest.keyClick(editor, KEY.Key_Escape)
        assert table.rows() == before


def test_alt_and_arrows_move_rows(table: KeyValueTable) -> None:
    QTest.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row.name for row in table.rows()] == ["X", "Accept"]
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(table, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.name for row in table.rows()] == ["Accept", "X"]


def test_rows_can_be_dragged_within_their_table_only(qtbot: QtBot, table: KeyValueTable) -> None:
    table.set_rows([Row(name, "") for name in "abcd"])
    model, nowhere, action = table.pairs, QModelIndex(), Qt.DropAction.MoveAction
    dragged = model.mimeData([model.index(row, column) for row in (0, 2) for column in (0, 1)])
    assert model.dropMimeData(dragged, action, 4, 0, nowhere)
    assert "".join(row.name for row in table.rows()) == "bdac"
    assert model.dropMimeData(model.mimeData([model.index(3, 0)]), action, -1, -1, model.index(1, 0))
    assert "".join(row.name for row in table.rows()) == "bcda"
    assert model.dropMimeData(model.mimeData([model.index(0, 0)]), action, -1, -1, nowhere)
    assert "".join(row.name for row in table.rows()) == "cdab"
    other = KeyValueTable()
    qtbot.addWidget(other)
    assert not other.pairs.dropMimeData(model.mimeData([model.index(0, 0)]), action, 0, 0, nowhere)


def test_rows_that_stay_as_many_keep_the_selection(table: KeyValueTable) -> None:
    table.setCurrentIndex(table.pairs.index(1, 1))
    table.set_rows([Row("A", ""), Row("B", "")])
    assert table.currentIndex().row() == 1


def test_fixed_rows_take_values_alone(qtbot: QtBot) -> None:
    table = KeyValueTable(fixed=True)
    qtbot.addWidget(table)
    table.set_rows([Row("id", "")])
    name, value = table.pairs.index(0, 0), table.pairs.index(0, 1)
    assert table.pairs.rowCount() == 1
    assert not table.pairs.flags(name) & Qt.ItemFlag.ItemIsEditable
    assert table.pairs.flags(value) & Qt.ItemFlag.ItemIsEditable
    assert name.data(Qt.ItemDataRole.CheckStateRole) is None
    QAbstractItemModelTester(table.pairs, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_remarks_are_shown_and_spoken(table: KeyValueTable) -> None:
    table.set_remarks(lambda text: Remark(f"{text} is odd", fault=text == "Accept"))
    odd, fine = table.pairs.index(0, 0), table.pairs.index(0, 1)
    assert odd.data(Qt.ItemDataRole.ToolTipRole) == "Accept is odd"
    assert odd.data(Qt.ItemDataRole.AccessibleTextRole) == "Accept, Accept is odd"
    assert odd.data(Qt.ItemDataRole.FontRole).underline()
    assert fine.data(Qt.ItemDataRole.FontRole) is None
    assert fine.data(Qt.ItemDataRole.AccessibleTextRole) == "text/html"
    assert table.pairs.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "X, not sent"


def test_a_column_can_have_fields_of_its_own(table: KeyValueTable) -> None:
    made: list[str] = []

    def make(parent: QWidget, name: str) -> QLineEdit:
        made.append(name)
        return QLineEdit(parent)

    table.set_editor(1, make)
    table.edit(table.pairs.index(0, 1))
    assert made == ["Accept"]


def test_return_goes_on_and_what_is_typed_next_stands_beside_it(qtbot: QtBot, table: KeyValueTable) -> None:
    table.setCurrentIndex(table.pairs.index(2, 0))
    for text in ("Host", "localhost", "Age", "5"):
        QTest.keyClicks(table, text[0])
        editor = table.findChildren(QLineEdit)[-1]
        QTest.keyClicks(editor, text[1:])
        QTest.keyClick(editor, KEY.Key_Return)
        qtbot.waitUntil(lambda: table.state() != KeyValueTable.State.EditingState)
    assert table.rows()[2:] == (Row("Host", "localhost"), Row("Age", "5"))
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, 0)


def test_return_goes_down_the_values_of_fixed_rows(qtbot: QtBot) -> None:
    table = KeyValueTable(fixed=True)
    qtbot.addWidget(table)
    table.set_rows([Row("id", ""), Row("page", "")])
    table.show()
    edit(qtbot, table, 0, 1, "7")
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    edit(qtbot, table, 1, 1, "8")
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)


def test_the_names_get_their_share_after_a_layout_without_room(table: KeyValueTable) -> None:
    table.resize(0, 0)
    table.resize(800, 300)
    assert table.columnWidth(0) == round(table.viewport().width() * 0.35)
    table.horizontalHeader().resizeSection(0, table.viewport().width() // 2)
    table.resize(400, 300)
    assert table.columnWidth(0) == pytest.approx(table.viewport().width() / 2, abs=2)
