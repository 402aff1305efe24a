"""A disk that is full or may not be written, as a chat window meets it: said in place or logged, old files whole."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.chat.keeping import keeper
from desktop.chat.keeping.windows_file import FILE_NAME
from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.saved import NotSaved, SavedMessages
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import until
from tests.desktop.chat.plain import receiving
from tests.desktop.chat.stage import write

LOST = ("chat windows", "recent URLs of the chat")
FAULTS = [("os.fsync", errno.ENOSPC), ("pathlib.Path.replace", errno.EROFS), ("pathlib.Path.mkdir", errno.EACCES)]


@pytest.fixture
def expected_logs() -> list[str]:
    return [f"WARNING portside.chat: The {what} could not be kept" for what in LOST]


@pytest.mark.parametrize(("where", "number"), FAULTS)
def test_every_old_file_stays_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, number: int
) -> None:
    monkeypatch.setattr(keeper, "INTERVAL", 0.01)
    why = os.strerror(number)
    looks = 0

    def fail(*_: object, **__: object) -> None:
        nonlocal looks
        looks += 1
        raise OSError(number, why)

    async def scenario() -> None:
        async with receiving(tmp_path) as (stage, receiver):
            ann = await stage.open()
            saved = SavedMessages(tmp_path)
            saved.save(receiver.url, "kept", Outgoing("as before"))
            (tmp_path / "talk.txt").write_text("as before")
            await until(lambda: (tmp_path / "recent.json").exists() and (tmp_path / FILE_NAME).exists())
            await until(lambda: receiver.url in (tmp_path / FILE_NAME).read_text())
            before = _files(tmp_path)
            with monkeypatch.context() as patch:
                patch.setattr(where, fail)
                with pytest.raises(NotSaved, match=f"could not be written: {why}"):
                    saved.save(receiver.url, "new", Outgoing("not kept"))
                await _save_transcript(ann, tmp_path / "talk.txt")
                assert ann.pane.saver.line.text() == f"“talk.txt” could not be written: {why}."
                stage.windows.recent.note("ws://elsewhere")
                await stage.windows._save_recent()
                write(ann, "typed while the disk is full")
                seen = looks
                await until(lambda: looks > seen + 5)
                assert _files(tmp_path) == before
            await until(lambda: "typed while the disk is full" in (tmp_path / FILE_NAME).read_text())

    run(scenario())


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def _save_transcript(window: ChatWindow, path: Path) -> None:
    window.pane.save()
    dialog = window.findChild(QFileDialog)
    assert dialog
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    await until(lambda: "could not be" in window.pane.saver.line.text())
