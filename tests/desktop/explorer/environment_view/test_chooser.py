"""Tests of what joins the box, the editor and the session."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from desktop.explorer.environment_view.chooser import EnvironmentChooser
from desktop.explorer.environment_view.editor import EnvironmentEditor
from desktop.explorer.environment_view.question import DeleteQuestion
from desktop.explorer.sending.client import Client
from desktop.explorer.session import Session
from desktop.explorer.variables.environments import PUBLIC, add_environment, put, remove_environment, rename_environment
from servers.recorder import Recorder


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """One that never sends anything, so that there is nothing to close."""
    home = tmp_path / "home"
    home.mkdir()
    add_environment(home, "dev")
    add_environment(home, "own")
    return Session(Client(Recorder()), home)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    put(tmp_path / "shop", "prod", "host", "h", private=False)
    put(tmp_path / "shop", "dev", "host", "d", private=False)
    return tmp_path / "shop"


def shown(qtbot: QtBot, session: Session) -> EnvironmentChooser:
    chooser = EnvironmentChooser(session)
    qtbot.addWidget(chooser)
    chooser.show()
    return chooser


def offered(chooser: EnvironmentChooser) -> list[str]:
    combo = chooser.box.combo
    return [combo.itemText(number) for number in range(1, combo.count())]


def question(editor: EnvironmentEditor) -> DeleteQuestion:
    found = editor.findChild(DeleteQuestion)
    assert isinstance(found, DeleteQuestion)
    return found


def test_each_name_is_offered_once(qtbot: QtBot, session: Session, shop: Path) -> None:
    chooser = shown(qtbot, session)
    assert offered(chooser) == ["dev", "own"]
    chooser.show_folders((shop, session.home, shop))
    assert offered(chooser) == ["prod", "dev", "own"]


def test_the_choice_goes_to_the_session_and_stays(qtbot: QtBot, session: Session, shop: Path) -> None:
    session.environment = "prod"
    chooser = shown(qtbot, session)
    assert chooser.box.combo.currentText() == "prod (missing)"
    chooser.show_folders((shop,))
    assert chooser.box.combo.currentText() == "prod"
    with qtbot.waitSignal(chooser.changed):
        chooser.box.chosen.emit("own")
    assert session.environment == "own"
    chooser.show_folders(())
    assert (session.environment, chooser.box.combo.currentText()) == ("own", "own")
    with qtbot.assertNotEmitted(chooser.changed):
        chooser.box.chosen.emit("own")


def test_one_editor_is_opened_where_the_choice_is(qtbot: QtBot, session: Session, shop: Path) -> None:
    session.environment = "own"
    chooser = shown(qtbot, session)
    chooser.show_folders((shop,))
    chooser.box.edit.click()
    editor = chooser.editor
    assert editor is not None
    assert (editor.folder, editor.names.current()) == (session.home, "own")
    assert [editor.choice.itemText(number) for number in range(2)] == ["shop", "Requests without a file"]
    chooser.box.edit.click()
    assert chooser.editor is editor
    chooser.show_folders(())
    assert editor.folder == session.home
    editor.close()
    assert chooser.box.isVisible()


def test_folders_of_one_name_are_told_apart(qtbot: QtBot, session: Session, tmp_path: Path, shop: Path) -> None:
    other = tmp_path / "more" / "shop"
    put(other, "x", "a", "b", private=False)
    chooser = shown(qtbot, session)
    chooser.show_folders((shop, other))
    chooser.box.edit.click()
    assert chooser.editor is not None
    assert chooser.editor.choice.itemText(1) == f"shop in {tmp_path / 'more'}"


def test_a_closed_folder_leaves_the_editor(qtbot: QtBot, session: Session, shop: Path) -> None:
    chooser = shown(qtbot, session)
    chooser.show_folders((shop,))
    chooser.box.edit.click()
    assert chooser.editor is not None
    assert chooser.editor.folder == shop
    chooser.show_folders(())
    assert chooser.editor.folder == session.home
    assert not chooser.editor.choice.isVisible()


def test_edits_are_followed(qtbot: QtBot, session: Session) -> None:
    session.environment = "own"
    chooser = shown(qtbot, session)
    chooser.box.edit.click()
    editor = chooser.editor
    assert editor is not None
    with qtbot.waitSignal(chooser.changed):
        editor.names.rename_wanted.emit("own", "mine")
    assert session.environment == "mine"
    assert chooser.box.combo.currentText() == "mine"
    editor.names.delete_wanted.emit("mine")
    with qtbot.waitSignal(chooser.changed):
        question(editor).delete.click()
    assert session.environment == ""
    assert chooser.box.combo.currentText() == "No environment"


def test_a_name_that_another_folder_has_stays_chosen(qtbot: QtBot, session: Session, shop: Path) -> None:
    session.environment = "dev"
    chooser = shown(qtbot, session)
    chooser.show_folders((shop,))
    chooser.box.edit.click()
    assert chooser.editor is not None
    chooser.editor.names.rename_wanted.emit("dev", "local")
    assert session.environment == "dev"
    assert offered(chooser) == ["prod", "local", "dev", "own"]


def test_changes_from_outside_are_seen_when_the_user_comes_back(qtbot: QtBot, session: Session) -> None:
    session.environment = "dev"
    chooser = shown(qtbot, session)
    rename_environment(session.home, "own", "mine")
    with qtbot.waitSignal(chooser.changed):
        QCoreApplication.sendEvent(chooser, QEvent(QEvent.Type.WindowActivate))
    assert offered(chooser) == ["dev", "mine"]
    remove_environment(session.home, "dev")
    chooser.refresh()
    assert session.environment == "dev"
    assert chooser.box.combo.currentText() == "dev (missing)"
    with qtbot.assertNotEmitted(chooser.changed):
        chooser.refresh()


def test_a_damaged_file_is_told_with_its_folder(qtbot: QtBot, session: Session) -> None:
    (session.home / PUBLIC).write_text("{\n")
    chooser = shown(qtbot, session)
    assert chooser.box.fault.isVisible()
    assert "Requests without a file: http-client.env.json is not JSON (line 2)" in chooser.box.fault.toolTip()
