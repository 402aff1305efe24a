"""The box for a time in seconds or milliseconds, typed into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.repeating.interval_box import IntervalBox


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [
        ("2", 2.0, "2 s"),
        ("2.5s", 2.5, "2.5 s"),
        ("250 ms", 0.25, "250 ms"),
        ("1500MS", 1.5, "1.5 s"),
        ("0", 0.0, "no pause"),
        (".02", 0.02, "20 ms"),
        ("86400", 86_400.0, "86400 s"),
    ],
)
def test_typing(qtbot: QtBot, typed: str, seconds: float, shown: str) -> None:
    window = QWidget()
    box = IntervalBox(window)
    qtbot.addWidget(window)
    window.show()
    box.selectAll()
    QTest.keyClicks(box, typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert (box.value(), box.text()) == (seconds, shown)


@pytest.mark.parametrize("text", ["", "ms", "soon", "-1", "86401", "1 h", "nan", "inf"])
def test_what_is_no_time(qtbot: QtBot, text: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert IntervalBox(window).validate(text, 0)[0] is QValidator.State.Intermediate


@given(st.integers(0, 86_400_000))
def test_every_millisecond_comes_back(qapp: QApplication, milliseconds: int) -> None:
    window = QWidget()
    box = IntervalBox(window)
    box.setValue(milliseconds / 1000)
    assert box.valueFromText(box.textFromValue(box.value())) == pytest.approx(milliseconds / 1000)
    window.deleteLater()
