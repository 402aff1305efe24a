"""Find in a transcript: counts, goes round, keeps up with what comes and goes, and never freezes."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.chat.reading.find_bar import FindBar
from desktop.chat.reading.looking import Finder, Span
from desktop.chat.reading.pane import TranscriptPane
from desktop.widgets.searching import Wanted
from tests.desktop.chat.reading.conftest import add, said

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def look_for(qtbot: QtBot, pane: TranscriptPane, words: str, expected: str) -> FindBar:
    """Open the bar by its key, type words, and wait for what it counts."""
    QTest.keyClick(pane.filter_bar.words, KEY.Key_F, CONTROL)
    assert pane.find_bar.isVisible()
    pane.find_bar.words.clear()
    QTest.keyClicks(pane.find_bar.words, words)
    counts(qtbot, pane, expected)
    return pane.find_bar


def counts(qtbot: QtBot, pane: TranscriptPane, expected: str) -> None:
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == expected)


def here(pane: TranscriptPane) -> str:
    """The text of the message that was found."""
    entry = pane.transcript.current()
    return entry.text if entry else ""


class TestBar:
    def test_it_goes_from_one_match_to_the_next_and_round(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        pane.resize(360, 600)
        add(pane, *said("a1", "b", "A2", "b", "a3"))
        bar = look_for(qtbot, pane, "a", "1 of 3")
        seen = [here(pane)]
        for key in (KEY.Key_Return, KEY.Key_F3, KEY.Key_Return):
            QTest.keyClick(bar.words, key)
            seen.append(here(pane))
        assert seen == ["a1", "A2", "a3", "a1"]
        QTest.keyClick(bar.words, KEY.Key_Return, SHIFT)
        assert (here(pane), bar.count.text()) == ("a3", "3 of 3")
        QTest.keyClick(bar.words, KEY.Key_F3, SHIFT)
        assert here(pane) == "A2"
        bar.previous.click()
        assert here(pane) == "a1"
        bar.next.click()
        assert here(pane) == "A2"

    def test_escape_closes_it_and_the_key_opens_it_with_the_words(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("a"))
        bar = look_for(qtbot, pane, "a", "1 of 1")
        QTest.keyClick(bar.words, KEY.Key_Escape)
        assert bar.isHidden()
        assert pane.transcript.hasFocus()
        add(pane, *said("a"))
        QTest.keyClick(pane.transcript, KEY.Key_F3)
        assert bar.isVisible()
        assert bar.words.selectedText() == "a"
        counts(qtbot, pane, "1 of 2")

    def test_it_begins_where_the_transcript_is_read(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said(*(f"a{number}" for number in range(100))))
        QTest.keyClick(pane.transcript, KEY.Key_F, CONTROL)
        bar = pane.find_bar
        bar.words.setText("a")
        qtbot.waitUntil(lambda: bar.count.text().endswith(" of 100"))
        assert pane.transcript.currentIndex().row() == pane.transcript.edge_row(-1) > 50
        assert pane.transcript.is_following
        bar.close_button.click()
        assert bar.isHidden()

    def test_a_match_is_brought_into_view(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("needle", *map(str, range(500))))
        look_for(qtbot, pane, "needle", "1 of 1")
        assert pane.transcript.rowAt(0) == 0
        assert not pane.transcript.is_following

    def test_case_and_expressions_count_where_wanted(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("abc", "ABC", "a.c"))
        bar = look_for(qtbot, pane, "a.c", "1 of 1")
        bar.is_regex.click()
        counts(qtbot, pane, "3 of 3")
        bar.with_case.click()
        counts(qtbot, pane, "2 of 2")

    def test_where_there_is_none_it_says_so(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("abc"))
        bar = look_for(qtbot, pane, "x", "0 found")
        assert not bar.next.isEnabled()
        QTest.keyClick(bar.words, KEY.Key_Return)
        bar.words.clear()
        counts(qtbot, pane, "")

    def test_what_is_no_expression_or_takes_too_long_is_said(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("a" * 65_536 + "b"))
        bar = look_for(qtbot, pane, "(", "0 found")
        bar.is_regex.click()
        assert bar.message.text().startswith("This is not a regular expression")
        bar.words.setText("(a+)+$")
        qtbot.waitUntil(lambda: bar.message.text().startswith("This expression takes too long"))
        bar.words.setText("a+b")
        counts(qtbot, pane, "1 of 1")
        assert bar.message.isHidden()


class TestKeepingUp:
    def test_new_messages_are_counted(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("a"))
        look_for(qtbot, pane, "a", "1 of 1")
        add(pane, *said("b", "a"))
        counts(qtbot, pane, "1 of 2")

    def test_dropped_messages_are_not(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("a", "a", "last a", *["b"] * 99_997))
        look_for(qtbot, pane, "a", "1 of 3")
        QTest.keyClick(pane.find_bar.words, KEY.Key_Return)
        add(pane, *said("new a"))
        counts(qtbot, pane, "1 of 3")
        QTest.keyClick(pane.find_bar.words, KEY.Key_Return)
        assert here(pane) == "last a"
        add(pane, *said("b", "b"))
        counts(qtbot, pane, "1 found")
        QTest.keyClick(pane.find_bar.words, KEY.Key_Return)
        assert here(pane) == "new a"

    def test_it_looks_at_what_the_filter_shows(self, qtbot: QtBot, pane: TranscriptPane) -> None:
        add(pane, *said("ab", "a", "b"))
        look_for(qtbot, pane, "a", "1 of 2")
        QTest.keyClicks(pane.filter_bar.words, "b")
        counts(qtbot, pane, "1 found")


class TestMarks:
    def test_matches_are_marked_while_the_bar_is_open(
        self, qtbot: QtBot, pane: TranscriptPane, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        marked: list[re.Pattern[str] | None] = []
        monkeypatch.setattr(pane.transcript, "mark", marked.append)
        add(pane, *said("one two"))
        bar = look_for(qtbot, pane, "w", "1 of 1")
        assert marked[-1] is not None
        assert [match.span() for match in marked[-1].finditer("one two")] == [(5, 6)]
        bar.close_bar()
        assert marked[-1] is None

    def test_the_marks_of_an_expression_are_counted_as_python_counts(self) -> None:
        assert list(Finder(Wanted("x+", is_regex=True)).finditer("😀xx😀x")) == [Span(1, 3), Span(4, 5)]

    def test_an_expression_that_never_ends_marks_nothing(self) -> None:
        assert list(Finder(Wanted("(a+)+c", is_regex=True)).finditer("a" * 3_000)) == []

    def test_bytes_are_marked_as_they_are_written(self) -> None:
        assert [one.span() for one in Finder(Wanted("ADbe")).finditer("de ad be ef")] == [(3, 8)]
