"""Messages are submitted as typed, and nothing that was typed is lost."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop.chat.composing.payload import AT_ONCE
from desktop.chat.outgoing import Form, Outgoing
from tests.conftest import until
from tests.desktop.chat.composing.conftest import Bench, WithLoop

KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NO_CONNECTION = "Not sent: there is no connection."


def type_in(bench: Bench, text: str, key: Qt.Key | None = None) -> None:
    QTest.keyClicks(bench.box.content.editor, text)
    if key is not None:
        QTest.keyClick(bench.box.content.editor, key)


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (KEY.Key_Return, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        (KEY.Key_Return, CONTROL),
    ],
)
def test_enter_submits_what_is_typed(bench: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    type_in(bench, " hello ")
    QTest.keyClick(bench.box.content.editor, key, modifier)
    assert bench.submitted == [Outgoing(" hello ")]
    assert bench.box.outgoing() == Outgoing(" hello "), "it stays until it was sent"


def test_the_button_submits_and_shift_and_enter_start_a_line(bench: Bench) -> None:
    type_in(bench, "  one")
    QTest.keyClick(bench.box.content.editor, KEY.Key_Return, SHIFT)
    type_in(bench, "two")
    QTest.mouseClick(bench.box.controls.send, Qt.MouseButton.LeftButton)
    assert bench.submitted == [Outgoing("  one\ntwo")]


def test_nothing_is_sent_only_where_it_is_meant(bench: Bench) -> None:
    type_in(bench, "", KEY.Key_Return)
    QTest.mouseClick(bench.box.controls.send, Qt.MouseButton.LeftButton)
    assert bench.submitted == []
    assert bench.said == "There is nothing to send. Ctrl+Enter sends an empty message."
    QTest.keyClick(bench.box.content.editor, KEY.Key_Return, CONTROL)
    assert bench.submitted == [Outgoing("")]


def test_what_was_accepted_is_taken_away_unless_it_was_changed(bench: Bench) -> None:
    type_in(bench, "one", KEY.Key_Return)
    bench.box.accepted(bench.submitted[-1])
    assert bench.box.outgoing() == Outgoing("")
    type_in(bench, "two", KEY.Key_Return)
    type_in(bench, " and more")
    bench.box.accepted(bench.submitted[-1])
    assert bench.box.outgoing() == Outgoing("two and more")
    assert bench.box.history == (Outgoing("one"), Outgoing("two"))


def test_what_was_refused_stays(bench: Bench, qtbot: QtBot) -> None:
    type_in(bench, "one", KEY.Key_Return)
    bench.box.refused(Outgoing("one"), "Nobody listens.")
    assert bench.box.outgoing() == Outgoing("one")
    assert bench.said == "Nobody listens."
    assert bench.box.history == ()
    type_in(bench, "!")
    qtbot.waitUntil(lambda: bench.said == "")


def test_what_was_refused_is_found_in_the_history_when_something_else_is_written(bench: Bench) -> None:
    type_in(bench, "one")
    bench.box.refused(Outgoing("gone", Form.HEX, "anna"), "Nobody listens.")
    assert bench.box.outgoing() == Outgoing("one")
    assert bench.said == "Nobody listens. What was not sent is in the history: press Up for it."
    type_in(bench, "", KEY.Key_Up)
    bench.box.set_chat(("anna",))
    assert bench.box.outgoing() == Outgoing("gone", Form.HEX, "anna")


def test_what_was_refused_comes_back_into_an_empty_box(bench: Bench) -> None:
    bench.box.refused(Outgoing("48", Form.HEX), "Nobody listens.")
    assert bench.box.outgoing() == Outgoing("48", Form.HEX)
    assert bench.said == "Nobody listens."


def test_a_second_message_waits_for_the_first(bench: Bench, qtbot: QtBot) -> None:
    type_in(bench, "one", KEY.Key_Return)
    bench.box.set_busy(True)
    type_in(bench, " two", KEY.Key_Return)
    assert bench.said == "The message before this one is still being sent."
    assert bench.submitted == [Outgoing("one")]
    assert bench.box.outgoing() == Outgoing("one two")
    bench.box.set_busy(False)
    qtbot.waitUntil(lambda: bench.said == "")
    type_in(bench, "", KEY.Key_Return)
    assert bench.submitted == [Outgoing("one"), Outgoing("one two")]


def test_without_a_connection_everything_stays(bench: Bench, qtbot: QtBot) -> None:
    bench.box.set_connected(False, NO_CONNECTION)
    assert bench.box.controls.send.toolTip() == NO_CONNECTION
    assert bench.box.controls.send.accessibleDescription() == NO_CONNECTION
    type_in(bench, "one", KEY.Key_Return)
    assert (bench.said, bench.submitted) == (NO_CONNECTION, [])
    assert bench.box.outgoing() == Outgoing("one")
    bench.box.set_connected(True)
    qtbot.waitUntil(lambda: bench.said == "")
    assert bench.box.controls.send.toolTip() == "Send (Enter)"
    type_in(bench, "", KEY.Key_Return)
    assert bench.submitted == [Outgoing("one")]


def test_a_fault_is_said_while_typing_and_stops_sending_alone(bench: Bench, qtbot: QtBot) -> None:
    bench.box.show_outgoing(Outgoing("", Form.HEX))
    type_in(bench, "48 6")
    qtbot.waitUntil(lambda: bench.said == "1 byte")
    type_in(bench, "x")
    fault = "“x” at line 1, column 5 is not a hexadecimal digit. Bytes are typed like 48 65 6C or 48656C."
    qtbot.waitUntil(lambda: bench.said == fault)
    assert bench.box.content.editor.hasFocus()
    type_in(bench, "", KEY.Key_Return)
    assert (bench.said, bench.submitted) == (fault, [])
    type_in(bench, "", KEY.Key_Backspace)
    type_in(bench, "5", KEY.Key_Return)
    assert bench.submitted == [Outgoing("48 65", Form.HEX)]


def test_long_json_is_checked_before_it_is_submitted_once(bench: Bench, with_loop: WithLoop) -> None:
    async def steps() -> None:
        good = Outgoing(f'["{"x" * AT_ONCE}"]', Form.JSON)
        bench.box.show_outgoing(good)
        for _ in range(2):
            type_in(bench, "", KEY.Key_Return)
        assert bench.said == "The message before this one is still being sent."
        await until(lambda: bench.submitted == [good])
        bench.box.accepted(good)
        bench.box.show_outgoing(Outgoing(good.text[:-1], Form.JSON))
        type_in(bench, "", KEY.Key_Return)
        await until(lambda: "was expected at its end" in bench.said)
        await asyncio.sleep(0)
        assert bench.submitted == [good]

    with_loop(steps())


def test_a_paste_that_is_too_long_is_refused_in_words(bench: Bench) -> None:
    type_in(bench, "kept")
    QApplication.clipboard().setText("x" * 5_000_001)
    bench.box.content.editor.paste()
    assert bench.said == "5,000,005 characters are more than the 5,000,000 that can be edited here."
    assert bench.box.outgoing() == Outgoing("kept")


def test_tab_leads_through_the_controls_by_name(bench: Bench) -> None:
    bench.box.set_chat(("anna",))
    bench.box.controls.form = Form.JSON
    names = []
    for _ in range(5):
        widget = QApplication.focusWidget()
        assert widget is not None
        names.append(widget.accessibleName() or getattr(widget, "text", str)())
        QTest.keyClick(widget, KEY.Key_Tab)
    assert names == ["Message", "Form of the message", "To", "Format the JSON", "Send"]
    assert all(box.focusPolicy() is Qt.FocusPolicy.StrongFocus for box in bench.box.controls.findChildren(QComboBox))
