"""Asks where to save a transcript, and saves it while everything else goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.chat.reading.snapshot import Format, Snapshot, Stopped, format_of, proposed_name
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

_TICK = 0.1  # seconds between two words on how far it is


class Saver(QObject):
    """``take`` makes the snapshot to save; ``line`` says how far it is, and how it ended."""

    def __init__(self, tasks: TaskSet, take: Callable[[], Awaitable[Snapshot]], parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._take = take
        self._owner = parent
        self._dialog: QFileDialog | None = None
        self._folder = ""
        self._is_saving = False
        self._stopped = False
        self._written = 0
        self.stop = QPushButton("Stop", parent)
        self.dismiss = QPushButton("Close", parent)
        self.line = MessageLine((self.stop, self.dismiss), parent)
        self.stop.clicked.connect(self._stop)
        self.dismiss.clicked.connect(self._dismiss)

    def ask(self, server: str, form: Format = Format.TEXT) -> None:
        """Ask for a file, beginning with a name after ``server``; nothing while one is being asked for or saved."""
        if self._is_saving or self._dialog is not None:
            return
        name = proposed_name(server, datetime.now().astimezone().date()) + form.ending
        dialog = QFileDialog(self._owner, "Save the transcript", self._folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([one.value for one in Format])
        dialog.selectNameFilter(form.value)
        dialog.setDefaultSuffix(form.ending)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filterSelected.connect(self._follow_format)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.open()

    def complain(self, sentence: str) -> None:
        """Say what could not be done."""
        self.line.say(sentence, fault=True, buttons=(self.dismiss,))

    def _follow_format(self, chosen: str) -> None:
        """Let the name end as files of the chosen form do."""
        if self._dialog is not None and self._dialog.selectedFiles():
            ending = format_of(Path(), chosen).ending
            self._dialog.setDefaultSuffix(ending)
            self._dialog.selectFile(Path(self._dialog.selectedFiles()[0]).with_suffix(ending).name)

    def _chosen(self, file: str) -> None:
        path = Path(file)
        chosen = self._dialog.selectedNameFilter() if self._dialog is not None else ""
        self._folder = str(path.parent)
        self._is_saving, self._stopped, self._written = True, False, 0
        self._tasks.spawn(self._save(path, format_of(path, chosen)), name="saving a transcript")

    def _forget(self) -> None:
        self._dialog = None

    async def _save(self, path: Path, form: Format) -> None:
        try:
            snapshot = await self._take()
            await self._write(snapshot, path, form)
            self.line.say(_saved(snapshot), buttons=(self.dismiss,))
        except Stopped:
            self.line.say("Saving was stopped. Nothing has been written.", buttons=(self.dismiss,))
        except OSError as error:
            why = visible(error.strerror or str(error))
            self.complain(f"“{visible(path.name)}” could not be written: {why}.")
        finally:
            self._is_saving = False

    async def _write(self, snapshot: Snapshot, path: Path, form: Format) -> None:
        loop = asyncio.get_running_loop()
        job = loop.run_in_executor(None, snapshot.write, path, form, self._note, self._is_stopped)
        try:
            while not job.done():
                words = f"Saving: {self._written:,} of {len(snapshot.entries):,} messages"
                self.line.say(words, buttons=(self.stop,))
                await asyncio.wait({job}, timeout=_TICK)
            job.result()
        finally:
            self._stopped = True
            await asyncio.wait({job})  # where the task was cancelled, the thread ends with its next entry
            job.exception()

    def _note(self, written: int) -> None:
        self._written = written

    def _is_stopped(self) -> bool:
        return self._stopped

    def _stop(self) -> None:
        self._stopped = True

    def _dismiss(self) -> None:
        self.line.say("")


def _saved(snapshot: Snapshot) -> str:
    count = len(snapshot.entries)
    if count == snapshot.total:
        return f"{count:,} message{'' if count == 1 else 's'} saved."
    return f"{count:,} of {snapshot.total:,} messages saved, as the filter shows them."
