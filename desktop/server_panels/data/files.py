"""What is served, and the buttons that open another file, save the data, and go back to the sample."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.data.editing import EXPECTED, sentence
from desktop.server_panels.data.records import tip
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.disk import write_atomically
from servers.guard import Refusal
from servers.logs import visible

if TYPE_CHECKING:
    from servers.rest.service import Service

_OPEN_FILTER = "Data files (*.json *.csv *.tsv);;All files (*)"
_SAVE_FILTER = "JSON (*.json)"
_NAME = 28
"""Characters of a file's name in a label or a button."""


class DataFiles(QWidget):
    """Works on the data as a whole; ``serve`` gives the service and takes it away."""

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._service: Service | None = None
        self._busy = False
        self.served = QLabel(self)
        self.served.setTextFormat(Qt.TextFormat.PlainText)
        font = self.served.font()
        font.setBold(True)
        self.served.setFont(font)
        self._file: Path | None = None
        self._folder = ""
        self.anew_button = QPushButton("Read the fi&le anew", self)
        self.anew_button.setToolTip("Serve what stands in the file now; Undo brings back what was written since then")
        self.anew_button.clicked.connect(self._read_anew)
        self.message = MessageLine((self.anew_button,), parent=self)
        self.message.setMinimumWidth(1)  # a long word in it must not widen the window
        self.open_button = QPushButton("&Open JSON or CSV…", self)
        self.save_button = QPushButton("Save as &JSON…", self)
        self.reset_button = QPushButton("Reset to sample…", self)
        self.undo_button = QPushButton("&Undo", self)
        self.open_button.clicked.connect(self._choose_file)
        self.save_button.clicked.connect(self._choose_place)
        self.reset_button.clicked.connect(self._confirm_reset)
        self.undo_button.clicked.connect(self._undo)
        self._lay_out()
        self._recolor()
        self.refresh()

    def serve(self, service: "Service | None") -> None:
        """Work on the data of this service; None when it has ended."""
        self._service = service
        self.message.say("")
        self.refresh()

    def refresh(self) -> None:
        """Say what is served now, and what can be done."""
        service = self._service
        idle = service is not None and not self._busy
        for button in (self.open_button, self.save_button, self.reset_button):
            button.setEnabled(idle)
        back = "" if service is None else service.undo_name
        self.undo_button.setEnabled(idle and bool(back))
        self.undo_button.setText(f"&Undo: back to {_short(back).replace('&', '&&')}" if back else "&Undo")
        self.undo_button.setToolTip(tip(f"Serve {back} again, as it was left" if back else "Nothing to go back to"))
        if service is not None:
            name = service.dataset.name
            self.served.setText("Sample data" if service.dataset.is_sample else _short(name))
            self.served.setToolTip(tip(name))
        else:
            self.served.setText("Nothing is served")
            self.served.setToolTip("")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "undo_button"):
            self._recolor()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Open a data file", self._folder, _OPEN_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open)
        dialog.open()

    def _choose_place(self) -> None:
        dialog = QFileDialog(self, "Save the data", self._folder, _SAVE_FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(self._suggested_name())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _confirm_reset(self) -> None:
        question = QMessageBox(self)
        question.setWindowTitle("Reset to sample")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText("Serve the sample data as it was at first?")
        question.setInformativeText(f"{self.served.text()}, with all changes, is kept: Undo brings it back.")
        reset = question.addButton("Reset", QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        reset.clicked.connect(self._reset)
        question.open()

    def _suggested_name(self) -> str:
        dataset = None if self._service is None else self._service.dataset
        return "sample.json" if dataset is None or dataset.is_sample else Path(dataset.name).with_suffix(".json").name

    def _open(self, file: str) -> None:
        path = self._chosen(file)
        if self._service is not None:
            self._run(self._open_file(self._service, path, resume=True), f"Opening {_short(path.name)}…")

    def _read_anew(self) -> None:
        if self._service is not None and self._file is not None:
            work = self._open_file(self._service, self._file, resume=False)
            self._run(work, f"Opening {_short(self._file.name)}…")

    def _chosen(self, file: str) -> Path:
        """The path that a dialog has given; the next one begins in its folder."""
        path = Path(file)
        self._folder = str(path.parent)
        return path

    def _save(self, file: str) -> None:
        path = self._chosen(file)
        if self._service is not None:
            self._run(self._save_file(self._service, path), f"Saving {_short(path.name)}…")

    def _reset(self) -> None:
        if self._service is not None:
            self._run(self._back_to_sample(self._service), "Resetting to the sample data…")

    def _undo(self) -> None:
        if self._service is not None:
            self._run(self._go_back(self._service), "Going back…")

    def _run(self, work: Coroutine[Any, Any, str], note: str) -> None:
        """Do long work with a note; its result is what to say at the end."""
        self._busy = True
        self._file = None
        self.message.say(note)
        self.refresh()
        self._tasks.spawn(self._work(work), name=note.removesuffix("…").lower())

    async def _work(self, work: Coroutine[Any, Any, str]) -> None:
        from servers.rest.files.data_files import DataFileError

        try:
            said, fault = await work, False
        except DataFileError as error:
            said, fault = str(error), True
        except EXPECTED as refusal:
            said, fault = sentence(refusal), True
        finally:
            self._busy = False
            self.message.say("")
            self.refresh()
        buttons = [] if self._file is None or fault else [self.anew_button]
        self.message.say(visible(said), fault=fault, buttons=buttons)

    async def _open_file(self, service: "Service", path: Path, *, resume: bool) -> str:
        """Open a file; one that is gone on with after it has been written to can be read anew."""
        notice = await service.open(path, resume=resume)
        self._file = path if service.dataset.changed else None
        return notice or f"{path.name} is open."

    async def _save_file(self, service: "Service", path: Path) -> str:
        content = await service.export()
        try:
            await asyncio.to_thread(write_atomically, path, content)
        except OSError as error:
            raise Refusal(507, f"{path.name} could not be written: {error.strerror}.") from error
        return f"Saved as {path.name}."

    async def _back_to_sample(self, service: "Service") -> str:
        await service.reset()
        return "The sample data is as it was at first."

    async def _go_back(self, service: "Service") -> str:
        await service.undo()
        return f"Back to {service.dataset.name}."

    def _lay_out(self) -> None:
        """Two short rows of buttons: the last of them has a name in it, and the window may be narrow."""
        first, second, third = rows = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.served)
        first.addSpacing(theme.S)
        first.addWidget(self.message, 1)
        first.addStretch()
        for row, buttons in (
            (second, (self.open_button, self.save_button)),
            (third, (self.reset_button, self.undo_button)),
        ):
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for row in rows:
            layout.addLayout(row)

    def _recolor(self) -> None:
        icons = {
            self.open_button: "folder-open-outline",
            self.save_button: "content-save-outline",
            self.reset_button: "restore",
            self.undo_button: "undo",
        }
        for button, name in icons.items():
            button.setIcon(theme.icon(name))


def _short(name: str) -> str:
    shown = visible(name)
    return shown if len(shown) <= _NAME else f"{shown[: _NAME - 1]}…"
