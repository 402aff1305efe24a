"""Tests of the view of text of any size."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.code_view import LIMIT, CodeView
from desktop.widgets.syntax import Kind, color_of


@pytest.fixture
def view(qtbot: QtBot) -> CodeView:
    """A view on the screen."""
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


def fill(qtbot: QtBot, view: CodeView, text: str) -> None:
    """Show a text and wait until all of it is there."""
    with qtbot.waitSignal(view.filled):
        view.show_text(text)


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "\na\n\nb", "a\tb  c"])
def test_text_is_shown_as_it_is(qtbot: QtBot, view: CodeView, text: str) -> None:
    fill(qtbot, view, text)
    assert view.toPlainText() == text


def test_line_ends_of_all_systems(qtbot: QtBot, view: CodeView) -> None:
    fill(qtbot, view, "a\r\nb\rc\nd")
    assert view.toPlainText() == "a\nb\nc\nd"


def test_a_long_line_is_folded_but_copied_whole(qtbot: QtBot, view: CodeView) -> None:
    text = "first\n" + "😀 x\u00a0" * 5_000 + "\n\nlast"
    fill(qtbot, view, text)
    assert view.blockCount() > 10
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == text


def test_another_text_replaces_one_that_is_still_being_put_in(qtbot: QtBot, view: CodeView) -> None:
    view.show_text("x\n" * 100_000)
    fill(qtbot, view, "short")
    assert view.toPlainText() == "short"


def test_many_lines_arrive_in_order(qtbot: QtBot, view: CodeView) -> None:
    text = "\n".join(map(str, range(7_001)))
    fill(qtbot, view, text)
    assert view.toPlainText() == text


def test_what_is_too_much_is_said(qtbot: QtBot, view: CodeView) -> None:
    fill(qtbot, view, "x" * (LIMIT + 1))
    assert view.toPlainText().endswith("x\n[The first 2,000,000 of 2,000,001 characters are shown.]")


def colors(view: CodeView, row: int) -> list[tuple[str, str]]:
    """The coloured pieces of a row."""
    block = view.document().findBlockByNumber(row)
    data = block.text().encode("utf-16-le")
    return [
        (data[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le"), one.format.foreground().color().name())
        for one in block.layout().formats()
    ]


def test_rows_in_view_have_colours(qtbot: QtBot, view: CodeView) -> None:
    fill(qtbot, view, "")
    view.show_text('{\n "😀": [1.0, "x"], // no\n "b": null\n}' + "\n" * 200 + '"last"', "json")
    qtbot.waitUntil(lambda: colors(view, 2) != [])
    name, number, text, word = (color_of(one) for one in (Kind.NAME, Kind.NUMBER, Kind.STRING, Kind.KEYWORD))
    assert colors(view, 1)[:3] == [('"😀"', name), ("1.0", number), ('"x"', text)]
    assert colors(view, 2) == [('"b"', name), ("null", word)]
    last = view.blockCount() - 1
    assert colors(view, last) == []
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: colors(view, last) == [('"last"', text)])


def test_colours_follow_the_theme(qtbot: QtBot, view: CodeView, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    view.show_text("<a/>", "xml")
    qtbot.waitUntil(lambda: colors(view, 0) != [])
    before = colors(view, 0)
    theme.apply(qapp, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: colors(view, 0) != before)
    assert colors(view, 0)[0][1] == color_of(Kind.NAME)


def test_places_are_marked_where_they_are(qtbot: QtBot, view: CodeView) -> None:
    text = "😀" * 3_000 + "find\nme find 😀 find" + "\nx" * 500 + "\nfind"
    view.show_text(text)
    spans = [(at, at + 4) for at in range(len(text)) if text.startswith("find", at)]
    view.mark(spans, 0)
    qtbot.waitUntil(lambda: view.offset_of(view.textCursor()) == spans[0][0])
    for number, (start, _) in enumerate(spans):
        view.mark(spans, number)
        marked = view.extraSelections()
        assert {one.cursor.selectedText() for one in marked} == {"find"}
        assert view.offset_of(view.textCursor()) == start
    view.mark([])
    assert view.extraSelections() == []


def test_added_text_is_as_if_it_had_been_there(qtbot: QtBot, view: CodeView) -> None:
    fill(qtbot, view, "")
    pieces = ["one", "", " é\r", "\ntwo\n", "x" * 1_999, "y", "z" * 3_000, "\n", "end"]
    for piece in pieces:
        view.add_text(piece)
    assert view.text() == "".join(pieces).replace("\r\n", "\n")
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == view.text()
    view.mark([(view.text().index("end"), len(view.text()))], 0)
    (marked,) = view.extraSelections()
    assert marked.cursor.selectedText() == "end"
    for _ in range(3):
        view.add_text("a" * 1_000_000)
    assert len(view.text()) == LIMIT


def test_no_character_breaks_a_row(qtbot: QtBot, view: CodeView) -> None:
    fill(qtbot, view, "a\u2029b\ufdd0c\ufdd1d\u2028e\n\ufefff")
    assert view.blockCount() == 2
    view.add_text("\u2029")
    assert view.blockCount() == 2
