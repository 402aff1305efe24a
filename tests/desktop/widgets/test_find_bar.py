"""Find and replace: every match, in order, with one Undo, and never a frozen window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.code_pane import CodePane
from desktop.widgets.find_bar import FindBar
from desktop.widgets.searching import Found, TooCostly, Wanted, find

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pane(qtbot: QtBot) -> CodePane:
    """An editor with the bar below it."""
    pane = CodePane("Body")
    qtbot.addWidget(pane)
    pane.resize(700, 400)
    pane.show()
    pane.setFocus()
    qtbot.waitUntil(pane.editor.hasFocus)
    return pane


def look_for(qtbot: QtBot, pane: CodePane, words: str, expected: str, **options: bool) -> FindBar:
    """Type words into the bar, and wait for what it counts."""
    bar = pane.find_bar
    bar.open(replace=True)
    bar.is_regex.setChecked(options.get("regex", False))
    bar.with_case.setChecked(options.get("case", False))
    bar.words.setText(words)
    qtbot.waitUntil(lambda: bar.count.text() == expected)
    return bar


def spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in find(text, wanted) if found is not None]


class TestSearching:
    def test_words_are_taken_as_they_are(self) -> None:
        assert spans("a.c abc A.C", Wanted("a.c")) == [(0, 3), (8, 11)]
        assert spans("a.c abc A.C", Wanted("a.c", with_case=True)) == [(0, 3)]
        assert spans("Éé", Wanted("é")) == [(0, 1), (1, 2)]

    def test_places_are_counted_as_qt_counts(self) -> None:
        assert spans("😀x\n😀\nx", Wanted("x")) == [(2, 3), (7, 8)]

    def test_expressions_know_lines_and_groups(self) -> None:
        found = list(find("ab\nab\n", Wanted("^(a)(b)$", is_regex=True), "$2$1-$0"))
        assert found == [Found(0, 2, "ba-ab"), Found(3, 5, "ba-ab"), None]
        assert spans("aaa", Wanted("x*", is_regex=True)) == []

    @pytest.mark.parametrize("words", ["needle", "a needle b", "nee\ndle"])
    def test_matches_across_windows_are_found_once(self, words: str) -> None:
        text = ("x" * 7_997 + words) * 3
        step = 7_997 + len(words)
        assert spans(text, Wanted(words)) == [(7_997 + at, step + at) for at in (0, step, 2 * step)]

    def test_the_cut_of_a_window_is_no_border(self) -> None:
        assert spans("a" * 50_000 + " b", Wanted(r"^a|\bb|a$", is_regex=True)) == [(0, 1), (50_001, 50_002)]

    @pytest.mark.parametrize("pattern", ["(a|aa)+c", "(a+)+c", "a*a*a*a*c"])
    def test_an_expression_that_never_ends_is_given_up(self, pattern: str) -> None:
        with pytest.raises(TooCostly):
            list(find("a" * 3_000 + " c", Wanted(pattern, is_regex=True)))

    def test_what_is_no_expression_is_said(self) -> None:
        assert Wanted("(").fault() == ""
        assert Wanted("a", is_regex=True).fault() == ""
        sentence = "This is not a regular expression: missing closing parenthesis (at character 1)."
        assert Wanted("(", is_regex=True).fault() == sentence


class TestBar:
    def test_keys_open_and_close_it(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("one two one")
        pane.editor.select(0, 3)
        QTest.keyClick(pane.editor, KEY.Key_F, CONTROL)
        bar = pane.find_bar
        qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
        assert bar.words.text() == "one"
        assert not bar.replacement.isVisible()
        QTest.keyClick(bar.words, KEY.Key_H, CONTROL)
        assert bar.replacement.isVisible()
        QTest.keyClick(bar.words, KEY.Key_Escape)
        assert not bar.isVisible()
        qtbot.waitUntil(pane.editor.hasFocus)

    def test_next_and_previous_go_round(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("x 1 x 2 x")
        bar = look_for(qtbot, pane, "X", "1 of 3")
        QTest.keyClick(bar.words, KEY.Key_Return)
        assert bar.count.text() == "2 of 3"
        QTest.keyClick(pane.editor, KEY.Key_F3)
        assert bar.count.text() == "3 of 3"
        bar.next.click()
        assert pane.editor.textCursor().selectionStart() == 0
        QTest.keyClick(bar.words, KEY.Key_Return, SHIFT)
        assert pane.editor.textCursor().selectionStart() == 8
        QTest.keyClick(pane.editor, KEY.Key_F3, SHIFT)
        assert bar.count.text() == "2 of 3"

    def test_replacing_goes_on_to_the_next(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("a1 a2")
        bar = look_for(qtbot, pane, r"a(\d)", "1 of 2", regex=True)
        bar.replacement.setText("b$1")
        qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
        QTest.keyClick(bar.replacement, KEY.Key_Return)
        qtbot.waitUntil(lambda: bar.count.text() == "1 of 1")
        assert pane.editor.text() == "b1 a2"
        bar.replace_one.click()
        assert pane.editor.text() == "b1 b2"
        pane.editor.undo()
        assert pane.editor.text() == "b1 a2"

    def test_all_are_replaced_as_one_change(self, qtbot: QtBot, pane: CodePane) -> None:
        text = "😀x\n" + "yx" * 1_000 + "\r x"
        pane.editor.show_text(text)
        bar = look_for(qtbot, pane, "X", "1 of 1,002")
        bar.replacement.setText("long 😀")
        qtbot.waitUntil(lambda: bar.count.text() == "1 of 1,002")
        bar.replace_every.click()
        assert pane.editor.text() == text.replace("x", "long 😀")
        assert bar.message.text() == "1,002 replaced; Undo takes it back."
        pane.editor.undo()
        assert pane.editor.text() == text

    def test_a_long_line_is_searched_across_its_folds(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("\n" + "x" * 498 + "find me" + "x" * 2_000)
        look_for(qtbot, pane, "find me", "1 of 1")
        cursor = pane.editor.textCursor()
        assert pane.editor.folds.text(cursor.selectionStart(), cursor.selectionEnd()) == "find me"

    def test_edits_are_noticed(self, qtbot: QtBot, pane: CodePane) -> None:
        bar = look_for(qtbot, pane, "a", "0 found")
        QTest.keyClicks(pane.editor, "ba")
        qtbot.waitUntil(lambda: bar.count.text() == "1 found")

    def test_faults_are_sentences(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("a" * 3_000 + " c")
        bar = look_for(qtbot, pane, "(", "0 found", regex=True)
        assert bar.message.text().startswith("This is not a regular expression")
        bar.words.setText("(a|aa)+c")
        qtbot.waitUntil(lambda: bar.message.text().startswith("This expression takes too long"))

    def test_what_is_read_only_is_not_replaced(self, pane: CodePane) -> None:
        pane.editor.setReadOnly(True)
        pane.find_bar.open(replace=True)
        assert not pane.find_bar.replacement.isVisible()

    def test_a_megabyte_is_searched_while_the_window_answers(self, qtbot: QtBot, pane: CodePane) -> None:
        pane.editor.show_text("needle " + "some words here\n" * 60_000 + "needle")
        qtbot.waitUntil(lambda: not pane.editor.is_filling)
        look_for(qtbot, pane, "needle", "1 of 2")
