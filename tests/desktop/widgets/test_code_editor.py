"""The editor keeps every character, whatever is typed, pasted, undone or shown, and colours what is seen."""

import itertools
import random
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.theme import Scheme
from desktop.widgets import highlighter, long_text
from desktop.widgets.code_editor import CodeEditor
from desktop.widgets.line_lexers import Language
from desktop.widgets.long_text import LIMIT
from desktop.widgets.syntax import Kind, color_of
from tests.desktop.test_theme import contrast

KEY = Qt.Key
ODD = [
    "",
    "\n",
    "a\n",
    "\r",
    "a\rb\r\nc\n",
    "a\r\nb\r\n",
    "\ufeffa\ufeff",
    "a\0b\x1b",
    "a\u2028b\u2029c",
    "\ufdd0\ufdd1",
    "\u00a0",
]
ODD += ["😀", "half \ud83d of \ude00", "\ufffc", "\t x  "]


class Known(NamedTuple):
    name: str
    value: str
    origin: str = "Environment dev"
    secret: bool = False


class Variables:
    """Three variables, one of them secret."""

    def __init__(self) -> None:
        self.all = [Known("host", "http://h"), Known("token", "t0psecret", secret=True), Known("hostess", "<b>", "")]

    def get(self, name: str, /) -> str | None:
        return next((one.value for one in self.all if one.name == name), None)

    def known(self) -> list[Known]:
        return self.all


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[CodeEditor]:
    """An editor on the screen."""
    editor = CodeEditor()
    qtbot.addWidget(editor)
    editor.resize(700, 400)
    editor.show()
    editor.setFocus()
    yield editor
    editor.set_variables(None)


def fill(qtbot: QtBot, editor: CodeEditor, text: str) -> None:
    """Show a text and wait until it can be edited."""
    editor.show_text(text)
    qtbot.waitUntil(lambda: not editor.is_filling)


def paste(editor: CodeEditor, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    editor.insertFromMimeData(data)


def put_cursor(editor: CodeEditor, start: int, end: int | None = None) -> None:
    editor.select(start, start if end is None else end)


def colors_of(editor: CodeEditor, line: int) -> dict[str, str]:
    """What is coloured in a line, and how; each painting goes on with what the one before had no time for."""
    editor.grab()
    while editor._highlighter._soon.isActive():
        editor.grab()
    block = editor.document().findBlockByNumber(line)
    data = block.text().encode("utf-16-le")
    return {
        data[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le"): one.format.foreground().color().name()
        for one in block.layout().formats()
    }


def shows(editor: CodeEditor, expected: dict[str, str]) -> bool:
    return colors_of(editor, 0) == expected


class TestText:
    @pytest.mark.parametrize("text", ODD)
    def test_comes_out_as_it_was_shown(self, editor: CodeEditor, text: str) -> None:
        editor.show_text(text)
        assert editor.text() == text
        editor.show_text("another")
        editor.undo()
        if "\r\n" not in text:
            assert editor.text() == text

    @pytest.mark.parametrize("text", ["no\u00a0break", "a\tb", "nul\0", "é😀", "x" * 1_234, "\u202e"])
    def test_that_is_pasted_is_kept(self, editor: CodeEditor, text: str) -> None:
        paste(editor, text)
        assert editor.text() == text

    def test_pasted_line_breaks_are_those_of_the_text(self, editor: CodeEditor) -> None:
        paste(editor, "a\r\nb\rc\n")
        assert editor.text() == "a\nb\nc\n"
        editor.show_text("a\r\nb")
        QTest.keyClick(editor, KEY.Key_Return)
        assert editor.text() == "\r\na\r\nb"
        assert editor.newline == "\r\n"

    def test_of_any_size_is_shown_and_taken_back_in_one_step(self, qtbot: QtBot, editor: CodeEditor) -> None:
        editor.show_text("before")
        long = "\n".join(["short", "x é" * 40_000, "", "y" * 1_001] * 12)
        editor.show_text(long)
        assert editor.is_filling
        assert editor.text() == long
        QTest.keyClicks(editor, "not yet")
        qtbot.waitUntil(lambda: not editor.is_filling)
        assert editor.text() == long
        assert editor.blockCount() > 400
        editor.undo()
        assert editor.text() == "before"
        qtbot.waitUntil(lambda: not editor.is_filling)
        editor.redo()
        assert editor.text() == long
        qtbot.waitUntil(lambda: not editor.is_filling)
        assert editor.text() == long

    def test_that_replaces_one_still_on_its_way_in(self, qtbot: QtBot, editor: CodeEditor) -> None:
        editor.show_text("a line\n" * 60_000)
        fill(qtbot, editor, "b\r\n" * 50_000)
        assert editor.text() == "b\r\n" * 50_000
        QTest.keyClick(editor, KEY.Key_C)
        editor.undo()
        editor.undo()
        assert editor.text() == "a line\n" * 60_000
        qtbot.waitUntil(lambda: not editor.is_filling)
        editor.redo()
        qtbot.waitUntil(lambda: not editor.is_filling)
        assert editor.text() == "b\r\n" * 50_000
        assert editor.textCursor().position() == 0
        QTest.keyClick(editor, KEY.Key_C)
        editor.undo()
        editor.undo()
        QTest.keyClick(editor, KEY.Key_D)
        qtbot.waitUntil(lambda: not editor.is_filling)
        QTest.keyClick(editor, KEY.Key_D)
        editor.redo()
        assert editor.text() == "d" + "a line\n" * 60_000

    def test_that_is_too_long_is_refused_in_words(self, qtbot: QtBot, editor: CodeEditor) -> None:
        editor.show_text("kept")
        with qtbot.waitSignal(editor.refused) as refused:
            paste(editor, "x" * LIMIT)
        assert refused.args == ["5,000,004 characters are more than the 5,000,000 that can be edited here."]
        assert editor.text() == "kept"

    def test_is_copied_whole(self, editor: CodeEditor) -> None:
        text = "a\r" + "b" * 3_000 + "\nc"
        editor.show_text(text)
        editor.selectAll()
        editor.copy()
        assert QGuiApplication.clipboard().text() == text

    def test_cannot_be_changed_while_read_only(self, editor: CodeEditor) -> None:
        editor.show_text("a")
        editor.setReadOnly(True)
        paste(editor, "b")
        QTest.keyClicks(editor, "c\r\t")
        editor.undo()
        assert editor.text() == "a"

    def test_tells_each_change_once(self, qtbot: QtBot, editor: CodeEditor) -> None:
        changes: list[str] = []
        editor.edited.connect(lambda: changes.append(editor.text()))
        QTest.keyClick(editor, KEY.Key_A)
        editor.grab()
        fill(qtbot, editor, "b\n" * 50_000)
        assert changes == ["a", "b\n" * 50_000]
        editor.edited.disconnect()

    def test_undo_of_the_menu_is_that_of_the_keys(self, editor: CodeEditor) -> None:
        editor.show_text("a" * 2_000)
        QApplication.sendEvent(
            editor.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
        )
        menu = editor.findChild(QMenu)
        assert isinstance(menu, QMenu)
        next(one for one in menu.actions() if one.objectName() == "edit-undo").trigger()
        assert editor.text() == ""
        menu.close()


class Random:
    """Random edits, compared with the same done to a string."""

    def __init__(self, editor: CodeEditor, seed: int) -> None:
        self.editor = editor
        self.random = random.Random(seed)

    def place(self) -> int:
        return self.random.randint(0, self.editor.document().characterCount() - 1)

    def some(self, letters: str, most: int) -> str:
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(0, most)))

    def edit_selection(self) -> None:
        start, end = sorted((self.place(), self.place()))
        before, after = self.editor.folds.text(0, start), self.editor.folds.text(end)
        text = self.some("xy\n", 12)
        put_cursor(self.editor, start, end)
        paste(self.editor, text)
        assert self.editor.text() == before + text + after

    def press(self) -> None:
        key, forwards, backwards, typed = self.random.choice(
            [
                (KEY.Key_Backspace, 0, 1, ""),
                (KEY.Key_Delete, 1, 0, ""),
                (KEY.Key_Return, 0, 0, "\n"),
                (KEY.Key_Q, 0, 0, "q"),
            ]
        )
        place = self.place()
        before, after = self.editor.folds.text(0, place), self.editor.folds.text(place)
        put_cursor(self.editor, place)
        QTest.keyClick(self.editor, key)
        assert self.editor.text() == before[: len(before) - backwards] + typed + after[forwards:]

    def show(self) -> None:
        text = self.some("abc\né", 40)
        self.editor.show_text(text)
        assert self.editor.text() == text


@pytest.mark.parametrize("seed", range(12))
def test_edits_across_folds_lose_nothing_and_come_back(
    editor: CodeEditor, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(long_text, "FOLD", 5)
    monkeypatch.setattr("desktop.widgets.editor_text.FOLD", 5)
    edits = Random(editor, seed)
    actions = [edits.show, edits.edit_selection, edits.press, edits.press, editor.undo, editor.redo]
    for _ in range(50):
        edits.random.choice(actions)()
    while editor.document().isRedoAvailable():
        editor.redo()
    texts = [editor.text()]
    while editor.document().isUndoAvailable():
        editor.undo()
        texts.append(editor.text())
    assert texts[-1] == ""
    for text in reversed(texts[:-1]):
        editor.redo()
        assert editor.text() == text


class TestKeys:
    def test_return_keeps_the_indentation(self, editor: CodeEditor) -> None:
        QTest.keyClicks(editor, "  {}")
        QTest.keyClick(editor, KEY.Key_Left)
        QTest.keyClick(editor, KEY.Key_Return)
        QTest.keyClicks(editor, "a")
        assert editor.text() == "  {\n    a\n  }"
        QTest.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert editor.text() == "  {\n    a\n    \n  }"

    def test_tab_indents_and_outdents(self, editor: CodeEditor) -> None:
        QTest.keyClick(editor, KEY.Key_Tab)
        QTest.keyClicks(editor, "a")
        QTest.keyClick(editor, KEY.Key_Tab)
        assert editor.text() == "  a "
        editor.show_text("a\n\n\tb\nc")
        put_cursor(editor, 0, 5)
        QTest.keyClick(editor, KEY.Key_Tab)
        assert editor.text() == "  a\n\n  \tb\nc"
        QTest.keyClick(editor, KEY.Key_Backtab)
        QTest.keyClick(editor, KEY.Key_Backtab)
        assert editor.text() == "a\n\nb\nc"

    def test_escape_makes_tab_leave(self, qtbot: QtBot) -> None:
        page = QWidget()
        qtbot.addWidget(page)
        layout = QVBoxLayout(page)
        editor, field = CodeEditor(page), QLineEdit(page)
        layout.addWidget(editor)
        layout.addWidget(field)
        page.show()
        editor.setFocus()
        QTest.keyClick(editor, KEY.Key_Escape)
        QTest.keyClick(editor, KEY.Key_Tab)
        qtbot.waitUntil(field.hasFocus)
        assert editor.text() == ""
        QTest.keyClick(field, KEY.Key_Backtab)
        qtbot.waitUntil(editor.hasFocus)
        QTest.keyClick(editor, KEY.Key_Tab)
        assert editor.text() == "  "
        assert "Esc" in editor.accessibleDescription()

    def test_typing_into_a_long_line_folds_it(self, editor: CodeEditor) -> None:
        editor.show_text("x" * 500)
        put_cursor(editor, 250)
        for _ in range(6):
            paste(editor, "😀" * 100)
        QTest.keyClick(editor, KEY.Key_A)
        assert editor.blockCount() > 2
        assert editor.text() == "x" * 250 + "😀" * 600 + "a" + "x" * 250
        assert editor.folds.line_of(editor.document().lastBlock()) == 1


class TestColors:
    def test_follow_the_theme(self, qtbot: QtBot, qapp: QApplication, editor: CodeEditor) -> None:
        editor.set_language(Language.JSON)
        editor.show_text('{"a": 1}')
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            theme.apply(qapp, scheme)
            expected = {'"a"': color_of(Kind.NAME), "1": color_of(Kind.NUMBER)}
            qtbot.waitUntil(partial(shows, editor, expected))

    @pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
    def test_can_be_read_on_every_background(self, qapp: QApplication, scheme: Scheme) -> None:
        theme.apply(qapp, scheme)
        now = theme.colors()
        texts = [color_of(kind) for kind in Kind]
        worst = min(contrast(text, under) for text in texts for under in (now.surface, now.window, now.own))
        theme.apply(qapp, Scheme.LIGHT)
        assert worst >= 4.5

    @pytest.mark.parametrize(
        ("language", "text", "line", "expected"),
        [
            (Language.JSON, '/*\n1 */ 2 "😀\\"" //', 1, {"1 ": Kind.COMMENT, "*/": Kind.COMMENT, "2": Kind.NUMBER}),
            (
                Language.XML,
                '<a b="\n1">t</a>',
                1,
                {"1": Kind.STRING, '"': Kind.STRING, ">": Kind.NAME, "</a>": Kind.NAME},
            ),
            (Language.HTML, "<script>\nlet a = 1\n</script>", 1, {"let": Kind.KEYWORD, "1": Kind.NUMBER}),
            (Language.GRAPHQL, "query A {\na(b: 5)", 1, {"5": Kind.NUMBER}),
            (
                Language.JAVASCRIPT,
                "`\n${1}`",
                1,
                {"${": Kind.STRING, "1": Kind.NUMBER, "}": Kind.STRING, "`": Kind.STRING},
            ),
            (Language.TEXT, '{"a": 1}', 0, {}),
        ],
    )
    def test_of_what_goes_on_over_lines(
        self, editor: CodeEditor, language: Language, text: str, line: int, expected: dict[str, Kind]
    ) -> None:
        editor.set_language(language)
        editor.show_text(text)
        shown = colors_of(editor, line)
        assert {key: shown.get(key) for key in expected} == {key: color_of(kind) for key, kind in expected.items()}
        assert bool(shown) == bool(expected)

    @pytest.mark.parametrize("read_at_once", [1, 2, 7, 1000])
    def test_below_follow_what_is_opened_above(
        self, qtbot: QtBot, editor: CodeEditor, monkeypatch: pytest.MonkeyPatch, read_at_once: int
    ) -> None:
        ticks = itertools.count(0, highlighter._BUDGET / read_at_once)
        monkeypatch.setattr(highlighter, "perf_counter", partial(next, ticks))
        editor.set_language(Language.JSON)
        editor.show_text("[\n" + "1,\n" * 300 + "2]")
        editor.moveCursor(QTextCursor.MoveOperation.End)
        assert colors_of(editor, 301) == {"2": color_of(Kind.NUMBER)}
        editor.moveCursor(QTextCursor.MoveOperation.Start)
        QTest.keyClicks(editor, "/*")
        assert colors_of(editor, 1) == {"1,": color_of(Kind.COMMENT), "": color_of(Kind.COMMENT)}

        def followed() -> bool:
            editor.moveCursor(QTextCursor.MoveOperation.End)
            return "2]" in colors_of(editor, 301)

        qtbot.waitUntil(followed)
        assert colors_of(editor, 300) == {"1,": color_of(Kind.COMMENT), "": color_of(Kind.COMMENT)}

    def test_go_on_in_a_string_that_a_fold_cuts(self, editor: CodeEditor) -> None:
        editor.set_language(Language.JSON)
        editor.show_text('["' + "x" * 700 + '", 5]')
        assert colors_of(editor, 1)["5"] == color_of(Kind.NUMBER)

    def test_of_a_jump_into_a_long_text_come_from_nearby(self, editor: CodeEditor, qtbot: QtBot) -> None:
        editor.set_language(Language.JSON)
        fill(qtbot, editor, "[\n" + "1,\n" * 40_000 + "2]")
        editor.moveCursor(QTextCursor.MoveOperation.End)
        assert colors_of(editor, 40_001) == {"2": color_of(Kind.NUMBER)}

    def test_leave_out_lines_that_are_very_long(self, editor: CodeEditor, qtbot: QtBot) -> None:
        editor.set_language(Language.JSON)
        fill(qtbot, editor, '{"a": 1}\n{"b": "' + "x" * 110_000 + "{{host}}" + '"}')
        assert colors_of(editor, 0) == {'"a"': color_of(Kind.NAME), "1": color_of(Kind.NUMBER)}
        assert colors_of(editor, 1) == {}
        editor.moveCursor(QTextCursor.MoveOperation.End)
        assert list(colors_of(editor, editor.blockCount() - 1)) == ["{{host}}"]

    def test_are_no_edits(self, editor: CodeEditor) -> None:
        editor.show_text("{}")
        editor.set_language(Language.JSON)
        with QSignalSpy(editor) as changes:
            editor.grab()
        assert changes == []
        assert not editor.document().isRedoAvailable()

    def test_mark_characters_that_nobody_sees(self, editor: CodeEditor) -> None:
        editor.show_text("a\u202eb\rc")
        assert list(colors_of(editor, 0)) == ["\u202e", "\U0010000d"]


class QSignalSpy:
    """The texts at each change that an editor tells."""

    def __init__(self, editor: CodeEditor) -> None:
        self.editor = editor
        self.texts: list[str] = []

    def __enter__(self) -> list[str]:
        self.editor.edited.connect(self._note)
        return self.texts

    def __exit__(self, *_: object) -> None:
        self.editor.edited.disconnect(self._note)

    def _note(self) -> None:
        self.texts.append(self.editor.text())


class TestVariables:
    def test_with_and_without_value_look_different(self, editor: CodeEditor) -> None:
        editor.set_variables(Variables)
        editor.show_text('é😀{{host}} "{{none}}" {{ }}')
        shown = colors_of(editor, 0)
        assert shown == {"{{host}}": theme.colors().accent, "{{none}}": theme.colors().failed}
        styles = {one.format.underlineStyle() for one in editor.document().firstBlock().layout().formats()}
        assert len(styles) == 2

    def test_are_completed_while_typing(self, qtbot: QtBot, editor: CodeEditor) -> None:
        editor.set_variables(Variables)
        QTest.keyClicks(editor, "a{{ho")
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert popup.isVisible()
        QTest.keyClick(popup, KEY.Key_Return)
        assert editor.text() == "a{{host}}"
        QTest.keyClicks(editor, "{{zzz")
        assert QApplication.activePopupWidget() is None

    def test_closing_braces_are_not_doubled(self, editor: CodeEditor) -> None:
        editor.set_variables(Variables)
        editor.show_text("{{ }}")
        put_cursor(editor, 3)
        QTest.keyClicks(editor, "tok")
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, KEY.Key_Tab)
        assert editor.text() in ("{{ token }}", "{{ token}}")

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("{{host}}", "{{host}} = http://h (Environment dev)"),
            ("{{token}}", "{{token}} = •••••• (Environment dev)"),
            ("{{hostess}}", "{{hostess}} = &lt;b&gt;"),
            ("{{none}}", "{{none}} has no value: it is sent as written."),
            ("\0", "U+0000, NUL"),
            ("plain", "Esc"),
        ],
    )
    def test_are_previewed(self, editor: CodeEditor, text: str, words: str) -> None:
        editor.set_variables(Variables)
        editor.show_text(text)
        put_cursor(editor, 0)
        place = editor.cursorRect().center() + QPoint(1, 0)
        event = QHelpEvent(QEvent.Type.ToolTip, place, editor.viewport().mapToGlobal(place))
        QApplication.sendEvent(editor.viewport(), event)
        assert words in QToolTip.text()
        QToolTip.hideText()


class TestPlaces:
    def test_brackets_that_belong_together_are_marked(self, qtbot: QtBot, editor: CodeEditor) -> None:
        editor.show_text('{"}": [1, (2)]\n}')
        put_cursor(editor, 0)
        qtbot.waitUntil(lambda: len(editor.extraSelections()) == 3)
        places = [one.cursor.selectionStart() for one in editor.extraSelections()[1:]]
        assert places == [0, 15]
        put_cursor(editor, 14)
        qtbot.waitUntil(lambda: len(editor.extraSelections()) == 3)
        assert [one.cursor.selectionStart() for one in editor.extraSelections()[1:]] == [13, 6]

    def test_lines_are_numbered_whatever_is_folded(self, editor: CodeEditor) -> None:
        editor.show_text("a\n" + "b" * 1_200 + "\nc")
        numbers = [line for _, line, _ in editor.lines_in(0, 400)]
        assert numbers == [1, 2, 3]
