"""Asks where to save a body, and saves it while everything else goes on."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.explorer.reading.saving import Stopped, save
from desktop.explorer.sending.blob import Blob
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine

_TICK = 0.1


class Saver(QObject):
    """``line`` says how far it is, and how it ended."""

    def __init__(self, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._owner = parent
        self._blob: Blob | None = None
        self._folder = ""
        self._saved = 0
        self._stopped = False
        self.stop = QPushButton("Stop", parent)
        self.stop.clicked.connect(self._stop)
        self.close = QPushButton("Close", parent)
        self.close.clicked.connect(self._close)
        self.line = MessageLine((self.stop, self.close), parent)

    def ask(self, blob: Blob, name: str) -> None:
        """Ask for a file, beginning with this name; nothing while one is being saved."""
        if self._blob is not None:
            return
        dialog = QFileDialog(self._owner, "Save the body", str(Path(self._folder) / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(self._chosen)
        dialog.rejected.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        self._blob = blob
        dialog.open()

    def _chosen(self, path: str) -> None:
        if self._blob is not None:
            self._folder = str(Path(path).parent)
            self._tasks.spawn(self._save(self._blob, Path(path)), name="saving a body")

    def _forget(self) -> None:
        self._blob = None

    async def _save(self, blob: Blob, path: Path) -> None:
        self._saved, self._stopped = 0, False
        job = asyncio.get_running_loop().run_in_executor(None, save, blob, path, self._note, self._is_stopped)
        try:
            while not job.done():
                self.line.say(f"Saving: {self._saved:,} of {blob.size:,} bytes", buttons=(self.stop,))
                await asyncio.wait({job}, timeout=_TICK)
            job.result()
            self.line.say(f"Saved {blob.size:,} bytes as “{path.name}”.", buttons=(self.close,))
        except Stopped:
            self.line.say(f"Not saved: “{path.name}” is as it was before.", buttons=(self.close,))
        except OSError as error:
            why = error.strerror or str(error)
            self.line.say(f"“{path.name}” could not be saved: {why}.", fault=True, buttons=(self.close,))
        finally:
            self._stopped = True
            self._blob = None
            await asyncio.wait({job})  # where the task was cancelled, the thread ends with its next piece
            job.exception()

    def _note(self, saved: int) -> None:
        self._saved = saved

    def _is_stopped(self) -> bool:
        return self._stopped

    def _stop(self) -> None:
        self._stopped = True

    def _close(self) -> None:
        self.line.say("")
