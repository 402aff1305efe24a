"""Adding, deleting and putting back documents, the filter, and pages of a large collection."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from servers.rest.strict_json import Number
from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import KEY, Stage, click

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_several_documents_are_deleted_and_put_back(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            before = {key: stage.stored(key) for key in ("2", "3", "4")}
            stage.table.setFocus()
            stage.table.selectRow(1)
            for _ in range(2):
                QTest.keyClick(stage.table, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
            QTest.keyClick(stage.table, KEY.Key_Delete)
            await until(lambda: stage.documents.rowCount() == 49)
            assert stage.pane.message.text() == "Deleted 3 documents."
            assert stage.keys()[:2] == ["1", "5"]
            assert not stage.table.selected_rows()
            assert not stage.pane.delete.isEnabled()
            QTest.keyClick(stage.table, KEY.Key_Z, CONTROL)
            await until(lambda: stage.documents.rowCount() == 52)
            assert {key: stage.stored(key) for key in ("2", "3", "4")} == before
            assert not stage.pane.undo.isEnabled()

    run(scenario())


def test_the_buttons_delete_and_put_back(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            assert not stage.pane.delete.isEnabled()
            stage.table.selectRow(0)
            click(stage.pane.delete)
            await until(lambda: stage.service.get("players", "1") is None and stage.pane.undo.isEnabled())
            assert stage.pane.message.text() == "Deleted players 1."
            await stage.choose("teams")
            await stage.choose("players")
            click(stage.pane.undo)
            await until(lambda: stage.service.get("players", "1") is not None)
            await until(lambda: stage.documents.rowCount() == 52)

    run(scenario())


def test_an_id_that_is_taken_keeps_the_rest_deleted(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.table.selectRow(0)
            QTest.keyClick(stage.table, KEY.Key_Delete)
            await until(stage.pane.undo.isEnabled)
            stage.service.create("players", {"id": Number("1"), **stage.stored("2")})
            click(stage.pane.undo)
            await until(lambda: stage.pane.message.text().startswith("Put back 0 documents. "))
            assert stage.pane.undo.isEnabled()

    run(scenario())


def test_a_new_document_is_made_by_keyboard(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.pane.add)
            form = stage.pane.form
            assert form is not None
            assert form.fields["name"].hasFocus()
            QTest.keyClick(form.fields["name"], KEY.Key_Return)
            assert form.faults["name"].isVisible()
            assert form.fields["name"].accessibleDescription() == form.faults["name"].text()
            for member, text in {"name": "A & B", "position": "forward", "number": "many", "teamId": "1"}.items():
                QTest.keyClicks(form.fields[member], text)
            QTest.keyClick(form.fields["number"], KEY.Key_Return)
            assert form.faults["number"].isVisible()
            assert not form.faults["name"].isVisible()
            assert form.fields["name"].text() == "A & B"
            form.fields["number"].clear()
            QTest.keyClicks(form.fields["number"], "9")
            QTest.keyClick(form.fields["number"], KEY.Key_Return)
            assert stage.pane.form is None
            assert stage.pane.message.text() == "Added players 53."
            assert stage.stored("53")["number"] == Number("9")
            await until(lambda: stage.documents.row_of("53") is not None)
            await until(lambda: stage.table.rows_in_view()[1] == 52)

    run(scenario())


def test_what_was_typed_for_a_new_document_waits_for_its_collection(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.pane.add)
            form = stage.pane.form
            assert form is not None
            QTest.keyClicks(form.fields["name"], "Half")
            await stage.choose("teams")
            assert not form.isVisible()
            await stage.choose("players")
            assert form.isVisible()
            assert form.fields["name"].text() == "Half"
            QTest.keyClick(form.fields["name"], KEY.Key_Escape)
            assert stage.pane.form is None

    run(scenario())


def test_the_filter_finds_text_and_says_how_much(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await until(lambda: stage.pane.figures.text() == "52 documents")
            QTest.keyClicks(stage.panel.browser.filter, "bony")
            await until(lambda: stage.keys() == ["1"])
            assert stage.pane.figures.text() == "1 of 52 documents"
            QTest.keyClicks(stage.panel.browser.filter, "zzz")
            await until(lambda: stage.documents.rowCount() == 0)
            assert stage.table.hint == "No document contains “bonyzzz”."
            stage.panel.browser.filter.clear()
            await until(lambda: stage.documents.rowCount() == 52)

    run(scenario())


def test_tabs_say_how_many_and_what_is_protected(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            tabs = stage.panel.browser.tabs
            await until(lambda: tabs.tabText(1) == "players  52")
            assert tabs.tabText(0) == "teams  5  protected"
            assert not tabs.tabIcon(0).isNull()
            assert tabs.tabIcon(1).isNull()

    run(scenario())


def test_a_large_collection_is_read_a_page_at_a_time(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_text(json.dumps({"rows": [{"id": number, "n": number} for number in range(1, 5001)]}))

    async def scenario() -> None:
        async with stage.running():
            await stage.service.open(file)
            await until(lambda: stage.documents.rowCount() == 5000)
            assert len(stage.documents.held()) == 200
            await until(lambda: stage.table.verticalScrollBar().maximum() > 4900)
            stage.table.verticalScrollBar().setValue(3000)
            await until(lambda: stage.shown(3000, "n") == "3001")
            assert len(stage.documents.held()) <= 600
            stage.table.selectAll()
            QTest.keyClick(stage.table, KEY.Key_Delete)
            assert stage.pane.message.text().startswith("At most 1,000 documents")
            stage.table.selectRow(4000)
            QTest.keyClick(stage.table, KEY.Key_Delete)
            await until(lambda: stage.documents.rowCount() == 4999)
            assert stage.service.get("rows", "4001") is None

    run(scenario())


def test_every_collection_keeps_its_own_form(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text('{"cats": [{"id": 1, "name": "Tom"}], "dogs": [{"id": 1, "name": "Rex"}]}')

    async def scenario() -> None:
        async with stage.running():
            await stage.service.open(file)
            await until(lambda: "cats" in stage.panel.browser.tabs.tabText(0))
            for name in ("cats", "dogs"):
                await stage.choose(name)
                click(stage.pane.add)
                assert stage.pane.form is not None
                QTest.keyClicks(stage.pane.form.fields["name"], f"new in {name}")
            for name in ("cats", "dogs"):
                await stage.choose(name)
                assert stage.pane.form is not None
                assert stage.pane.form.isVisible()
                assert stage.pane.form.fields["name"].text() == f"new in {name}"
            form = stage.pane.form
            assert form is not None
            QTest.keyClick(form.fields["name"], KEY.Key_Return)
            assert stage.stored("2", "dogs") == {"name": "new in dogs"}
            await stage.choose("cats")
            assert stage.pane.form is not None

    run(scenario())


def test_read_only_holds_for_an_open_form(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.pane.add)
            form = stage.pane.form
            assert form is not None
            for member, text in {"name": "A", "position": "forward", "number": "9", "teamId": "1"}.items():
                form.fields[member].setText(text)
            click(stage.panel.switches.read_only)
            click(form.save_button)
            assert form.fault.text() == "Read-only is on. Switch it off to change documents."
            assert form.fields["name"].text() == "A"
            assert stage.service.get("players", "53") is None
            click(stage.panel.switches.read_only)
            click(form.save_button)
            assert stage.stored("53")["name"] == "A"

    run(scenario())


def test_tab_goes_from_add_through_the_form(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.pane.add)
            form = stage.pane.form
            assert form is not None
            stage.pane.add.setFocus()
            for widget in (*form.fields.values(), form.save_button, form.cancel_button):
                focus = QApplication.focusWidget()
                assert focus is not None
                QTest.keyClick(focus, KEY.Key_Tab)
                assert QApplication.focusWidget() is widget

    run(scenario())


def test_every_word_of_the_filter_is_found(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            QTest.keyClicks(stage.panel.browser.filter, "wales midfielder")
            await until(lambda: 0 < stage.documents.rowCount() < 10)
            for stored in map(stage.stored, stage.keys()):
                assert (stored["position"], stored["nationality"]) == ("midfielder", "Wales")

    run(scenario())


def test_an_empty_collection_says_what_to_do(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text('{"posts": [{"id": 1}]}')

    async def scenario() -> None:
        async with stage.running():
            await stage.service.open(file)
            await until(lambda: stage.documents.collection == "posts")
            stage.service.delete("posts", "1")
            await until(lambda: stage.documents.rowCount() == 0)
            assert stage.table.hint == "Press Add… to make the first document, or POST one to /posts."
            click(stage.panel.switches.read_only)
            assert stage.table.hint == "There are no documents here yet."

    run(scenario())
