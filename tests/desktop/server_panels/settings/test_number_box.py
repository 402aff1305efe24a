"""Boxes for numbers and sizes: what may be typed, what is shown, and that typing is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.settings.number_box import LARGEST, NumberBox, SizeBox

KEY = Qt.Key
KIB, MIB = 1024, 1024**2


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An active window with another field in it."""
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window).move(200, 0)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def shown(box: NumberBox) -> list[int]:
    """Show a box that has the focus; returns the numbers that will have been chosen."""
    box.show()
    box.setFocus()
    chosen: list[int] = []
    box.chosen.connect(chosen.append)
    return chosen


def type_over(box: NumberBox, text: str) -> None:
    box.selectAll()
    QTest.keyClicks(box, text)


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("2 MiB", 2 * MIB),
        ("64k", 64 * KIB),
        ("1,5 m", 1536 * KIB),
        ("300 bytes", 300),
        ("7", 7 * MIB),
        ("0", 1),
        ("9999 GiB", LARGEST),
        ("9" * 400, LARGEST),
    ],
)
def test_sizes_are_typed_with_a_unit_or_keep_the_one_that_is_shown(window: QWidget, typed: str, size: int) -> None:
    box = SizeBox("Size", window)
    box.follow(4 * MIB)
    chosen = shown(box)
    type_over(box, typed)
    assert chosen == []
    QTest.keyClick(box, KEY.Key_Return)
    assert chosen == [size]
    assert box.value() == size


def test_what_is_no_size_cannot_be_typed(window: QWidget) -> None:
    box = SizeBox("Size", window)
    box.follow(4 * MIB)
    chosen = shown(box)
    type_over(box, "12 xyz-")
    assert box.lineEdit().text() == "12 "
    type_over(box, "k")
    QTest.keyClick(box, KEY.Key_Return)
    assert box.text() == "4 MiB"
    assert chosen == []


@given(st.integers(1, LARGEST))
def test_a_size_is_shown_to_the_byte(qapp: QApplication, size: int) -> None:
    box = SizeBox("Size")
    assert box.valueFromText(box.textFromValue(size)) == size


def test_a_size_doubles_and_halves_within_its_bounds(window: QWidget) -> None:
    box = SizeBox("Size", window)
    box.follow(512 * KIB)
    chosen = shown(box)
    QTest.keyClick(box, KEY.Key_Up)
    assert box.text() == "1 MiB"
    QTest.keyClick(box, KEY.Key_Down)
    QTest.keyClick(box, KEY.Key_Down)
    assert chosen == [MIB, 512 * KIB, 256 * KIB]
    box.follow(1)
    QTest.keyClick(box, KEY.Key_Down)
    assert box.value() == 1
    box.follow(LARGEST - 1)
    QTest.keyClick(box, KEY.Key_Up)
    assert box.value() == LARGEST


def test_zero_has_its_word(window: QWidget) -> None:
    box = NumberBox("Ping", " s", "never", window)
    chosen = shown(box)
    assert box.text() == "never"
    type_over(box, "5")
    QTest.keyClick(box, KEY.Key_Return)
    assert box.text() == "5 s"
    type_over(box, "0")
    QTest.keyClick(box, KEY.Key_Return)
    assert box.text() == "never"
    assert chosen == [5, 0]


def test_a_number_that_is_being_typed_is_not_overwritten(window: QWidget) -> None:
    box = NumberBox("Number", parent=window)
    box.follow(20)
    chosen = shown(box)
    type_over(box, "20")
    box.follow(30)
    assert box.lineEdit().text() == "20"
    QTest.keyClick(box, KEY.Key_Return)
    assert chosen == [20]
    box.follow(40)
    assert (box.text(), chosen) == ("40", [20])


def test_a_number_that_is_given_up_makes_room_for_the_setting(window: QWidget) -> None:
    box = NumberBox("Number", parent=window)
    box.follow(20)
    chosen = shown(box)
    box.selectAll()
    QTest.keyClick(box, KEY.Key_Delete)
    box.follow(30)
    assert box.lineEdit().text() == ""
    QTest.keyClick(box, KEY.Key_Tab)
    assert (box.text(), chosen) == ("30", [])


def test_the_wheel_changes_nothing_in_passing(window: QWidget) -> None:
    box = NumberBox("Number", parent=window)
    chosen = shown(box)
    box.clearFocus()
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    place, turned = QPointF(5, 5), QPoint(0, 120)
    turn = QWheelEvent(place, place, QPoint(), turned, none, Qt.KeyboardModifier.NoModifier, phase, False)
    QApplication.sendEvent(box, turn)
    assert (box.value(), chosen) == (0, [])
