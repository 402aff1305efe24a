"""The environment that requests are sent with, chosen above the explorer's side bar."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.explorer.environment_view.box import EnvironmentBox
from desktop.explorer.environment_view.editor import EnvironmentEditor
from desktop.explorer.session import Session
from desktop.explorer.variables.environments import PRIVATE, PUBLIC, EnvironmentFile, environments_at, faults_at, read
from servers.logs import visible

_HOME = "Requests without a file"


class EnvironmentChooser(QWidget):
    """The environments of all open folders and of ``session.home``, each once; ``session.environment`` is the choice.

    ``changed`` tells of another choice, and of a change of the files, by the editor or by others.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folders: tuple[Path, ...] = (session.home,)
        self._files: tuple[EnvironmentFile, ...] = ()
        self.box = EnvironmentBox(self)
        self.editor: EnvironmentEditor | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.chosen.connect(self._choose)
        self.box.edit_wanted.connect(self._edit)
        self._fill()

    def show_folders(self, folders: tuple[Path, ...]) -> None:
        """Offer the environments of these folders, and of ``session.home``."""
        self._folders = tuple(dict.fromkeys((*folders, self._session.home)))
        self._fill()
        if self.editor is not None:
            shown = self.editor.folder
            self.editor.show_folders(self._named_folders(), shown if shown in self._folders else self._folders[0])

    def refresh(self) -> None:
        """Show what the files say now."""
        before = self._files
        self._fill()
        if before != self._files:
            self.changed.emit()

    def event(self, event: QEvent) -> bool:
        """Look at the files whenever the user comes back to the window."""
        if event.type() in (QEvent.Type.WindowActivate, QEvent.Type.Show):
            self.refresh()
        return super().event(event)

    def _fill(self) -> None:
        self._files = tuple(read(folder / name) for folder in self._folders for name in (PUBLIC, PRIVATE))
        names = dict.fromkeys(name for folder in self._folders for name in environments_at(None, folder))
        faults = [f"{label}: {fault}" for label, folder in self._named_folders() for fault in faults_at(None, folder)]
        self.box.show_environments(tuple(names), self._session.environment, faults)

    def _choose(self, name: str) -> None:
        if name != self._session.environment:
            self._session.environment = name
            self._fill()
            self.changed.emit()

    def _edit(self) -> None:
        """Show the editor with the chosen environment, in the first folder that has it."""
        chosen = self._session.environment
        if self.editor is None:
            self.editor = EnvironmentEditor(self._folders[0], self)
            self.editor.changed.connect(self._edited)
            self.editor.renamed.connect(self._renamed)
        if not self.editor.isVisible():
            having = (folder for folder in self._folders if chosen in environments_at(None, folder))
            self.editor.show_folders(self._named_folders(), next(having, self._folders[0]))
            self.editor.show_environment(chosen)
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()

    def _edited(self) -> None:
        self._fill()
        self.changed.emit()

    def _renamed(self, before: str, after: str) -> None:
        """Follow the chosen environment, unless another folder has one of its name still."""
        there = any(before in environments_at(None, folder) for folder in self._folders)
        if self._session.environment == before and not there:
            self._session.environment = after

    def _named_folders(self) -> list[tuple[str, Path]]:
        """The folders with names for people; those of one name with the folder that they are in."""
        times = Counter(folder.name for folder in self._folders)
        named = []
        for folder in self._folders:
            name = folder.name if times[folder.name] == 1 else f"{folder.name} in {folder.parent}"
            named.append((_HOME if folder == self._session.home else visible(name) or str(folder), folder))
        return named
