"""What a client changes over HTTP is seen at once, and nobody's change is lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from servers.rest.service import Service
from servers.rest.storage.store import Store
from servers.rest.strict_json import Number
from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import KEY, Stage, click


def test_a_change_of_a_client_is_shown_and_selection_and_place_are_kept(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            stage.table.selectRow(20)
            bar = stage.table.verticalScrollBar()
            bar.setValue(10)
            chosen = stage.keys()[20]
            await client.patch("/players/22", json={"name": "Theirs"})
            await until(lambda: stage.shown(21, "name") == "Theirs")
            await client.delete("/players/2")
            await until(lambda: stage.documents.rowCount() == 51)
            assert [index.data() for index in stage.table.selectionModel().selectedRows()] == [chosen]
            assert bar.value() == 10
            await client.post("/players", json={"name": "New", "position": "forward", "number": 1, "teamId": 1})
            await until(lambda: stage.documents.rowCount() == 52)
            await until(lambda: stage.panel.browser.tabs.tabText(1) == "players  52")

    run(scenario())


def test_an_open_editor_moves_with_its_document(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(4, "name", "Half a na")
            await client.delete("/players/1")
            await until(lambda: stage.documents.rowCount() == 51)
            assert stage.table.edited() is editor
            assert editor.text() == "Half a na"
            await until(lambda: editor.geometry().top() == stage.table.visualRect(stage.index(3, "name")).top())
            await stage.press(editor, KEY.Key_Return)
            assert stage.stored("5")["name"] == "Half a na"

    run(scenario())


def test_a_conflict_is_said_and_can_be_overwritten(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await client.patch("/players/1", json={"name": "Theirs"})
            await until(lambda: stage.shown(0, "name") == "Theirs")
            await stage.press(editor, KEY.Key_Return)
            assert stage.pane.message.text() == "players 1 was changed while you typed “42” for number."
            assert stage.stored("1")["number"] == Number("10")
            click(stage.pane.writer.overwrite)
            assert stage.stored("1")["number"] == Number("42")
            assert stage.stored("1")["name"] == "Theirs"
            assert stage.table.edited() is None
            assert not stage.pane.message.isVisible()

    run(scenario())


def test_a_conflict_can_be_settled_for_the_other(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await client.patch("/players/1", json={"number": 7})
            await stage.press(editor, KEY.Key_Return)
            click(stage.pane.writer.take_theirs)
            await until(lambda: stage.shown(0, "number") == "7")
            assert stage.table.edited() is None
            assert stage.documents.drafts == {}

    run(scenario())


def test_a_document_deleted_meanwhile_can_be_made_again(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await client.delete("/players/1")
            await until(lambda: stage.pane.loader.waits)
            assert stage.table.edited() is editor
            await stage.press(editor, KEY.Key_Return)
            assert "was deleted" in stage.pane.message.text()
            assert stage.pane.writer.overwrite.text() == "Create it again"
            click(stage.pane.writer.overwrite)
            assert stage.stored("1")["number"] == Number("42")
            await until(lambda: sorted(stage.keys()) == sorted(map(str, range(1, 53))))

    run(scenario())


def test_the_rows_catch_up_when_the_editor_of_a_deleted_document_is_left(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await client.delete("/players/1")
            await until(lambda: stage.pane.loader.waits)
            await stage.press(editor, KEY.Key_Escape)
            await until(lambda: stage.documents.rowCount() == 51)
            assert stage.keys()[0] == "2"

    run(scenario())


def test_thousands_of_changes_are_read_a_few_times(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            reads: list[int] = []
            stage.pane.loader.found.connect(reads.append)
            for number in range(1000):
                stage.service.merge("players", "1", {"number": Number(str(number % 90 + 1))})
            await until(lambda: stage.shown(0, "number") == "10")
            stage.service.merge("players", "1", {"name": "last"})
            await until(lambda: stage.shown(0, "name") == "last")
            assert len(reads) <= 3

    run(scenario())


def test_a_hidden_panel_rests_and_catches_up(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            await until(lambda: not stage.panel.refresh_waits)
            stage.panel.hide()
            stage.service.merge("players", "1", {"name": "unseen"})
            assert not stage.panel.refresh_waits
            stage.panel.show()
            await until(lambda: stage.shown(0, "name") == "unseen")

    run(scenario())


@pytest.mark.parametrize("wanted", [{"name": "Theirs"}, None])
def test_the_first_click_on_an_answer_counts(stage: Stage, run: Run, wanted: dict[str, str] | None) -> None:
    """The click takes the focus from the editor, which stores its text once more before the button hears of it."""

    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await (client.delete("/players/1") if wanted is None else client.patch("/players/1", json=wanted))
            await stage.press(editor, KEY.Key_Return)
            assert stage.table.edited() is editor
            answer = stage.pane.writer.overwrite
            await until(lambda: 50 < answer.width() < answer.geometry().right() < stage.pane.message.width())
            window = stage.panel.windowHandle()
            QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=answer.mapTo(stage.panel, answer.rect().center()))
            assert stage.stored("1")["number"] == Number("42")
            assert stage.documents.drafts == {}

    run(scenario())


def test_read_only_holds_for_a_conflict_and_keeps_what_was_typed(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            editor = stage.begin(0, "number", "42")
            await client.patch("/players/1", json={"name": "Theirs"})
            await stage.press(editor, KEY.Key_Return)
            click(stage.panel.switches.read_only)
            click(stage.pane.writer.overwrite)
            assert stage.pane.message.text() == "Read-only is on. Switch it off to change documents."
            assert stage.stored("1")["number"] == Number("10")
            assert stage.shown(0, "number") == "42"

    run(scenario())


def test_what_another_process_changes_is_followed_while_it_can_be_seen(stage: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage.running():
            other = Store(tmp_path / "data" / "rest.sqlite3")
            try:
                Service(other).merge("players", "1", {"name": "Of another"})
                await until(lambda: stage.shown(0, "name") == "Of another")
                stage.panel.hide()
                await until(lambda: not stage.panel.looks_for_others)
                stage.panel.show()
                await until(lambda: stage.panel.looks_for_others)
                await stage.server.stop()
                await until(lambda: not stage.panel.looks_for_others)
            finally:
                other.close()

    run(scenario())
