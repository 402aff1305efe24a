"""Says once for a file, or for a folder and all below it, how its requests prove who sends them."""

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.http_files.folder_auth import FOLDER_FILE, folder_text, inherited
from desktop.explorer.model.auth import Auth, NoAuth
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.auth_page import AuthPage
from desktop.explorer.session import Session, Spot
from desktop.explorer.tabs.hiding import hide, laid_open
from desktop.explorer.workspace.files import rewrite, write_text
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine
from servers.logs import visible


class AuthDialog(QDialog):
    """``path`` is the file or folder below the opened folder ``root``; ``written`` carries the file that says it."""

    written = Signal(object)

    def __init__(self, session: Session, tasks: TaskSet, path: Path, root: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._file = path / FOLDER_FILE if path.is_dir() else path
        self.setWindowTitle(visible(f"Authorization of {path.name}"))
        self.resize(520, 420)
        self.page = AuthPage(self)
        self.fault = MessageLine(parent=self)
        spot = Spot(path if path.is_file() else path / FOLDER_FILE, root)
        self.page.set_variables(partial(session.scope, spot))
        above = NoAuth() if path == root else inherited(path.parent, root, None)
        self.page.show_inherited(above, visible(path.parent.name))
        self._lay_out(path)
        self.finished.connect(self._leave)
        self._working = tasks.spawn(self._load(), name=f"reading {self._file.name}")

    def accept(self) -> None:
        if self._working.done():
            self._working = self._tasks.spawn(self._save(self.page.auth()), name=f"saving {self._file.name}")

    def _leave(self) -> None:
        self._working.cancel()  # it would come back to a window that is gone
        self.deleteLater()

    async def _load(self) -> None:
        try:
            file = await asyncio.to_thread(read_file, self._file)
        except FileNotFoundError:
            return
        except OSError as error:
            self.fault.say(f"{self._file.name} cannot be read: {error.strerror or error}.", fault=True)
            return
        self.page.show_auth(file.auth)

    async def _save(self, auth: Auth) -> None:
        try:
            await asyncio.to_thread(_write, self._file, auth)
        except CannotWrite as error:
            self.fault.say(error.sentence, fault=True)
        except (OSError, ValueError) as error:
            self.fault.say(f"It could not be saved: {getattr(error, 'strerror', None) or error}.", fault=True)
        else:
            self.written.emit(self._file)
            super().accept()

    def _lay_out(self, path: Path) -> None:
        whom = "requests of this file" if path.is_file() else "requests in this folder and those below"
        about = QLabel(f"For all {whom} that say “Inherit”.", self)
        buttons = QDialogButtonBox(self)
        buttons.addButton(QDialogButtonBox.StandardButton.Save)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.addWidget(about)
        layout.addWidget(self.page, 1)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)


def _write(file: Path, auth: Auth) -> None:
    request, secrets = laid_open(Request(auth=auth), file.parent.name, file)
    hide(file.parent, secrets)
    if file.exists():
        rewrite(file, lambda old: [folder_text(request.auth, old.text)])
    else:
        write_text(file, folder_text(request.auth, ""))
