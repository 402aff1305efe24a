"""Tests of the view of text of any size."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.code_view import LIMIT, CodeView


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
    with qtbot.waitSignal(view.filled, timeout=20_000):
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
