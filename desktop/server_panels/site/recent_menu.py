"""The menu of the folders that were served before; those that are gone are said to be gone."""

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.server_panels.site.recent import RecentFolders
from desktop.tasks import TaskSet
from desktop.widgets.tips import tip
from servers.logs import visible

_WIDEST = 420  # pixels of a folder's name


class RecentMenu(QMenu):
    """``chosen`` has the folder; ``changed`` says that some are no longer to be offered."""

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, recent: RecentFolders, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._recent = recent
        self._tasks = tasks
        self._gone: frozenset[Path] = frozenset()
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._take)

    def _fill(self) -> None:
        self.clear()
        for folder in self._recent.folders:
            self.addAction("").setData(folder)
        self.addSeparator()
        self.forget_gone = self.addAction("Remove those that are gone")
        self.forget_all = self.addAction("Clear the list")
        self._show_states()
        self._tasks.spawn(self._look(), name="look for the recent folders")

    def _show_states(self) -> None:
        for action in self.actions():
            if isinstance(folder := action.data(), Path):
                name = self.fontMetrics().elidedText(visible(str(folder)), Qt.TextElideMode.ElideMiddle, _WIDEST)
                is_gone = folder in self._gone
                action.setText(name.replace("&", "&&") + " (is gone)" * is_gone)
                action.setToolTip(tip(str(folder)))
                action.setEnabled(not is_gone)
        self.forget_gone.setEnabled(bool(self._gone))

    async def _look(self) -> None:
        folders = self._recent.folders
        self._gone = frozenset(await asyncio.to_thread(_missing, folders))
        self._show_states()

    def _take(self, action: QAction) -> None:
        if isinstance(folder := action.data(), Path):
            self.chosen.emit(folder)
            return
        self._recent.forget(self._gone if action is self.forget_gone else self._recent.folders)
        self._gone = frozenset()
        self.changed.emit()


def _missing(folders: tuple[Path, ...]) -> list[Path]:
    """Those that are no folders now. May take long where one is far away."""
    return [one for one in folders if not os.path.isdir(one)]
