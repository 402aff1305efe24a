"""Editing in place, by keyboard: what is stored, what is refused, and that nothing typed is lost."""

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from servers.guard import Refusal
from servers.rest.strict_json import Number
from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import KEY, Stage, click


def test_what_is_typed_is_stored(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await stage.type(0, "number", "42")
            assert stage.stored("1")["number"] == Number("42")
            assert stage.shown(0, "number") == "42"
            assert stage.table.edited() is None
            await stage.type(0, "born", "")
            assert "born" not in stage.stored("1")

    run(scenario())


def test_typing_over_a_cell_begins_to_edit_and_enter_does_too(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "name"))
            QTest.keyClicks(stage.table, "A")
            editor = stage.table.edited()
            assert editor is not None
            assert editor.text() == "A"
            await stage.press(editor, KEY.Key_Escape)
            assert stage.stored("1")["name"] == "Wilfred Bony"
            QTest.keyClick(stage.table, KEY.Key_Return)
            editor = stage.table.edited()
            assert editor is not None
            assert editor.text() == "Wilfred Bony"

    run(scenario())


def test_a_cell_that_was_only_looked_at_is_not_written(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            long = "line one\nline two \u202e" + "x" * 50
            row = stage.service.merge("players", "1", {"name": long})
            await until(lambda: stage.shown(0, "name").startswith("line one"))
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "name"))
            QTest.keyClick(stage.table, KEY.Key_F2)
            editor = stage.table.edited()
            assert editor is not None
            await stage.press(editor, KEY.Key_Return)
            assert stage.service.get("players", "1") == row
            QTest.keyClick(stage.table, KEY.Key_F2)
            editor = stage.table.edited()
            assert editor is not None
            QTest.keyClick(editor, KEY.Key_End)
            QTest.keyClicks(editor, "!")
            await stage.press(editor, KEY.Key_Return)
            assert stage.stored("1")["name"] == long + "!"

    run(scenario())


def test_a_refused_text_stays_to_be_corrected(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await stage.type(0, "number", "many")
            editor = stage.table.edited()
            assert editor is not None
            assert editor.text() == "many"
            assert editor.accessibleDescription() == stage.pane.message.text()
            assert stage.pane.message.text().startswith("number: ")
            assert stage.pane.message.isVisible()
            editor.selectAll()
            QTest.keyClicks(editor, "12")
            await stage.press(editor, KEY.Key_Return)
            assert stage.stored("1")["number"] == Number("12")
            assert stage.table.edited() is None
            assert not stage.pane.message.isVisible()

    run(scenario())


def test_escape_drops_a_refused_text(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await stage.type(0, "number", "many")
            editor = stage.table.edited()
            assert editor is not None
            await stage.press(editor, KEY.Key_Escape)
            assert stage.shown(0, "number") == "10"
            assert stage.documents.drafts == {}
            assert not stage.pane.message.isVisible()

    run(scenario())


def test_a_refused_text_stays_in_its_cell_when_the_editor_is_left(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await stage.press(stage.begin(0, "number", "many"), KEY.Key_Tab)
            assert stage.table.edited() is None
            assert stage.shown(0, "number") == "many"
            await stage.choose("teams")
            await stage.choose("players")
            assert stage.shown(0, "number") == "many"
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "number"))
            QTest.keyClick(stage.table, KEY.Key_Escape)
            assert stage.shown(0, "number") == "10"

    run(scenario())


def test_the_filter_takes_the_text_from_the_editor(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.begin(0, "number", "42")
            stage.panel.browser.filter.setFocus()
            assert stage.stored("1")["number"] == Number("42")
            assert stage.table.edited() is None

    run(scenario())


def test_another_window_does_not_take_the_text(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            editor = stage.begin(0, "number", "4")
            left = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
            QApplication.sendEvent(editor, left)
            assert stage.table.edited() is editor
            assert stage.stored("1")["number"] == Number("10")

    run(scenario())


def test_protected_documents_cannot_be_edited_and_it_says_why(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running("teams"):
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "name"))
            QTest.keyClick(stage.table, KEY.Key_F2)
            assert stage.table.edited() is None
            assert stage.pane.why_locked.isVisible()
            assert stage.pane.why_locked.text() == stage.service.definitions["teams"].protected
            assert not stage.pane.add.isEnabled()

    run(scenario())


def test_read_only_holds_here_too_and_says_so(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            assert not stage.pane.why_locked.isVisible()
            click(stage.panel.switches.read_only)
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "name"))
            QTest.keyClick(stage.table, KEY.Key_F2)
            assert stage.table.edited() is None
            assert stage.pane.why_locked.text() == "Read-only is on. Switch it off to change documents."
            QTest.keyClick(stage.table, KEY.Key_Delete)
            assert stage.pane.message.text() == stage.pane.why_locked.text()
            click(stage.panel.switches.read_only)
            await stage.type(0, "number", "42")
            assert stage.stored("1")["number"] == Number("42")

    run(scenario())


def test_return_where_nothing_can_be_edited_does_nothing(stage: Stage, run: Run) -> None:
    """Qt would write a warning."""

    async def scenario() -> None:
        async with stage.running():
            stage.table.setFocus()
            for index in (QModelIndex(), stage.index(0, "id")):
                stage.table.setCurrentIndex(index)
                QTest.keyClick(stage.table, KEY.Key_Return)
                assert stage.table.edited() is None
            click(stage.panel.switches.read_only)
            stage.table.setFocus()
            stage.table.setCurrentIndex(stage.index(0, "name"))
            QTest.keyClick(stage.table, KEY.Key_Return)
            assert stage.table.edited() is None

    run(scenario())


def test_a_message_does_not_hide_the_row_that_is_edited(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            last = stage.table.rows_in_view()[1] - 1
            height = stage.table.viewport().height()
            await stage.type(last, "number", "many")
            await until(lambda: stage.table.viewport().height() < height)
            rect = stage.table.visualRect(stage.index(last, "number"))
            assert rect.bottom() < stage.table.viewport().height()

    run(scenario())


def test_a_reason_that_is_not_about_the_member_does_not_name_it(
    stage: Stage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refusal(507, "The disk takes no more.")

    async def scenario() -> None:
        async with stage.running():
            monkeypatch.setattr(stage.service, "replace", full)
            await stage.type(0, "name", "A")
            assert stage.pane.message.text() == "The disk takes no more."

    run(scenario())
