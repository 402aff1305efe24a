"""The row that closes: its codes are easy to choose, and what may not be sent is explained while it is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.close_row import CloseRow, meaning
from servers.close_codes import CLIENT_CODES, SERVER_CODES


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    with qtbot.waitExposed(owner):
        owner.show()
    return owner


def make(owner: QWidget, allowed: tuple[int, ...]) -> CloseRow:
    row = CloseRow(allowed, owner)
    row.show()
    return row


def codes(row: CloseRow) -> list[str]:
    return [row.code.itemText(number) for number in range(row.code.count())]


def test_the_codes_are_listed_with_their_meanings(owner: QWidget) -> None:
    own = "3000 own codes, up to 4999"
    assert codes(make(owner, CLIENT_CODES)) == ["1000 normal closure", own]
    assert codes(make(owner, SERVER_CODES)) == [
        "1000 normal closure",
        "1001 going away",
        "1008 policy violation",
        "1011 unexpected condition",
        own,
    ]
    assert meaning(4321) == "a code of your own"


@pytest.mark.parametrize(("text", "code"), [("1001", 1001), ("1008 policy violation", 1008), (" 4999", 4999)])
def test_a_code_is_chosen_or_typed(owner: QWidget, qtbot: QtBot, text: str, code: int) -> None:
    row = make(owner, SERVER_CODES)
    row.code.setEditText(text)
    QTest.keyClicks(row.reason, "lunch")
    with qtbot.waitSignal(row.chosen) as chosen:
        QTest.keyClick(row.reason, Qt.Key.Key_Return)
    assert chosen.args == [code, "lunch"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1005", "1005 is not to be sent here. Use 1000, 1001, 1008, 1011, or a code from 3000 to 4999."),
        ("5000", "5000 is not"),
        ("", "Type a close code such as 1000, or choose one."),
        ("bye", "Type a close code"),
        ("٤٠٠٠", "Type a close code"),
        ("9" * 5000, "Type a close code"),
    ],
)
def test_a_code_that_may_not_be_sent_is_explained(owner: QWidget, text: str, sentence: str) -> None:
    row = make(owner, SERVER_CODES)
    chosen: list[int] = []
    row.chosen.connect(lambda code, _: chosen.append(code))
    row.code.setEditText(text)
    assert row.about.text().startswith(sentence)
    QTest.mouseClick(row.button, Qt.MouseButton.LeftButton)
    QTest.keyClick(row.code, Qt.Key.Key_Return)
    assert chosen == []


def test_the_bytes_of_the_reason_are_counted(owner: QWidget) -> None:
    row = make(owner, CLIENT_CODES)
    assert row.about.text() == "1000: normal closure. The reason has 0 of 123 bytes."
    row.reason.setText("é" * 61)
    assert "122 of 123 bytes" in row.about.text()
    row.reason.setText("é" * 62)
    assert "124 bytes long in UTF-8; 123 are allowed" in row.about.text()


def test_the_start_of_a_chosen_code_is_seen(owner: QWidget) -> None:
    row = make(owner, SERVER_CODES)
    QTest.keyClick(row.code, Qt.Key.Key_Down)
    assert (row.code.number(), row.code.line.cursorPosition()) == (1001, 0)
