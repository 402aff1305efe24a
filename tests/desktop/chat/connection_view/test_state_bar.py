"""Tests of the line that tells the state, through its words and its buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.chat.connection_view.state_bar import StateBar
from desktop.chat.session import State
from tests.desktop.chat.connection_view.shown import Shown, waiting

LOST = "The connection was cut without a close frame. Not clean (1006)."


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(600, 80)
    with qtbot.waitExposed(owner):
        owner.show()
    return owner


@pytest.fixture
def bar(owner: QWidget) -> StateBar:
    bar = StateBar(owner)
    bar.resize(600, 80)
    bar.show()
    return bar


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_open_connection_tells_what_was_agreed_on(bar: StateBar) -> None:
    bar.show_state(Shown(State.OPEN), None)
    assert bar.words.text() == "Connected as Ann. Subprotocol portside.chat.v1, compressed, no TLS."
    bar.show_state(Shown(State.CLOSING), None)
    assert bar.words.text() == "Closing …"


@pytest.mark.parametrize(
    ("state", "failed", "enabled"),
    [
        (None, False, False),
        (State.CONNECTING, False, False),
        (State.OPEN, False, True),
        (State.CLOSED, False, True),
        (State.CLOSED, True, True),
    ],
)
def test_the_handshake_can_be_seen_once_there_was_one(
    bar: StateBar, state: State | None, failed: bool, enabled: bool
) -> None:
    asked: list[None] = []
    bar.handshake_requested.connect(lambda: asked.append(None))
    bar.show_state(None if state is None else Shown(state, failed=failed), None)
    click(bar.handshake)
    assert len(asked) == enabled


def test_seconds_are_counted_down_to_the_next_attempt(bar: StateBar, qtbot: QtBot) -> None:
    bar.show_state(Shown(State.CLOSED, outcome=LOST), waiting(1.1, attempt=2))
    assert bar.words.text() in (f"{LOST} Attempt 2 in {n} s …" for n in (1, 2))
    qtbot.waitUntil(lambda: bar.words.text() == f"{LOST} Attempt 2 now …")


def test_the_pause_can_be_ended_both_ways(bar: StateBar, qtbot: QtBot) -> None:
    bar.show_state(Shown(State.CLOSED, outcome=LOST), waiting())
    with qtbot.waitSignal(bar.retry_requested):
        click(bar.retry)
    with qtbot.waitSignal(bar.stop_requested):
        QTest.keyClick(bar.stop, Qt.Key.Key_Space)
    bar.show_state(Shown(State.CONNECTING), None)
    assert not bar.choices.isVisible()
    assert bar.words.text() == "Connecting …"


def test_a_complaint_is_not_counted_away(bar: StateBar, owner: QWidget, qtbot: QtBot) -> None:
    clock = StateBar(owner)
    for one in (bar, clock):
        one.show_state(Shown(State.CLOSED, outcome=LOST), waiting(0.1))
    bar.complain("Not sent:\x07 there is no connection.")
    qtbot.waitUntil(lambda: clock.words.text().endswith(" now …"))
    assert bar.words.text() == "Not sent:\\x07 there is no connection."
    assert bar.choices.isVisible()


def test_a_narrow_bar_leaves_the_room_to_the_words(bar: StateBar, owner: QWidget) -> None:
    assert bar.handshake.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    bar.resize(360, 80)
    assert bar.handshake.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert isinstance(bar.handshake, QToolButton)
    assert bar.handshake.accessibleName() == "Handshake…"


def test_the_colour_follows_the_state_and_the_theme(bar: StateBar, qapp: QApplication, qtbot: QtBot) -> None:
    def color() -> str:
        return bar.words.palette().color(QPalette.ColorRole.WindowText).name()

    bar.show_state(Shown(State.CLOSED, outcome="Refused.", failed=True), None)
    assert color() == theme.LIGHT.failed
    theme.apply(qapp, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: color() == theme.DARK.failed)
    bar.show_state(Shown(State.OPEN), None)
    assert color() == theme.DARK.running
