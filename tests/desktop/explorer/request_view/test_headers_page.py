"""Tests of the headers: completed while typing, kept as typed, and those that are added shown below."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Header
from desktop.explorer.request_view.added import Added
from desktop.explorer.request_view.headers_page import HeadersPage
from tests.desktop.explorer.request_view.scopes import scope

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for a popup
KEY = Qt.Key
HEADERS = (Header("x-A", "1"), Header("X-a", "2", False), Header("X-A", "{{who}}"))


@pytest.fixture
def page(qtbot: QtBot) -> HeadersPage:
    """A page with three headers."""
    page = HeadersPage()
    qtbot.addWidget(page)
    page.set_variables(scope)
    page.resize(600, 400)
    page.show_request(HEADERS, frozenset({"accept", "x-other"}))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def start_typing(page: HeadersPage, row: int, column: int, text: str) -> QLineEdit:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.pairs.index(row, column))
    page.table.edit(page.table.currentIndex())
    editor = page.table.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    return editor


def choose_first() -> None:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)


def test_headers_stay_as_typed(page: HeadersPage) -> None:
    assert page.headers() == HEADERS
    assert page.count == 2
    assert page.table.pairs.index(2, 1).data(Qt.ItemDataRole.ToolTipRole) == "No value for {{who}}."


def test_names_and_values_are_completed(page: HeadersPage) -> None:
    start_typing(page, 3, 0, "cont")
    start_typing(page, 3, 0, "content-ty")
    choose_first()
    assert page.headers()[3] == Header("Content-Type", "")
    start_typing(page, 3, 1, "x/y; CHARSET=u")
    choose_first()
    assert page.headers()[3] == Header("Content-Type", "x/y; charset=utf-8")


def test_return_keeps_what_was_typed_unless_something_is_chosen(qtbot: QtBot, page: HeadersPage) -> None:
    start_typing(page, 3, 0, "Accept-Enc")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, KEY.Key_Return)
    assert page.headers()[3].name == "Accept-Enc"


def test_variables_are_completed_in_cells(page: HeadersPage) -> None:
    editor = start_typing(page, 0, 1, "a{{ke")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, KEY.Key_Tab)
    assert editor.text() == "a{{key}}"
    assert page.headers()[0].value == "a{{key}}"


def test_added_headers_can_be_switched_off(qtbot: QtBot, page: HeadersPage) -> None:
    page.show_added(
        (Added("Host", "h", True), Added("Accept", "*/*", False), Added("Cookie", "", True, "from the jar"))
    )
    rows = page.added.model()
    assert rows.index(2, 1).data() == "(from the jar)"
    assert not rows.flags(rows.index(2, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    page.added.setFocus()
    page.added.setCurrentIndex(rows.index(0, 0))
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.added, KEY.Key_Space)
    assert page.without() == {"accept", "x-other", "host"}
    page.show_added((Added("Host", "h", False), Added("Accept", "*/*", False)))
    assert page.added.currentIndex().row() == 0
    page.added.setCurrentIndex(rows.index(1, 0))
    QTest.keyClick(page.added, KEY.Key_Space)
    assert page.without() == {"host", "x-other"}


def test_the_content_type_follows_the_body_until_it_is_changed(page: HeadersPage) -> None:
    page.follow_content_type("", "application/json")
    assert page.headers()[3:] == (Header("Content-Type", "application/json"),)
    page.follow_content_type("application/json", "text/xml")
    assert page.headers()[3:] == (Header("Content-Type", "text/xml"),)
    page.follow_content_type("text/xml", "")
    assert page.headers() == HEADERS
    page.show_request((Header("content-TYPE", "a/b"),), frozenset())
    page.follow_content_type("", "text/xml")
    page.follow_content_type("text/xml", "text/html")
    assert page.headers() == (Header("content-TYPE", "a/b"),)
