"""The dialog that asks where a new request is to be kept."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.tabs.save_dialog import SaveDialog

FOLDERS = (Path("/c/mine"), Path("/c/yours"))
FILES = {FOLDERS[0]: [FOLDERS[0] / "sub" / "a:b.http", FOLDERS[0] / "c.rest"]}


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def opened(owner: QWidget, folders: tuple[Path, ...] = FOLDERS) -> tuple[SaveDialog, list[tuple[Path, str]]]:
    chosen: list[tuple[Path, str]] = []
    dialog = SaveDialog(folders, "One", owner)
    dialog.chosen.connect(lambda path, name: chosen.append((path, name)))
    dialog.open()
    return dialog, chosen


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("requests.http", "requests.http"),
        ("players", "players.http"),
        ("a.REST", "a.REST"),
        ("sub/b", "sub/b.http"),
        ("sub/a:b.http", "sub/a:b.http"),
        (" a b ", "a b.http"),
    ],
)
def test_a_file_is_chosen(owner: QWidget, typed: str, file: str) -> None:
    dialog, chosen = opened(owner)
    assert dialog.file.currentText() == "requests.http"
    dialog.offer(FILES)
    assert [dialog.file.itemText(n) for n in range(dialog.file.count())] == ["sub/a:b.http", "c.rest"]
    assert dialog.file.currentText() == "requests.http"
    dialog.file.setCurrentText(typed)
    dialog.accept()
    assert chosen == [(FOLDERS[0] / file, "One")]


@pytest.mark.parametrize(
    "typed", ["", "/etc/a.http", "../a.http", "a:b.http", "a\\b", "sub/", ".http", ".git/a", "_folder.http", "x\0"]
)
def test_other_names_are_refused_in_place(owner: QWidget, typed: str) -> None:
    dialog, chosen = opened(owner)
    dialog.file.setCurrentText(typed)
    dialog.accept()
    assert chosen == []
    assert dialog.fault.isVisible()
    assert dialog.isVisible()


def test_a_name_and_a_collection_are_needed(owner: QWidget) -> None:
    dialog, chosen = opened(owner)
    dialog.name.setText("  ")
    dialog.accept()
    assert dialog.fault.text() == "Give the request a name."
    other, _ = opened(owner, ())
    other.offer({})
    other.accept()
    assert other.fault.text().startswith("There is no collection to save it in.")
    assert chosen == []


def test_another_collection_has_other_files(owner: QWidget) -> None:
    dialog, chosen = opened(owner)
    dialog.offer(FILES)
    dialog.folder.setCurrentIndex(1)
    assert dialog.file.count() == 0
    dialog.name.setText("Two")
    dialog.accept()
    assert chosen == [(FOLDERS[1] / "requests.http", "Two")]
