"""The box in which a message is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.composer import Composer


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    with qtbot.waitExposed(owner):
        owner.show()
    return owner


@pytest.fixture
def composer(owner: QWidget) -> Composer:
    return Composer(owner)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_and_the_button_ask_for_sending(composer: Composer, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClicks(composer.box, "hello")
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(composer.box, key)
    with qtbot.waitSignal(composer.submitted):
        composer.send.click()
    assert composer.box.text() == "hello"


def test_shift_and_enter_start_a_line(composer: Composer) -> None:
    QTest.keyClicks(composer.box, "one")
    QTest.keyClick(composer.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.box, "two")
    assert composer.take() == "one\ntwo"
    assert composer.box.text() == ""


def test_what_was_not_sent_comes_back_before_what_was_typed_since(composer: Composer) -> None:
    composer.put_back("first")
    assert composer.box.text() == "first"
    composer.take()
    QTest.keyClicks(composer.box, "second")
    composer.put_back("first")
    QTest.keyClicks(composer.box, "!")
    assert composer.box.text() == "first\nsecond!"
