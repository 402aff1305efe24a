"""Tests of the window of environments by typing and clicking."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.environment_view.editor import EnvironmentEditor
from desktop.explorer.environment_view.question import DeleteQuestion
from desktop.explorer.environment_view.rows import NAME, PRIVATE, VALUE
from desktop.explorer.variables import environments
from desktop.explorer.variables.environments import PUBLIC, Variable, environments_at, read, variables

SECRETS = environments.PRIVATE
KEY, ROLE = Qt.Key, Qt.ItemDataRole
TEXT = '{"$shared": {"s": "1"}, "dev": {"host": "h", "port": 80, "token": "pub"}, "prod": {}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / PUBLIC).write_text(TEXT)
    (tmp_path / SECRETS).write_text('{"dev": {"key": "k3y", "token": "t0ken"}}')
    return tmp_path


def shown(qtbot: QtBot, folder: Path, environment: str = "dev") -> EnvironmentEditor:
    editor = EnvironmentEditor(folder)
    qtbot.addWidget(editor)
    editor.show_environment(environment)
    editor.show()
    return editor


def texts(editor: EnvironmentEditor, column: int) -> list[str]:
    return [editor.rows.index(row, column).data() for row in range(editor.rows.rowCount())]


def names(editor: EnvironmentEditor) -> list[str]:
    return [editor.names.list.item(row).text() for row in range(editor.names.list.count())]


def open_cell(editor: EnvironmentEditor, row: int, column: int) -> QLineEdit:
    editor.table.setCurrentIndex(editor.rows.index(row, column))
    QTest.keyClick(editor.table, KEY.Key_F2)
    field = editor.table.indexWidget(editor.table.currentIndex())
    assert isinstance(field, QLineEdit)
    return field


def retype(field: QLineEdit, text: str) -> None:
    """Type in place of what is there."""
    field.selectAll()
    field.insert(text)


def change(editor: EnvironmentEditor, row: int, column: int, text: str) -> None:
    field = open_cell(editor, row, column)
    retype(field, text)
    QTest.keyClick(field, KEY.Key_Return)
    QApplication.processEvents()


def type_name(editor: EnvironmentEditor, text: str) -> None:
    """Type a name into the open row of the list."""
    (field,) = [one for one in editor.names.list.findChildren(QLineEdit) if one.isVisible()]
    field.setText(text)
    QTest.keyClick(field, KEY.Key_Return)
    QApplication.processEvents()


def answer(editor: EnvironmentEditor, *, delete: bool) -> None:
    question = editor.findChild(DeleteQuestion)
    assert isinstance(question, DeleteQuestion)
    if delete:
        question.delete.click()
    else:
        QTest.keyClick(question, KEY.Key_Escape)


def test_it_shows_what_there_is(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    assert not editor.isModal()
    assert names(editor) == ["All environments", "dev", "prod"]
    assert texts(editor, NAME) == ["host", "port", "token", "key", "token", "type a name…"]
    assert texts(editor, VALUE)[:4] == ["h", "80", "pub", "••••••••"]
    editor.names.list.setCurrentRow(0)
    assert texts(editor, NAME) == ["s", "type a name…"]
    assert not editor.names.rename.isEnabled()
    assert not editor.fault.isVisible()
    assert not editor.note.isVisible()


def test_each_change_is_in_its_file_at_once(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    changes: list[None] = []
    editor.changed.connect(lambda: changes.append(None))
    change(editor, 0, VALUE, "ü")
    change(editor, 1, NAME, "Port")
    change(editor, 5, NAME, "new")
    change(editor, 5, VALUE, "n")
    assert read(folder / PUBLIC).environments["dev"] == {"host": "ü", "Port": "80", "token": "pub", "new": "n"}
    assert '"Port": 80' in (folder / PUBLIC).read_text("utf-8")
    assert texts(editor, NAME) == ["host", "Port", "token", "key", "token", "new", "type a name…"]
    assert len(changes) == 4
    change(editor, 0, VALUE, "ü")
    assert len(changes) == 4


def test_what_cannot_be_is_refused_in_place(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    before = (folder / PUBLIC).read_bytes()
    for row, column, text, said in (
        (0, NAME, "port", "already"),
        (0, NAME, "{x}", "braces"),
        (0, NAME, "", "needs a name"),
        (5, NAME, "host", "already"),
        (5, NAME, "$x", "$ or %"),
        (5, VALUE, "x", "name first"),
    ):
        change(editor, row, column, text)
        assert said in editor.message.text()
        assert editor.message.isVisible()
    assert (folder / PUBLIC).read_bytes() == before
    change(editor, 0, VALUE, "x")
    assert not editor.message.isVisible()


def test_a_tick_moves_a_variable_and_keeps_its_row(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    editor.table.setCurrentIndex(editor.rows.index(0, PRIVATE))
    QTest.keyClick(editor.table, KEY.Key_Space)
    assert read(folder / SECRETS).environments["dev"]["host"] == "h"
    assert "host" not in read(folder / PUBLIC).environments["dev"]
    assert texts(editor, NAME)[0] == "host"
    assert texts(editor, VALUE)[0] == "••••••••"
    QTest.keyClick(editor.table, KEY.Key_Space)
    assert read(folder / PUBLIC).environments["dev"]["host"] == "h"
    editor.table.setCurrentIndex(editor.rows.index(2, PRIVATE))
    QTest.keyClick(editor.table, KEY.Key_Space)
    assert "already" in editor.message.text()


def test_secrets_are_masked_until_they_are_asked_for(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    index = editor.rows.index(3, VALUE)
    assert index.data(ROLE.AccessibleTextRole) == "hidden"
    assert "k3y" not in index.data(ROLE.ToolTipRole)
    field = open_cell(editor, 3, VALUE)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    QTest.keyClick(field, KEY.Key_Escape)
    QTest.keyClick(editor.reveal, KEY.Key_Space)
    assert index.data() == "k3y"
    assert open_cell(editor, 3, VALUE).echoMode() == QLineEdit.EchoMode.Normal
    editor.hide()
    assert index.data() == "••••••••"


def test_what_has_no_effect_says_so(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    covered = editor.rows.index(2, VALUE)
    assert "used instead" in covered.data(ROLE.ToolTipRole)
    assert "used instead" in covered.data(ROLE.AccessibleTextRole)
    assert covered.data(ROLE.FontRole).strikeOut()
    (folder / PUBLIC).write_text('{"dev": {"$x": "<b>"}}')
    editor.refresh()
    odd = editor.rows.index(texts(editor, NAME).index("$x"), NAME)
    assert odd.data(ROLE.FontRole).underline()
    assert odd.siblingAtColumn(VALUE).data(ROLE.ToolTipRole) == "<p>&lt;b&gt;</p>"


def test_deleted_variables_come_back(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    before = variables(folder, "dev")
    assert not editor.delete.isEnabled()
    editor.table.selectAll()
    QTest.keyClick(editor.table, KEY.Key_Delete)
    assert variables(folder, "dev") == ()
    assert editor.message.text() == "5 variables were deleted."
    editor.undo.click()
    assert variables(folder, "dev") == before
    assert not editor.message.isVisible()
    editor.table.selectRow(0)
    editor.delete.click()
    assert editor.message.text() == "1 variable was deleted."


def test_environments_are_added_and_named(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    editor.names.add.click()
    type_name(editor, "stage")
    assert environments_at(None, folder) == ("dev", "prod", "stage")
    assert editor.names.current() == "stage"
    renames: list[tuple[str, str]] = []
    editor.renamed.connect(lambda before, after: renames.append((before, after)))
    editor.names.list.setCurrentRow(1)
    editor.names.rename.click()
    type_name(editor, "prod")
    assert "already" in editor.message.text()
    assert names(editor) == ["All environments", "dev", "prod", "stage"]
    editor.names.edit_name()
    type_name(editor, " local ")
    assert environments_at(None, folder) == ("local", "prod", "stage")
    assert variables(folder, "local")[-1] == Variable("token", "t0ken", True)
    assert texts(editor, NAME)[0] == "host"
    assert renames == [("dev", "local")]


def test_deleting_an_environment_asks(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    QTest.keyClick(editor.names.list, KEY.Key_Delete)
    answer(editor, delete=False)
    assert environments_at(None, folder) == ("dev", "prod")
    qtbot.waitUntil(lambda: editor.findChild(DeleteQuestion) is None)
    with qtbot.waitSignal(editor.renamed) as signal:
        editor.names.delete.click()
        answer(editor, delete=True)
    assert signal.args == ["dev", ""]
    assert environments_at(None, folder) == ("prod",)
    assert editor.names.current() == "$shared"


def test_a_damaged_file_is_only_read(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    (folder / PUBLIC).write_text('{"dev": {},\n oh')
    editor.refresh()
    assert "line 2" in editor.fault.text()
    assert editor.fault.isVisible()
    assert texts(editor, NAME) == ["key", "token"]
    for button in (editor.names.add, editor.names.rename, editor.names.delete, editor.delete):
        assert not button.isEnabled()
    index = editor.rows.index(0, NAME)
    assert not editor.rows.flags(index) & Qt.ItemFlag.ItemIsEditable
    editor.table.selectRow(0)
    QTest.keyClick(editor.table, KEY.Key_Delete)
    QTest.keyClick(editor.names.list, KEY.Key_Delete)
    assert variables(folder, "dev") == (Variable("key", "k3y", True), Variable("token", "t0ken", True))
    (folder / PUBLIC).write_text(TEXT)
    editor.refresh()
    assert not editor.fault.isVisible()
    assert len(texts(editor, NAME)) == 6


def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes, mode: int | None = None) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(environments, "write_atomically", full)
    editor = shown(qtbot, folder)
    change(editor, 0, VALUE, "x")
    assert editor.message.text() == "This could not be saved: No space left on device."
    assert texts(editor, VALUE)[0] == "h"
    editor.names.add.click()
    assert environments_at(None, folder) == ("dev", "prod")
    assert "No space" in editor.message.text()


def test_long_values_and_those_of_several_lines_are_not_cut(qtbot: QtBot, tmp_path: Path) -> None:
    values = {"long": "x" * 100_000, "lines": "a\n\u2028b\0"}
    (tmp_path / PUBLIC).write_text(json.dumps({"dev": values}))
    before = (tmp_path / PUBLIC).read_bytes()
    editor = shown(qtbot, tmp_path)
    assert len(texts(editor, VALUE)[0]) == 501
    for row in (0, 1):
        QTest.keyClick(open_cell(editor, row, VALUE), KEY.Key_Return)
        QApplication.processEvents()
    assert (tmp_path / PUBLIC).read_bytes() == before
    field = open_cell(editor, 0, VALUE)
    field.end(False)
    field.insert("!")
    QTest.keyClick(field, KEY.Key_Return)
    QApplication.processEvents()
    assert len(read(tmp_path / PUBLIC).environments["dev"]["long"]) == 100_001


def test_what_is_typed_outlives_a_refresh(qtbot: QtBot, folder: Path) -> None:
    editor = shown(qtbot, folder)
    field = open_cell(editor, 0, VALUE)
    retype(field, "typing")
    (folder / PUBLIC).write_text('{"dev": {"host": "other"}}')
    editor.refresh()
    assert field.text() == "typing"
    QTest.keyClick(field, KEY.Key_Return)
    QApplication.processEvents()
    assert read(folder / PUBLIC).environments["dev"] == {"host": "typing"}


def test_an_empty_folder_says_what_environments_are(qtbot: QtBot, tmp_path: Path) -> None:
    editor = shown(qtbot, tmp_path)
    assert editor.empty.isVisible()
    assert "{{host}}" in editor.empty.text.text()
    editor.empty.add.click()
    assert editor.table.isVisible()
    type_name(editor, "dev")
    change(editor, 0, NAME, "host")
    assert json.loads((tmp_path / PUBLIC).read_text()) == {"dev": {"host": ""}}


def test_git_is_kept_from_secrets(qtbot: QtBot, folder: Path) -> None:
    (folder / ".git").mkdir()
    editor = shown(qtbot, folder)
    assert "git would take" in editor.note.text()
    editor.ignore.click()
    assert not editor.note.isVisible()
    assert (folder / ".gitignore").read_text() == f"{SECRETS}\n"
    (folder / ".gitignore").unlink()
    (folder / ".gitignore").mkdir()
    editor.refresh()
    editor.ignore.click()
    assert "could not be saved" in editor.message.text()


def test_folders_are_chosen_in_the_window(qtbot: QtBot, folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    (other / PUBLIC).write_text('{"dev": {"x": "y"}}')
    editor = shown(qtbot, folder)
    assert not editor.choice.isVisible()
    editor.show_folders([("one", folder), ("two", other)], folder)
    editor.show_environment("dev")
    QTest.keyClick(editor.choice, KEY.Key_Down)
    assert editor.folder == other
    assert texts(editor, NAME) == ["x", "type a name…"]
    change(editor, 0, VALUE, "z")
    assert read(other / PUBLIC).environments == {"dev": {"x": "z"}}


def test_it_follows_the_theme_and_fits(qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
    (folder / ".git").mkdir()
    editor = shown(qtbot, folder)
    assert editor.minimumSizeHint().width() <= 560
    assert editor.minimumSizeHint().height() <= 360
    try:
        for scheme in (theme.Scheme.DARK, theme.Scheme.LIGHT):
            theme.apply(qapp, scheme)
            editor.grab()
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)


def test_return_and_tab_go_on_to_what_is_typed_next(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"dev": {}}')
    editor = shown(qtbot, tmp_path)
    editor.table.setCurrentIndex(editor.rows.index(0, NAME))
    for key in (KEY.Key_Return, KEY.Key_Tab):
        for text in ("a", "1", "b", "2"):
            field = editor.table.indexWidget(editor.table.currentIndex())
            if not isinstance(field, QLineEdit):
                QTest.keyClick(editor.table, KEY.Key_F2)
                field = editor.table.indexWidget(editor.table.currentIndex())
            assert isinstance(field, QLineEdit)
            retype(field, f"{text}{len(editor.rows.rows) // 2}" if text.isalpha() else text)
            QTest.keyClick(field, key)
            QApplication.processEvents()
    assert list(read(tmp_path / PUBLIC).environments["dev"].values()) == ["1", "2", "1", "2"]
