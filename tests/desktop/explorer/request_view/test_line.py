"""Tests of the request's first line: method, URL with variables, pasting, and the buttons."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.request_view.line import RequestLine
from desktop.explorer.request_view.url_field import UrlField
from tests.desktop.explorer.request_view.scopes import scope

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for a popup
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def line(qtbot: QtBot) -> RequestLine:
    """A line on the screen, with variables."""
    line = RequestLine()
    qtbot.addWidget(line)
    line.set_variables(scope)
    line.resize(900, 80)
    line.show()
    line.activateWindow()
    line.focus_url()
    qtbot.waitUntil(line.url.hasFocus)
    return line


def open_list() -> QWidget | None:
    return QApplication.activePopupWidget()


def press_in_list(key: Qt.Key) -> None:
    popup = open_list()
    assert popup is not None
    QTest.keyClick(popup, key)


def paste(line: RequestLine, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(line.url, KEY.Key_V, CONTROL)


def test_any_method_can_be_typed_and_none_is_bent(line: RequestLine) -> None:
    field = line.method.lineEdit()
    assert field is not None
    for typed in ("get", "PURGE", "m-SEARCH"):
        field.selectAll()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, KEY.Key_Return)
        assert line.method.currentText() == typed


def test_variables_are_completed(qtbot: QtBot, line: RequestLine) -> None:
    QTest.keyClicks(line.url, "http://{{ho")
    press_in_list(KEY.Key_Return)
    assert line.url.text() == "http://{{host}}"
    assert not open_list()
    QTest.keyClicks(line.url, "/{{k")
    press_in_list(KEY.Key_Tab)
    assert line.url.text() == "http://{{host}}/{{key}}"
    assert line.url.hasFocus()
    line.url.undo()
    assert line.url.text() == "http://{{host}}/{{k"


def test_the_list_can_be_left_and_typed_past(qtbot: QtBot, line: RequestLine) -> None:
    with qtbot.assertNotEmitted(line.url.returnPressed):
        line.url.insert("😀")
        QTest.keyClicks(line.url, "{{")
        assert open_list()
        press_in_list(KEY.Key_Escape)
        assert not open_list()
        QTest.keyClicks(line.url, "h")
        press_in_list(KEY.Key_Return)
    assert line.url.text() == "😀{{host}}"
    QTest.keyClicks(line.url, "{{nobody")
    assert not open_list()
    with qtbot.waitSignal(line.url.returnPressed):
        QTest.keyClick(line.url, KEY.Key_Return)


def test_completion_inside_braces_that_are_closed(line: RequestLine) -> None:
    line.url.setText("{{}}/x")
    line.url.setCursorPosition(2)
    QTest.keyClicks(line.url, "ke")
    press_in_list(KEY.Key_Return)
    assert line.url.text() == "{{key}}/x"


def test_what_has_no_value_is_named_below(line: RequestLine) -> None:
    line.url.setText("http://{{host}}/{{who}}/{{ what }}")
    assert line.url.unresolved == ("who", "what")
    assert line.missing.isVisible()
    assert line.missing.text() == "No value for {{who}}, {{what}}."
    line.url.setText("http://{{host}}/")
    assert not line.missing.isVisible()


def test_the_preview_hides_secrets(line: RequestLine) -> None:
    line.url.setText("http://{{host}}/?k={{key}}&{{who}}")
    assert line.url.preview() == "http://localhost:5000/?k=••••••&{{who}}"
    line.url.setText("http://h/")
    assert line.url.preview() == ""


@pytest.mark.parametrize(
    "command", ["curl http://h/", "$ curl -X POST \\\n http://h", " curl.exe http://h", "curl\n-v"]
)
def test_a_pasted_curl_command_is_handed_on(qtbot: QtBot, line: RequestLine, command: str) -> None:
    line.url.setText("http://old/")
    with qtbot.waitSignal(line.pasted) as pasted:
        paste(line, command)
    assert pasted.args == [command]
    assert line.url.text() == "http://old/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  http://h/a b?c=%20+\n", "http://h/a b?c=%20+"),
        ("http://h/players\r\n    ?a=1\r\n    &b=2", "http://h/players?a=1&b=2"),
        ("curling.example/", "curling.example/"),
    ],
)
def test_other_text_is_pasted_as_one_line(line: RequestLine, text: str, expected: str) -> None:
    line.url.selectAll()
    paste(line, text)
    assert line.url.text() == expected


def test_a_part_is_pasted_as_it_is(line: RequestLine) -> None:
    line.url.setText("http://h/?a=b")
    paste(line, " c ")
    assert line.url.text() == "http://h/?a=b c "


def test_the_context_menu_pastes_the_same_way(qtbot: QtBot, line: RequestLine) -> None:
    QGuiApplication.clipboard().setText("curl http://h/")
    line.url.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    menu = line.url.findChild(QMenu)
    assert isinstance(menu, QMenu)
    action = menu.findChild(QAction, "edit-paste")
    assert isinstance(action, QAction)
    with qtbot.waitSignal(line.pasted):
        action.trigger()
    assert line.url.text() == ""
    menu.close()


@dataclass
class Dropped:
    """What was dropped on a field."""

    text: str

    def on(self, field: UrlField) -> None:
        mime = QMimeData()
        mime.setText(self.text)
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        field.dropEvent(QDropEvent(QPointF(900, 5), action, mime, button, Qt.KeyboardModifier.NoModifier))


def test_dropping_does_as_pasting(qtbot: QtBot, line: RequestLine) -> None:
    with qtbot.waitSignal(line.pasted):
        Dropped("curl http://h/").on(line.url)
    Dropped("http://h/\n ?a").on(line.url)
    assert line.url.text() == "http://h/?a"


def test_buttons_can_be_added_behind_send(qtbot: QtBot, line: RequestLine) -> None:
    first, second = QToolButton(line), QToolButton(line)
    line.add_button(first)
    line.add_button(second)
    qtbot.waitUntil(lambda: line.button.x() < first.x() < second.x() < line.tour.x())
    assert line.button.nextInFocusChain() is first


def test_a_url_from_elsewhere_can_be_undone(line: RequestLine) -> None:
    line.show_request("PUT", "http://a/")
    line.show_url("http://b/")
    line.show_url("http://b/")
    line.url.undo()
    assert (line.method.currentText(), line.url.text()) == ("PUT", "http://a/")
