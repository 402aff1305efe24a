"""Opening, saving, resetting and going back, through the buttons and their dialogs."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton

from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import Stage, click


def answer_file_dialog(stage: Stage, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = stage.panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()


async def said(stage: Stage, text: str) -> None:
    await until(lambda: stage.panel.files.message.text() == text)


def test_a_file_is_opened_and_undo_goes_back(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "db & co.json"
    file.write_text('{"posts": [{"id": 1, "title": "Ahoy"}]}')

    async def scenario() -> None:
        async with stage.running():
            files = stage.panel.files
            assert files.served.text() == "Sample data"
            assert not files.undo_button.isEnabled()
            click(files.open_button)
            answer_file_dialog(stage, file)
            assert files.message.text() == "Opening db & co.json…"
            assert not files.open_button.isEnabled()
            await said(stage, "db & co.json is open.")
            await until(lambda: stage.documents.collection == "posts" and stage.keys() == ["1"])
            assert files.served.text() == "db & co.json"
            assert files.undo_button.text() == "&Undo: back to Sample data"
            click(files.undo_button)
            await until(lambda: stage.documents.collection == "teams" and stage.documents.rowCount() == 5)
            assert files.served.text() == "Sample data"
            assert files.undo_button.text() == "&Undo: back to db && co.json"

    run(scenario())


def test_a_bad_file_is_said_in_place_and_changes_nothing(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"posts": [\n{,]}')

    async def scenario() -> None:
        async with stage.running():
            click(stage.panel.files.open_button)
            answer_file_dialog(stage, file)
            await until(lambda: stage.panel.files.message.text().startswith("bad.json: Malformed JSON in line 2,"))
            assert stage.panel.files.served.text() == "Sample data"
            assert stage.panel.files.open_button.isEnabled()

    run(scenario())


def test_the_data_is_saved(stage: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.panel.files.save_button)
            answer_file_dialog(stage, tmp_path / "out.json")
            await said(stage, "Saved as out.json.")
            saved = json.loads((tmp_path / "out.json").read_bytes())
            assert {name: len(documents) for name, documents in saved.items()} == {"teams": 5, "players": 52}

    run(scenario())


def test_a_place_that_cannot_be_written_is_said(stage: Stage, run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    async def scenario() -> None:
        async with stage.running():
            click(stage.panel.files.save_button)
            answer_file_dialog(stage, tmp_path / "folder")
            await said(stage, "folder could not be written: Is a directory.")

    run(scenario())


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_reset_is_asked_about_and_can_be_undone(stage: Stage, run: Run, confirmed: bool) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.service.delete("players", "1")
            click(stage.panel.files.reset_button)
            question = stage.panel.findChild(QMessageBox)
            assert question is not None
            assert question.isVisible()
            buttons = {button.text().replace("&", ""): button for button in question.findChildren(QPushButton)}
            buttons["Reset" if confirmed else "Cancel"].click()
            await until(lambda: not question.isVisible())
            if confirmed:
                await said(stage, "The sample data is as it was at first.")
                assert stage.service.get("players", "1") is not None
                click(stage.panel.files.undo_button)
                await said(stage, "Back to Sample data.")
            assert stage.service.get("players", "1") is None

    run(scenario())


def test_a_file_that_was_written_to_is_gone_on_with_or_read_anew(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "posts.json"
    file.write_text('{"posts": [{"id": 1, "title": "Ahoy"}]}')

    async def scenario() -> None:
        async with stage.running():
            files = stage.panel.files
            click(files.open_button)
            answer_file_dialog(stage, file)
            await said(stage, "posts.json is open.")
            assert not files.anew_button.isVisible()
            stage.service.create("posts", {"title": "written"})
            click(files.open_button)
            answer_file_dialog(stage, file)
            await until(files.anew_button.isVisible)
            await until(lambda: stage.keys() == ["1", "2"])
            click(files.anew_button)
            await said(stage, "posts.json is open.")
            await until(lambda: stage.keys() == ["1"])
            assert not files.anew_button.isVisible()
            click(files.undo_button)
            await said(stage, "Back to posts.json.")
            await until(lambda: stage.keys() == ["1", "2"])

    run(scenario())


def test_dialogs_begin_where_the_last_one_ended_with_a_name_that_fits(stage: Stage, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("id,name\n1,Ahoy\n")

    def dialog() -> QFileDialog:
        (shown,) = [one for one in stage.panel.findChildren(QFileDialog) if one.isVisible()]
        return shown

    async def scenario() -> None:
        async with stage.running():
            files = stage.panel.files
            click(files.save_button)
            assert [Path(one).name for one in dialog().selectedFiles()] == ["sample.json"]
            dialog().close()
            click(files.open_button)
            dialog().fileSelected.emit(str(file))
            dialog().close()
            await said(stage, "table.csv is open.")
            click(files.save_button)
            assert dialog().selectedFiles() == [str(tmp_path / "table.json")]
            dialog().close()

    run(scenario())
