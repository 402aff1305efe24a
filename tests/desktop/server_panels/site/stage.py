"""The Site tab with a real server behind it, and hands to work it with."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.server_panels.control import SPECS, ServerControl
from desktop.server_panels.site.panel import SitePanel
from desktop.tasks import TaskSet
from servers.http.server import HttpServer
from servers.recorder import Recorder
from servers.settings import HttpSettings
from tests.conftest import until

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_MOVE = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


class Stage:
    """A panel for a server that is stopped; ``told`` has what is to be remembered, ``opened`` the wanted pages."""

    def __init__(self, recent: Path, settings: HttpSettings) -> None:
        self.owner = QObject()
        self.failures: list[BaseException] = []
        self.told: list[tuple[str, str, object]] = []
        self.opened: list[str] = []
        self.tasks = TaskSet(self._fail)
        self.server = HttpServer(settings, Recorder())
        self.control = ServerControl(SPECS[0], settings, self.tasks, self.owner)
        self.control.setting_chosen.connect(self._tell)
        self.recent = recent
        self.panel = SitePanel(self.control, recent, self.tasks)
        self.panel.open_wanted.connect(self.opened.append)
        self.panel.resize(800, 2000)

    def root(self) -> Path | None:
        """What is served."""
        return self.server.settings.root

    @asynccontextmanager
    async def attached(self) -> AsyncIterator[SitePanel]:
        """The panel on the screen with a server that is stopped."""
        self.control.attach(self.server)
        self.panel.show()
        await self.settled()
        try:
            yield self.panel
        finally:
            await self.server.stop()
            self.panel.hide()
            await self.settled()
            assert not self.failures

    async def settled(self) -> None:
        """Wait until every task has ended."""
        await until(lambda: not len(self.tasks))

    async def serve(self, folder: Path | None) -> None:
        """Choose as the dialog does."""
        self.panel.served.chosen.emit(folder)
        await self.settled()

    async def drop(
        self, paths: Sequence[Path], *, inside: QPoint | None = None, arriving: QMimeData | None = None
    ) -> QDropEvent:
        """Drag files over the tab and drop them, as a file manager that would move them; ``arriving`` instead."""
        data = files(paths)
        enter = self.drag(data)
        event = QDropEvent(QPointF(inside or QPoint(5, 5)), _MOVE, arriving or data, _LEFT, _NONE)
        event.setDropAction(Qt.DropAction.MoveAction)
        if enter.isAccepted():
            QApplication.sendEvent(self.panel, event)
        await self.settled()
        return event

    def drag(self, data: QMimeData) -> QDragEnterEvent:
        """Drag something over the tab."""
        event = QDragEnterEvent(QPoint(5, 5), _MOVE, data, _LEFT, _NONE)
        event.ignore()
        QApplication.sendEvent(self.panel, event)
        return event

    def leave(self) -> None:
        """Drag it away again."""
        QApplication.sendEvent(self.panel, QDragLeaveEvent())

    def _fail(self, error: BaseException, _: str) -> None:
        self.failures.append(error)

    def _tell(self, name: str, key: str, value: object) -> None:
        self.told.append((name, key, value))


def files(paths: Sequence[Path]) -> QMimeData:
    """What a file manager says of files that are dragged."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data
