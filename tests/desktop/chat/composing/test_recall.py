"""What was written before comes back, by Up and after a restart."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.chat.composing.message_box import KEPT
from desktop.chat.outgoing import Form, Outgoing
from tests.desktop.chat.composing.conftest import Bench

UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
FORMER = (
    Outgoing("first\nline"),
    Outgoing('{"a": 1}', Form.JSON),
    Outgoing("48", Form.HEX, "anna"),
    Outgoing("raw", raw=True),
    Outgoing("/a/file", Form.FILE),
)


def press(bench: Bench, *keys: Qt.Key) -> None:
    for key in keys:
        is_file = bench.box.controls.form is Form.FILE
        QTest.keyClick(bench.box.content.file.field if is_file else bench.box.content.editor, key)


def test_up_and_down_walk_through_all_forms(bench: Bench) -> None:
    bench.box.set_chat(("anna",))
    bench.box.history = FORMER
    QTest.keyClicks(bench.box.content.editor, "typed")
    for former in FORMER[::-1]:
        press(bench, UP)
        assert bench.box.outgoing() == former
    press(bench, UP)
    assert bench.box.outgoing() == FORMER[0]
    press(bench, DOWN)  # from the first line of two to the second
    for former in (*FORMER[1:], Outgoing("typed")):
        press(bench, DOWN)
        assert bench.box.outgoing() == former
    assert bench.box.history == FORMER


def test_up_moves_within_lines_first_wrapped_ones_too(bench: Bench) -> None:
    bench.box.history = FORMER[:1]
    for text in ("one\ntwo", "long " * 60):
        bench.box.show_outgoing(Outgoing(text))
        bench.box.content.editor.go_to_line_end(last=True)
        press(bench, UP)
        assert bench.box.outgoing() == Outgoing(text)
        press(bench, UP, UP, UP, UP)
        assert bench.box.outgoing() != Outgoing(text)


def test_the_draft_comes_back_after_a_former_message_was_sent_again(bench: Bench) -> None:
    bench.box.history = FORMER[:1]
    QTest.keyClicks(bench.box.content.editor, "typed")
    press(bench, UP, Qt.Key.Key_Return)
    assert bench.submitted == [FORMER[0]]
    bench.box.accepted(bench.submitted[0])
    assert bench.box.outgoing() == Outgoing("typed")
    assert bench.box.history == FORMER[:1]


def test_a_message_that_is_shown_puts_the_draft_into_the_history(bench: Bench) -> None:
    QTest.keyClicks(bench.box.content.editor, "typed")
    bench.box.show_outgoing(FORMER[1])
    assert bench.box.outgoing() == FORMER[1]
    assert bench.box.history == (Outgoing("typed"),)
    bench.box.show_outgoing(FORMER[0])
    press(bench, UP)
    assert bench.box.outgoing() == FORMER[1]


def test_text_behind_a_file_is_not_lost_on_a_walk(bench: Bench) -> None:
    bench.box.history = FORMER[:1]
    QTest.keyClicks(bench.box.content.editor, "typed")
    bench.box.controls.form = Form.FILE
    press(bench, UP)
    assert bench.box.outgoing() == FORMER[0]
    press(bench, DOWN, DOWN)
    assert bench.box.outgoing() == Outgoing("typed")
    press(bench, DOWN)
    assert bench.box.outgoing() == Outgoing("", Form.FILE)


@pytest.mark.parametrize("draft", [*FORMER, Outgoing("a\r\nb\u2029\ufeff\ud83d"), Outgoing("")])
def test_everything_comes_back_after_a_restart(qtbot: QtBot, bench: Bench, draft: Outgoing) -> None:
    bench.box.history = FORMER
    bench.box.show_outgoing(draft)
    kept = json.loads(json.dumps(bench.box.kept()))
    other = Bench(qtbot)
    other.box.restore(kept)
    for box in (bench.box, other.box):
        box.set_chat(())
    assert other.box.outgoing() == bench.box.outgoing() == draft
    assert other.box.history == FORMER


def test_what_a_walk_and_a_file_hide_comes_back_too(qtbot: QtBot, bench: Bench) -> None:
    bench.box.history = FORMER[:1]
    QTest.keyClicks(bench.box.content.editor, "typed")
    press(bench, UP)
    bench.box.controls.form = Form.FILE
    other = Bench(qtbot)
    other.box.restore(bench.box.kept())
    assert other.box.history == (FORMER[0], Outgoing("typed"))
    assert other.box.outgoing() == Outgoing("", Form.FILE)
    other.box.controls.form = Form.TEXT
    assert other.box.outgoing() == FORMER[0]


def test_the_history_is_kept_within_a_limit(bench: Bench) -> None:
    long = "x" * (KEPT // 2)
    bench.box.history = (*FORMER, Outgoing(long), Outgoing(f"{long[1:]}y"))
    kept = bench.box.kept()["history"]
    assert isinstance(kept, list)
    assert len(kept) == 2


@pytest.mark.parametrize("kept", [{}, {"draft": 1, "history": 2, "aside": 3}, {"history": [None, {"form": "x"}]}])
def test_what_is_not_understood_is_left_out(bench: Bench, kept: dict[str, object]) -> None:
    bench.box.restore(kept)
    assert bench.box.outgoing() == Outgoing("")
    assert all(one == Outgoing("") for one in bench.box.history)
