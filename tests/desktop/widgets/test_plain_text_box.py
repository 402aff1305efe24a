"""The text box keeps what is typed to the character, and refuses a paste that would freeze the window."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from pytestqt.qtbot import QtBot

from desktop.widgets.plain_text_box import PASTE_LIMIT, PlainTextBox


@pytest.fixture
def box(qtbot: QtBot) -> PlainTextBox:
    box = PlainTextBox()
    qtbot.addWidget(box)
    return box


def paste(box: PlainTextBox, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    box.insertFromMimeData(data)


@pytest.mark.parametrize("text", ["one\ntwo", "no\u00a0break", "\t tab", "émoji 😀", ""])
def test_text_is_kept_to_the_character(box: PlainTextBox, text: str) -> None:
    paste(box, text)
    assert box.text() == text


def test_a_paste_that_is_too_long_is_refused_in_words(box: PlainTextBox, qtbot: QtBot) -> None:
    paste(box, "kept")
    with qtbot.waitSignal(box.refused) as refused:
        paste(box, "x" * (PASTE_LIMIT + 1))
    assert refused.args == ["Not pasted: 1,000,001 characters are more than the 1,000,000 that fit here."]
    assert box.text() == "kept"


def test_a_long_line_is_broken_anywhere(box: PlainTextBox) -> None:
    """At word boundaries Qt takes minutes for it."""
    box.show()
    paste(box, "x" * 900_000)
    assert len(box.text()) == 900_000
    assert box.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
