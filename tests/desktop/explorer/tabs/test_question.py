"""The question about unsaved changes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.tabs.question import UnsavedQuestion


@pytest.mark.parametrize(("answer", "expected"), [("save", ["save"]), ("discard", ["discard"]), ("", [])])
def test_each_answer_is_told_once(qtbot: QtBot, answer: str, expected: list[str]) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    told: list[str] = []
    question = UnsavedQuestion("<b>a</b> & \u202eb", owner)
    question.save_chosen.connect(lambda: told.append("save"))
    question.discard_chosen.connect(lambda: told.append("discard"))
    question.open()
    assert question.text().startswith("“<b>a</b> & ")
    assert "\u202e" not in question.text()
    assert question.textFormat() is Qt.TextFormat.PlainText
    assert question.defaultButton() is question.save
    if answer:
        getattr(question, answer).click()
    else:
        QTest.keyClick(question, Qt.Key.Key_Escape)
    assert told == expected
    assert not question.isVisible()
