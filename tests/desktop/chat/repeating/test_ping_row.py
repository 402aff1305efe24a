"""The row for pings, typed into."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.chat.repeating.ping_row import PingRow
from desktop.chat.session import PING_LIMIT


class Stage:
    """A row whose choices are kept."""

    def __init__(self, qtbot: QtBot) -> None:
        self.row = PingRow(None)  # type: ignore[arg-type] # it is the window here
        qtbot.addWidget(self.row)
        self.chosen: list[bytes] = []
        self.row.chosen.connect(self.chosen.append)
        self.row.set_connected(True)
        self.row.show()

    def type(self, text: str, form: str = "Text") -> None:
        self.row.form.setCurrentText(form)
        self.row.data.selectAll()
        QTest.keyClicks(self.row.data, text)


def test_text_and_bytes(qtbot: QtBot) -> None:
    one = Stage(qtbot)
    QTest.mouseClick(one.row.button, Qt.MouseButton.LeftButton)
    one.row.data.setText("é")
    QTest.keyClick(one.row.data, Qt.Key.Key_Return)
    one.type("00 FF", "Hex")
    QTest.mouseClick(one.row.button, Qt.MouseButton.LeftButton)
    assert one.chosen == [b"", "é".encode(), b"\x00\xff"]
    assert one.row.about.isHidden()


def test_too_much(qtbot: QtBot) -> None:
    one = Stage(qtbot)
    one.row.data.setText("é" * 62 + "x")
    QTest.keyClick(one.row.data, Qt.Key.Key_Return)
    one.row.data.setText("é" * 63)
    assert one.row.about.text() == f"The data has 126 bytes; a ping may have {PING_LIMIT} at most."
    QTest.keyClick(one.row.data, Qt.Key.Key_Return)
    assert [len(data) for data in one.chosen] == [125]
    one.row.data.setText("x")
    assert one.row.about.isHidden()


def test_bad_digits(qtbot: QtBot) -> None:
    one = Stage(qtbot)
    one.type("4", "Hex")
    assert one.row.about.isHidden()  # the other digit may follow
    QTest.keyClick(one.row.data, Qt.Key.Key_Return)
    assert not one.row.about.isHidden()
    one.type("4x", "Hex")
    assert not one.row.about.isHidden()
    assert one.chosen == []


def test_without_a_connection(qtbot: QtBot) -> None:
    one = Stage(qtbot)
    one.row.set_connected(False)
    QTest.keyClick(one.row.data, Qt.Key.Key_Return)
    assert not one.row.button.isEnabled()
    assert one.row.button.accessibleDescription() == "Connect first: pings are sent over a connection."
    assert one.chosen == []


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, "no pong yet"), (0.00123, "1.23 ms"), (0.25, "250.0 ms"), (2.5, "2.5 s")]
)
def test_the_last_round_trip(qtbot: QtBot, seconds: float | None, words: str) -> None:
    one = Stage(qtbot)
    one.row.show_latency(seconds)
    assert one.row.latency.text() == words
    assert one.row.latency.accessibleName() == f"Last round trip: {words}"
