"""desktop.chat.transcript.viewer: one message in full, in three shapes, and saved as a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.viewer import EntryViewer, Shape

Open = Callable[[Entry], EntryViewer]


@pytest.fixture
def open_viewer(qtbot: QtBot) -> Open:
    owner = QWidget()
    qtbot.addWidget(owner)

    def make(entry: Entry) -> EntryViewer:
        viewer = EntryViewer(entry, owner)
        viewer.show()
        return viewer

    return make


def _text(viewer: EntryViewer) -> str:
    return "\n".join(line.text for line in viewer.page.lines())


def test_text_and_its_bytes(qtbot: QtBot, open_viewer: Open) -> None:
    viewer = open_viewer(Entry(EntryKind.PLAIN, 0, "hi\n\u202ethere", size=11))
    qtbot.waitUntil(lambda: _text(viewer) == "hi\n\\u202ethere")
    assert viewer.heading.text().startswith("Server message, 11 bytes, ")
    viewer.shape.setCurrentText(Shape.HEX.value)
    qtbot.waitUntil(lambda: _text(viewer).startswith("68 69 0a e2 80 ae"))


def test_json_is_indented_at_first(qtbot: QtBot, open_viewer: Open) -> None:
    viewer = open_viewer(Entry(EntryKind.PLAIN, 0, '{"a": 1.0}'))
    qtbot.waitUntil(lambda: viewer.stack.currentWidget() is viewer.code)
    assert viewer.code.text() == '{\n  "a": 1.0\n}'
    viewer.shape.setCurrentText(Shape.TEXT.value)
    qtbot.waitUntil(lambda: _text(viewer) == '{"a": 1.0}')


def test_what_is_not_json_says_so(qtbot: QtBot, open_viewer: Open) -> None:
    viewer = open_viewer(Entry(EntryKind.PLAIN, 0, "hello"))
    viewer.shape.setCurrentText(Shape.JSON.value)
    qtbot.waitUntil(lambda: viewer.message.text().startswith("This is not JSON"))
    assert _text(viewer) == "hello"


def test_64_megabytes_are_shown(qtbot: QtBot, open_viewer: Open) -> None:
    viewer = open_viewer(Entry(EntryKind.BINARY, 0, data=b"\xff" * 64_000_000))
    qtbot.waitUntil(lambda: _text(viewer).startswith("ff ff"))
    viewer.shape.setCurrentText(Shape.TEXT.value)
    qtbot.waitUntil(lambda: _text(viewer).startswith("\\xff"))
    assert viewer.message.text() == "The first 2,000,000 of 64,000,000 bytes are shown as text."


def test_bytes_are_saved_and_a_failure_is_a_sentence(qtbot: QtBot, open_viewer: Open, tmp_path: Path) -> None:
    viewer = open_viewer(Entry(EntryKind.BINARY, 0, data=b"abc"))
    viewer.save.click()
    (dialog,) = viewer.findChildren(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("message.bin")
    dialog.fileSelected.emit(str(tmp_path / "saved.bin"))
    dialog.reject()
    qtbot.waitUntil(lambda: viewer.message.text() == "Saved as “saved.bin”.")
    assert (tmp_path / "saved.bin").read_bytes() == b"abc"
    viewer.save.click()
    dialog = viewer.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(tmp_path / "saved.bin" / "below"))
    dialog.reject()
    qtbot.waitUntil(lambda: viewer.message.text().startswith("The message could not be saved: "))
    assert viewer.save.isEnabled()
