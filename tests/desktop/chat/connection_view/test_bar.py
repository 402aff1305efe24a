"""Tests of the top of a chat window, through its keys and buttons."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.connection_view.bar import ConnectionBar
from desktop.chat.session import State
from tests.desktop.chat.connection_view.shown import Shown, waiting
from tests.desktop.chat.connection_view.values import provider

RECENT = ("ws://localhost:8002/a", "ws://localhost:8002/b", "wss://example.com")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 100)
    return window


@pytest.fixture
def bar(window: QWidget, qtbot: QtBot) -> ConnectionBar:
    bar = ConnectionBar(window)
    bar.resize(360, 80)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    bar.url.setFocus()
    qtbot.waitUntil(bar.url.hasFocus)
    return bar


@pytest.fixture
def wishes(bar: ConnectionBar) -> list[str]:
    wishes: list[str] = []
    bar.connect_requested.connect(lambda: wishes.append("connect"))
    bar.disconnect_requested.connect(lambda: wishes.append("disconnect"))
    return wishes


def popup() -> QListView | None:
    widget = QApplication.activePopupWidget()
    return widget if isinstance(widget, QListView) else None


@pytest.mark.parametrize(
    ("state", "waits", "words", "wish"),
    [
        (None, False, "Connect", "connect"),
        (State.CONNECTING, False, "Cancel", "disconnect"),
        (State.OPEN, False, "Disconnect", "disconnect"),
        (State.CLOSING, False, "Disconnect", ""),
        (State.CLOSED, False, "Connect", "connect"),
        (State.CLOSED, True, "Cancel", "disconnect"),
    ],
)
def test_the_button_does_what_it_says(
    bar: ConnectionBar, wishes: list[str], state: State | None, waits: bool, words: str, wish: str
) -> None:
    bar.show_state(None if state is None else Shown(state), waiting() if waits else None)
    assert bar.button.text() == words
    QTest.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert wishes == ([wish] if wish else [])


@pytest.mark.parametrize(("state", "editable"), [(State.CONNECTING, False), (State.OPEN, False), (State.CLOSED, True)])
def test_fields_can_be_edited_while_there_is_no_connection(bar: ConnectionBar, state: State, editable: bool) -> None:
    bar.show_state(Shown(state), waiting() if editable else None)
    before = bar.url.text()
    QTest.keyClicks(bar.url, "x")
    assert (bar.url.text() != before) is editable
    assert bar.url.toolTip() == ("" if editable else "Disconnect to change the URL")


def test_enter_in_a_field_that_is_fixed_says_so_until_that_changes(bar: ConnectionBar, wishes: list[str]) -> None:
    bar.show_state(Shown(State.OPEN), None)
    QTest.keyClick(bar.url, Qt.Key.Key_Return)
    assert wishes == []
    assert bar.missing.text() == "URL and name can be changed after disconnecting."
    bar.show_state(Shown(State.CLOSED), None)
    assert not bar.missing.isVisible()


def test_enter_connects_from_both_fields_unless_there_is_a_connection(bar: ConnectionBar, wishes: list[str]) -> None:
    QTest.keyClick(bar.url, Qt.Key.Key_Return)
    QTest.keyClick(bar.name, Qt.Key.Key_Return)
    bar.show_state(Shown(State.OPEN), None)
    QTest.keyClick(bar.url, Qt.Key.Key_Return)
    assert wishes == ["connect", "connect"]


def test_recent_urls_are_offered_and_enter_still_connects(bar: ConnectionBar, wishes: list[str]) -> None:
    bar.set_recent(RECENT)
    QTest.keyClicks(bar.url, "ws://localhost:8002")
    offered = popup()
    assert offered is not None
    assert offered.model().rowCount() == 2
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert wishes == ["connect"]
    assert popup() is None
    assert bar.url.text() == "ws://localhost:8002"


def test_a_recent_url_is_chosen_by_keys(bar: ConnectionBar, wishes: list[str]) -> None:
    bar.set_recent(RECENT)
    QTest.keyClicks(bar.url, "example")
    offered = popup()
    assert offered is not None
    QTest.keyClick(offered, Qt.Key.Key_Down)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert bar.url.text() == "wss://example.com"
    assert wishes == []


def test_down_offers_all_recent_urls(bar: ConnectionBar) -> None:
    bar.set_recent(RECENT)
    bar.url.setText("ws://else")
    QTest.keyClick(bar.url, Qt.Key.Key_Down)
    offered = popup()
    assert offered is not None
    assert offered.model().rowCount() == len(RECENT)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert bar.url.text() == RECENT[0]


def test_the_name_becomes_what_the_server_gave_unless_it_is_a_variable(bar: ConnectionBar) -> None:
    session = Shown(State.OPEN)
    session.name = "Ann 2"
    bar.name.setText("Ann")
    bar.show_state(session, None)
    assert bar.name.text() == "Ann 2"
    bar.name.setText("{{user}}")
    bar.show_state(session, None)
    assert bar.name.text() == "{{user}}"


@pytest.mark.parametrize("name", ["{{token}}", "a{{token}}b", "Ann\u202e", " Ann", "A" * 41, "\x1b[31m"])
def test_no_server_can_put_a_variable_or_what_fools_into_the_name(bar: ConnectionBar, name: str) -> None:
    session = Shown(State.OPEN)
    session.name = name
    bar.name.setText("Ann")
    bar.show_state(session, None)
    assert bar.name.text() == "Ann"


def test_variables_without_a_value_are_told(bar: ConnectionBar) -> None:
    bar.set_variables(provider({"host": "localhost"}))
    QTest.keyClicks(bar.url, "ws://{{host}}/{{path}} ")
    bar.name.setText("{{user}}")
    assert bar.missing.text() == "No value for {{path}}, {{user}}."
    bar.set_variables(provider({"host": "localhost", "path": "a", "user": "Ann"}))
    assert not bar.missing.isVisible()


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_F4, "options"), (Qt.Key.Key_F6, "frames")])
def test_switches_have_keys(bar: ConnectionBar, key: Qt.Key, name: str) -> None:
    toggled: list[bool] = []
    bar.toggles[name].toggled.connect(toggled.append)
    bar.show_option_count(2)
    QTest.keyClick(bar.url, key)
    QTest.keyClick(bar.url, key)
    assert toggled == [True, False]


def test_every_switch_is_reached_by_keys_and_says_what_it_is(bar: ConnectionBar) -> None:
    assert list(bar.toggles) == ["options", "people", "frames", "repeat", "ping", "close"]
    for name, button in bar.toggles.items():
        assert button.accessibleName() == name.capitalize()
        assert button.toolTip().startswith(f"{name.capitalize()}: ")
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert button.isChecked()


def test_tab_goes_through_the_bar_to_the_name_before_the_button(bar: ConnectionBar) -> None:
    order = [bar.url, bar.name, bar.button, *bar.toggles.values()]
    for widget, following in pairwise(order):
        assert widget.hasFocus()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        assert following.hasFocus()


def test_options_that_differ_are_counted(bar: ConnectionBar) -> None:
    button = bar.toggles["options"]
    bar.show_option_count(3)
    assert (button.text(), button.accessibleName()) == ("3", "Options, 3 not at the default")
    assert button.toolTip().endswith("(F4). 3 not at the default")
    bar.show_option_count(0)
    assert (button.text(), button.accessibleName()) == ("", "Options")


def test_it_fits_the_narrowest_window(bar: ConnectionBar) -> None:
    bar.show_option_count(12)
    assert bar.minimumSizeHint().width() <= 360


def test_the_url_is_made_ready_to_be_typed_over(bar: ConnectionBar) -> None:
    bar.url.setText("ws://localhost:8002")
    bar.name.setFocus()
    bar.focus_url()
    QTest.keyClicks(bar.url, "x")
    assert bar.url.text() == "x"
