"""The pane around a transcript: its filter, its lines, what it keeps, and its place in small windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.filters import Filter
from desktop.chat.reading.groups import ALL, Group
from desktop.chat.reading.pane import TranscriptPane
from servers.exchange import Direction
from tests.desktop.chat.reading.conftest import add, said, texts

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def type_filter(qtbot: QtBot, pane: TranscriptPane, words: str) -> None:
    """Type words as a reader does."""
    pane.filter_bar.words.clear()
    QTest.keyClicks(pane.filter_bar.words, words)
    QTest.keyClick(pane.filter_bar.words, Qt.Key.Key_Return)


def tick(pane: TranscriptPane, group: Group) -> None:
    """Tick a kind in the menu with the mouse."""
    button = pane.filter_bar.kinds
    menu = button.menu()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == group.value)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()  # for the next one
    menu.close()


class TestLines:
    def test_an_empty_pane_says_what_to_do(self, pane: TranscriptPane) -> None:
        assert not pane.transcript.isVisible()
        assert pane.nothing_yet.isVisible()
        assert "Connect" in pane.nothing_yet.text()
        add(pane, *said("one"))
        assert pane.transcript.isVisible()

    def test_it_says_how_many_are_gone(self, pane: TranscriptPane) -> None:
        add(pane, *said(*map(str, range(100_000))))
        assert pane.gone.isHidden()
        add(pane, *said("one"))
        assert pane.gone.text() == "1 older message is gone; the newest 100,000 are kept."
        add(pane, *said("two"))
        assert pane.gone.text() == "2 older messages are gone; the newest 100,000 are kept."

    def test_those_who_read_above_are_told_what_is_new(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said(*(f"a{number}" for number in range(50))))
        assert pane.jump_line.isHidden()
        pane.transcript.verticalScrollBar().setValue(0)
        qtbot.waitUntil(lambda: not pane.transcript.is_following)
        assert pane.jump_line.isVisible()
        assert pane.jump_line.text() == "Jump to newest (Alt+End)"
        add(pane, *said("a", "b"))
        assert pane.jump_line.text() == "2 new messages – Jump to newest (Alt+End)"
        type_filter(qtbot, pane, "a")
        qtbot.waitUntil(lambda: pane.jump_line.text() == "1 new message – Jump to newest (Alt+End)")

    @pytest.mark.parametrize("by_key", [True, False])
    def test_it_jumps_to_the_newest(self, qtbot: QtBot, pane: TranscriptPane, by_key: bool) -> None:
        add(pane, *said(*map(str, range(50))))
        pane.transcript.verticalScrollBar().setValue(0)
        qtbot.waitUntil(pane.jump_line.isVisible)
        if by_key:
            QTest.keyClick(pane.filter_bar.words, Qt.Key.Key_End, ALT)
        else:
            pane.jump_line.click()
        assert pane.transcript.is_following
        assert pane.jump_line.isHidden()

    def test_what_could_not_be_done_is_said_until_it_is_read(self, pane: TranscriptPane) -> None:
        pane.transcript.told.emit("It did not work.")
        assert pane.saver.line.text() == "It did not work."
        pane.saver.dismiss.click()
        assert pane.saver.line.isHidden()


class TestFilter:
    def test_words_narrow_what_is_shown(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("one", "two", "three"))
        QTest.keyClicks(pane.filter_bar.words, "T")
        qtbot.waitUntil(lambda: texts(pane) == ["two", "three"])
        pane.filter_bar.with_case.click()
        assert texts(pane) == []
        pane.filter_bar.words.clear()
        qtbot.waitUntil(lambda: texts(pane) == ["one", "two", "three"])

    def test_what_comes_later_is_filtered_too(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        type_filter(qtbot, pane, "b")
        add(pane, *said("a", "b"))
        assert texts(pane) == ["b"]

    def test_what_is_no_expression_is_said_and_the_last_good_one_stays(
        self, qtbot: QtBot, pane: TranscriptPane
    ) -> None:
        add(pane, *said("abc", "xyz"))
        pane.filter_bar.is_regex.click()
        type_filter(qtbot, pane, "a.c")
        qtbot.waitUntil(lambda: texts(pane) == ["abc"])
        type_filter(qtbot, pane, "a.c(")
        assert pane.filter_bar.line.text().startswith("This is not a regular expression: missing closing parenthesis")
        assert texts(pane) == ["abc"]
        type_filter(qtbot, pane, "x")
        assert pane.filter_bar.line.isHidden()
        qtbot.waitUntil(lambda: texts(pane) == ["xyz"])

    def test_an_expression_that_takes_too_long_hides_nothing(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("short", "a" * 65_536 + "b"))
        pane.filter_bar.is_regex.click()
        type_filter(qtbot, pane, "(a+)+$")
        qtbot.waitUntil(pane.filter_bar.line.isVisible)
        assert pane.filter_bar.line.text().startswith("This expression takes too long")
        qtbot.waitUntil(lambda: len(texts(pane)) == 2)
        type_filter(qtbot, pane, "short")
        assert pane.filter_bar.line.isHidden()
        qtbot.waitUntil(lambda: texts(pane) == ["short"])

    def test_directions_can_be_chosen_by_key(self, pane: TranscriptPane) -> None:
        add(pane, *said("in"), Entry(EntryKind.OWN, 0, "out", direction=Direction.SENT))
        pane.filter_bar.direction.setFocus()
        QTest.keyClick(pane.filter_bar.direction, Qt.Key.Key_Down)
        assert texts(pane) == ["out"]
        QTest.keyClick(pane.filter_bar.direction, Qt.Key.Key_Down)
        assert texts(pane) == ["in"]

    def test_automatic_pings_are_hidden_until_they_are_wanted(self, pane: TranscriptPane) -> None:
        add(pane, *said("one"), Entry(EntryKind.PING, 0, "auto", automatic=True))
        assert texts(pane) == ["one"]
        assert pane.filter_bar.kinds.accessibleName() == "Kinds of messages: 1 kind hidden"
        tick(pane, Group.AUTOMATIC)
        assert texts(pane) == ["one", "auto"]
        assert pane.filter_bar.kinds.accessibleName() == "Kinds of messages: all kinds"
        tick(pane, Group.PLAIN)
        tick(pane, Group.AUTOMATIC)
        assert texts(pane) == []
        assert pane.filter_bar.kinds.accessibleName() == "Kinds of messages: 2 kinds hidden"

    def test_where_nothing_matches_there_is_a_way_out(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("one"))
        assert pane.no_match.isHidden()
        type_filter(qtbot, pane, "two")
        qtbot.waitUntil(pane.no_match.isVisible)
        pane.show_all.click()
        assert texts(pane) == ["one"]
        assert pane.no_match.isHidden()
        assert pane.filter_bar.filter == Filter(kinds=ALL)

    def test_the_choices_come_back(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        one = Filter(Direction.SENT, frozenset({Group.OWN}), "a.c", is_regex=True, with_case=True)
        pane.filter_bar.show_filter(one)
        kept = pane.kept()
        pane.filter_bar.show_all()
        pane.restore(kept)
        assert pane.filter_bar.filter == one
        pane.restore({})
        assert pane.filter_bar.filter == Filter()

    def test_what_was_kept_may_be_no_expression(self, pane: TranscriptPane) -> None:
        pane.restore({"words": "(", "regex": True})
        assert pane.filter_bar.line.isVisible()
        add(pane, *said("one"))
        assert texts(pane) == ["one"]


class TestLooks:
    def test_it_fits_into_the_smallest_window(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("one"))
        pane.find()
        pane.toggle_pause()
        type_filter(qtbot, pane, "two")
        qtbot.waitUntil(pane.no_match.isVisible)
        assert pane.minimumSizeHint().width() <= 360
        assert pane.filter_bar.words.width() >= 60

    def test_there_are_words_where_there_is_room(self, pane: TranscriptPane) -> None:
        assert pane.filter_bar.kinds.text() == "1"
        pane.resize(560, 400)
        assert pane.filter_bar.kinds.text() == "1 kind hidden"

    def test_everything_has_a_name_and_can_be_reached(self, pane: TranscriptPane) -> None:
        pane.find()
        for button in pane.findChildren(QToolButton):
            if button.isVisible():
                assert button.accessibleName()
                assert button.toolTip()
                assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.accessibleName()
        for bar in (pane.filter_bar, pane.find_bar):
            assert all(field.accessibleName() for field in bar.findChildren(QLineEdit))
