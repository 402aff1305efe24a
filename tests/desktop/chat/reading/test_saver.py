"""Saving a transcript through the real dialog: what is saved, what is said, and that nothing is lost."""

import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.chat.entry import Entry
from desktop.chat.reading.pane import TranscriptPane
from desktop.chat.reading.snapshot import Format
from tests.conftest import Run, until
from tests.desktop.chat.reading.conftest import add, said
from tests.desktop.chat.reading.test_export import exchange


def dialog_of(pane: TranscriptPane) -> QFileDialog:
    """The dialog that is open."""
    [dialog] = [one for one in pane.findChildren(QFileDialog) if one.isVisible()]
    return dialog


async def save(pane: TranscriptPane, path: Path, form: Format = Format.TEXT) -> str:
    """Save the transcript into a file; returns what is said about it."""
    pane.save(form)
    dialog = dialog_of(pane)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    line = pane.saver.line
    await until(lambda: line.text() and not line.text().startswith("Saving:"))
    await pane.leave()
    return line.text()


@pytest.mark.parametrize("form", Format)
def test_a_transcript_is_saved_in_each_form(pane: TranscriptPane, run: Run, tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"talk{form.ending}"
    pane.server = "ws://localhost:8002"
    pane.exchange = exchange()
    add(pane, *said("one", "two"))
    assert run(save(pane, path)) == "2 messages saved."
    text = path.read_text("utf-8")
    assert "two" in text
    assert (form is Format.TEXT) == text.splitlines()[-1].endswith(": two")
    if form is Format.HAR:
        assert json.loads(text)["log"]["entries"][0]["response"]["status"] == 101
    pane.saver.dismiss.click()
    assert pane.saver.line.isHidden()


def test_what_the_filter_shows_is_saved(pane: TranscriptPane, run: Run, tmp_path: Path) -> None:
    add(pane, *said("one", "two", "three"))
    pane.filter_bar.words.setText("o")
    pane.filter_bar.words.returnPressed.emit()
    assert run(save(pane, tmp_path / "a.json")) == "2 of 3 messages saved, as the filter shows them."
    assert [one["text"] for one in json.loads((tmp_path / "a.json").read_text())] == ["one", "two"]


def test_every_connection_is_in_an_archive(pane: TranscriptPane, run: Run, tmp_path: Path) -> None:
    for number in range(3):
        pane.server = f"ws://localhost:{number}"
        pane.exchange = exchange(number)
        pane.exchange = pane.exchange  # as after every change of the session's state
    run(save(pane, tmp_path / "a.har"))
    log = json.loads((tmp_path / "a.har").read_text("utf-8"))["log"]
    hosts = [one["request"]["url"].partition("/room")[0] for one in log["entries"]]
    assert hosts == ["ws://localhost:0", "ws://localhost:1", "ws://localhost:2"]


def test_a_file_that_cannot_be_written_is_a_sentence(pane: TranscriptPane, run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("as before")
    add(pane, *said("one"))
    sentence = run(save(pane, blocked / "talk.txt"))
    assert sentence.startswith("“talk.txt” could not be written: ")
    assert blocked.read_text() == "as before"


def test_a_full_disk_leaves_the_old_file(
    pane: TranscriptPane, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("as before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    add(pane, *said("one"))
    assert run(save(pane, path)) == "“talk.txt” could not be written: No space left on device."
    assert path.read_text() == "as before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("by_leaving", [True, False])
def test_saving_can_be_given_up(
    pane: TranscriptPane, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_leaving: bool
) -> None:
    never = threading.Event()

    def slowly(entries: Iterable[Entry]) -> Iterator[str]:
        for entry in entries:
            never.wait(0.01)
            yield entry.text

    async def scenario() -> None:
        add(pane, *said(*["word"] * 100_000))
        pane.save()
        dialog_of(pane).fileSelected.emit(str(tmp_path / "talk.txt"))
        dialog_of(pane).close()
        await until(lambda: "of 100,000 messages" in pane.saver.line.text())
        if not by_leaving:
            pane.saver.stop.click()
            await until(lambda: pane.saver.line.text() == "Saving was stopped. Nothing has been written.")
        await pane.leave()

    monkeypatch.setattr("desktop.chat.reading.snapshot.as_text", slowly)
    run(scenario())
    assert list(tmp_path.iterdir()) == []


class TestDialog:
    def test_the_key_opens_it_once_with_a_name_after_the_server(self, pane: TranscriptPane) -> None:
        pane.server = "ws://localhost:8002/chat"
        for _ in range(2):
            QTest.keyClick(pane.filter_bar.words, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        dialog = dialog_of(pane)
        name = Path(dialog.selectedFiles()[0]).name
        assert name.startswith("localhost-8002-20")
        assert name.endswith(".txt")
        dialog.reject()
        pane.save(Format.HAR)
        assert dialog_of(pane).selectedFiles()[0].endswith(".har")
        dialog_of(pane).close()

    def test_the_name_follows_the_form(self, pane: TranscriptPane) -> None:
        pane.save()
        dialog = dialog_of(pane)
        dialog.selectNameFilter(Format.JSON.value)
        dialog.filterSelected.emit(Format.JSON.value)
        assert dialog.selectedFiles()[0].endswith(".json")
        dialog.close()
