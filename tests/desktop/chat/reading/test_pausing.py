"""Pausing: what arrives waits, in order and within bounds, and comes when reading goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.pane import TranscriptPane
from desktop.chat.reading.pauser import Pauser
from desktop.chat.reading.waiting import Waiting
from tests.desktop.chat.reading.conftest import add, said, texts

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class TestPane:
    def test_what_arrives_waits_and_then_comes_in_order(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("before"))
        QTest.keyClick(pane.filter_bar.words, Qt.Key.Key_P, CONTROL | SHIFT)
        assert pane.pauser.line.text() == "Paused: 0 messages wait."
        assert pane.filter_bar.pause.isChecked()
        many = [str(number) for number in range(1_000)]
        add(pane, *said("mine", kind=EntryKind.OWN), *said(*many))
        qtbot.waitUntil(lambda: pane.pauser.line.text() == "Paused: 1,001 messages wait.")
        assert texts(pane) == ["before"]
        pane.pauser.resume.click()
        assert pane.pauser.line.isHidden()
        assert not pane.filter_bar.pause.isChecked()
        add(pane, *said("after"))
        qtbot.waitUntil(lambda: texts(pane) == ["before", "mine", *many, "after"])

    def test_it_can_be_paused_again_before_all_have_come(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        pane.filter_bar.pause.click()
        many = [str(number) for number in range(50_000)]
        add(pane, *said(*many))
        pane.toggle_pause()
        pane.toggle_pause()
        add(pane, *said("last"))
        pane.toggle_pause()
        qtbot.waitUntil(lambda: len(texts(pane)) == 50_001)
        assert texts(pane) == [*many, "last"]

    def test_one_message_is_said_as_one(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        pane.toggle_pause()
        add(pane, *said("one"))
        qtbot.waitUntil(lambda: pane.pauser.line.text() == "Paused: 1 message waits.")

    def test_those_that_were_lost_waiting_are_counted(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        pane.toggle_pause()
        add(pane, *said(*map(str, range(100_003))))
        pane.toggle_pause()
        qtbot.waitUntil(lambda: len(texts(pane)) == 100_000)
        assert texts(pane)[0] == "3"
        assert pane.gone.text() == "3 older messages are gone; the newest 100,000 are kept."


def test_a_pauser_keeps_the_newest(qtbot: QtBot, pane: TranscriptPane) -> None:
    pauser = Pauser(pane.messages, pane, limit=2)
    pauser.toggle()
    for entry in said("a", "b", "c"):
        pauser.add(entry)
    assert pauser.gone == 1
    pauser.toggle()
    qtbot.waitUntil(lambda: texts(pane) == ["b", "c"])


@given(st.lists(st.integers(0, 2_000), max_size=20), st.integers(1, 5))
def test_what_waits_is_bounded_in_number_and_memory(sizes: list[int], limit: int) -> None:
    waiting = Waiting(limit, 3_000)
    entries = [Entry(EntryKind.PLAIN, 0, data=bytes(size)) for size in sizes]
    for entry in entries:
        waiting.add(entry)
    kept = [waiting.take() for _ in range(len(waiting))]
    assert kept == entries[waiting.gone :]
    assert len(kept) <= limit
    assert sum(entry.weight for entry in kept) <= 3_000 or len(kept) == 1
    with pytest.raises(IndexError):
        waiting.take()
