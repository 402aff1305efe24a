"""Tests of the parameters' tables: in step with the URL, both ways, to the byte."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.explorer.request_view.params_page import ParamsPage
from desktop.widgets.fields.variable_table import VariableTable
from tests.desktop.explorer.request_view.scopes import scope

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for a popup
KEY = Qt.Key
URL = "http://h/:id/{team}?a=%20+&a&&b=#f"


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[ParamsPage]:
    """A page with four rows, one of which is ticked off, and two path parameters."""
    page = ParamsPage()
    qtbot.addWidget(page)
    page.set_variables(scope)
    page.resize(600, 400)
    page.show_request(URL, ((1, "off=1"),), (("id", "5"),))
    page.show()
    yield page
    page.hide()


def edit(table: VariableTable, row: int, column: int, text: str) -> None:
    """Type over a cell, without ending it."""
    table.setFocus()
    table.setCurrentIndex(table.pairs.index(row, column))
    table.edit(table.currentIndex())
    editor = table.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)


def texts(page: ParamsPage) -> list[tuple[str, str, bool]]:
    return [(row.name, row.value, row.enabled) for row in page.query.rows()]


def test_it_shows_what_is_in_the_url(page: ParamsPage) -> None:
    assert texts(page) == [
        ("a", "%20+", True),
        ("off", "1", False),
        ("a", "", True),
        ("", "", True),
        ("b", "", True),
    ]
    assert [(row.name, row.value) for row in page.path.rows()] == [("id", "5"), ("team", "")]
    assert page.count == 5
    assert page.path.isVisible()


def test_looking_changes_nothing(qtbot: QtBot, page: ParamsPage) -> None:
    with qtbot.assertNotEmitted(page.changed), qtbot.assertNotEmitted(page.url_edited):
        page.show_request(URL, ((9, "x"), (1, "y")), (("gone", "1"), ("id", "")))
        page.show_url(URL)
    assert (page.url, page.ticked_off()) == (URL, ((9, "x"), (1, "y")))
    assert page.path_values() == (("gone", "1"), ("id", ""))


def test_typing_in_a_cell_changes_the_url_at_once_and_there_alone(qtbot: QtBot, page: ParamsPage) -> None:
    with qtbot.waitSignal(page.url_edited) as edited:
        edit(page.query, 4, 1, "1&2=3#")
    assert edited.args == ["http://h/:id/{team}?a=%20+&a&&b=1#f"]
    assert page.url == "http://h/:id/{team}?a=%20+&a&&b=1%262=3%23#f"
    assert page.ticked_off() == ((1, "off=1"),)
    QTest.keyClick(page.query.findChildren(QLineEdit)[-1], KEY.Key_Escape)
    assert page.url == URL


def test_a_new_row_is_added_to_the_url(page: ParamsPage) -> None:
    edit(page.query, 5, 0, "new=")
    assert page.url == "http://h/:id/{team}?a=%20+&a&&b=&new%3D#f"
    assert len(page.query.rows()) == 6


def test_variables_in_cells_stay_as_typed(page: ParamsPage) -> None:
    page.show_request("http://h/", (), ())
    edit(page.query, 0, 0, "{{key}}")
    assert page.url == "http://h/?{{key}}"


def test_typing_in_the_middle_of_a_cell_goes_on_there(page: ParamsPage) -> None:
    edit(page.query, 0, 1, "ad")
    editor = page.query.findChildren(QLineEdit)[-1]
    editor.setCursorPosition(1)
    QTest.keyClicks(editor, "&bc")
    assert (editor.text(), editor.cursorPosition()) == ("a&bcd", 4)
    assert page.query.rows()[0].value == "a%26bcd"


def test_ticking_off_and_on_restores_the_url(page: ParamsPage) -> None:
    for row in (0, 4, 0, 4):
        page.query.setCurrentIndex(page.query.pairs.index(row, 0))
        QTest.keyClick(page.query, KEY.Key_Space)
        if page.ticked_off() == ((0, "a=%20+"), (1, "off=1"), (4, "b=")):
            assert page.url == "http://h/:id/{team}?a&#f"
    assert (page.url, page.ticked_off()) == (URL, ((1, "off=1"),))


def test_rows_move_and_go_with_the_keyboard(page: ParamsPage) -> None:
    page.query.setCurrentIndex(page.query.pairs.index(4, 0))
    QTest.keyClick(page.query, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.url == "http://h/:id/{team}?a=%20+&a&b=&#f"
    QTest.keyClick(page.query, KEY.Key_Delete)
    assert page.url == "http://h/:id/{team}?a=%20+&a&#f"


def test_typing_the_url_changes_the_rows(page: ParamsPage) -> None:
    page.show_url("http://h/{team}?a=%20+&c")
    assert texts(page) == [("a", "%20+", True), ("off", "1", False), ("c", "", True)]
    assert [row.name for row in page.path.rows()] == ["team"]
    page.show_url("http://h/")
    assert texts(page) == [("off", "1", False)]
    assert not page.path.isVisible()


def test_path_values(qtbot: QtBot, page: ParamsPage) -> None:
    with qtbot.waitSignal(page.changed):
        edit(page.path, 1, 1, "x/y")
    assert page.path_values() == (("id", "5"), ("team", "x/y"))
    page.show_url("http://h/:id")
    assert page.path_values() == (("id", "5"),)
    page.show_url("http://h/{team}/:id")
    assert page.path_values() == (("id", "5"), ("team", "x/y"))
