"""The Site tab of the HTTP server."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.section import Section
from desktop.server_panels.site.access import AccessSection
from desktop.server_panels.site.current import readers, settings_of
from desktop.server_panels.site.drop import DropSign, dragged
from desktop.server_panels.site.folder import Look, is_no_folder, look_at
from desktop.server_panels.site.network import NetworkSection
from desktop.server_panels.site.pages import BundledPages, OwnPages
from desktop.server_panels.site.recent import RecentFolders
from desktop.server_panels.site.recent_menu import RecentMenu
from desktop.server_panels.site.served import ServedSection
from desktop.server_panels.site.switches import SwitchesSection
from desktop.tasks import TaskSet

LOOK_MS = 2_000
"""How often the folder is looked at while the tab is visible: it may go, come back or get other pages."""


class SitePanel(QWidget):
    """Shows and changes what ``control`` serves. ``open_wanted`` has the path of a page for the browser.

    The folders that were served are kept in ``recent_file``.
    """

    open_wanted = Signal(str)

    def __init__(
        self, control: ServerControl, recent_file: Path, tasks: TaskSet, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._control = control
        self._tasks = tasks
        self._root: Path | None = None
        self._look = Look()
        self._is_looking = False
        self._network_height = 0
        self._recent = RecentFolders(recent_file)
        self._make_sections()
        self.sign = DropSign(self)
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self._look_again)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        for field in self.findChildren(QLineEdit):
            field.setAcceptDrops(False)  # a folder that is dropped on it is meant for the whole tab
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The folder and the network may have changed meanwhile."""
        super().showEvent(event)
        self.network.refresh()
        self._look_again()
        self.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.timer.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if self._control.ready and dragged(event.mimeData()):
            self.sign.appear()
            _accept(event)

    def dragLeaveEvent(self, _: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self.sign.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.sign.hide()
        _accept(event)
        self.area.ensureWidgetVisible(self.served)  # it says what comes of the drop
        paths = dragged(event.mimeData())
        if len(paths) == 1:
            self._tasks.spawn(self._serve_dropped(Path(paths[0])), name="look at what was dropped")
        else:  # none where the source has ended before it gave them
            sentence = "Drop one folder at a time." if paths else "What was dropped did not arrive. Drop it again."
            self.served.message.say(sentence, fault=True)

    def _make_sections(self) -> None:
        self._inner = QWidget(self)
        self.menu = RecentMenu(self._recent, self._tasks, self)
        self.served = ServedSection(self.menu, self._inner)
        self.bundled = BundledPages(self._inner)
        self.own = OwnPages(self._inner)
        self.switches = SwitchesSection(self._control, self._inner)
        self.access = AccessSection(self._control, self._inner)
        self.network = NetworkSection(self._control, self._inner)

    def _connect(self) -> None:
        self.served.chosen.connect(self._serve)
        self.menu.changed.connect(self._forget)
        self.bundled.open_wanted.connect(self.open_wanted)
        self.own.open_wanted.connect(self.open_wanted)
        self.own.bundled_wanted.connect(self._serve_bundled)
        self.area.verticalScrollBar().rangeChanged.connect(self._follow_network)
        self._control.changed.connect(self._refresh)

    def _follow_network(self) -> None:
        """Keep in sight what the step to the local network brings."""
        before, self._network_height = self._network_height, self.network.height()
        if self._network_height > before and self.network.change.hasFocus():
            self.area.ensureWidgetVisible(self.network)

    def _refresh(self) -> None:
        settings = settings_of(self._control)
        self._inner.setEnabled(self._control.ready)
        if settings.root != self._root:
            self._look = Look()
            if settings.root is not None:
                self._recent.note(settings.root)
            self._root = settings.root
            if self.isVisible():
                self._look_again()
        self.served.show_folder(settings.root)
        self.served.show_recent(len(self._recent.folders))
        self.bundled.setVisible(settings.root is None)
        self.own.setVisible(settings.root is not None)
        self._show_look()

    def _show_look(self) -> None:
        self.served.show_look(self._look, readers(self._control))
        self.own.show_look(self._look, listing=settings_of(self._control).listing)

    def _serve(self, root: Path | None) -> None:
        self.served.message.say("")
        self._control.change(root=root)
        self._save()

    def _serve_bundled(self) -> None:
        self.served.choose.setFocus()  # the button goes, and its focus must stay here
        self._serve(None)

    def _forget(self) -> None:
        self.served.show_recent(len(self._recent.folders))
        self._save()

    def _save(self) -> None:
        self._tasks.spawn(self._save_recent(), name="keep the recent folders")

    async def _save_recent(self) -> None:
        try:
            await asyncio.to_thread(self._recent.save)
        except OSError as error:
            self.served.message.say(f"The recent folders could not be saved: {error.strerror}.", fault=True)

    async def _serve_dropped(self, path: Path) -> None:
        if await asyncio.to_thread(is_no_folder, path):
            self.served.refuse_file(path)
        else:  # one that has vanished meanwhile is said to be gone, as any other
            self._serve(path)

    def _look_again(self) -> None:
        if self._root is not None and not self._is_looking:
            self._is_looking = True
            self._tasks.spawn(self._look_at(self._root), name="look at the served folder")

    async def _look_at(self, root: Path) -> None:
        try:
            look = await asyncio.to_thread(look_at, root)
        finally:
            self._is_looking = False
        if root != self._root:
            self._look_again()
        elif look != self._look:
            self._look = look
            self._show_look()

    def _lay_out(self) -> None:
        sections: list[Section] = [self.served, self.bundled, self.own, self.switches, self.access, self.network]
        self.area = QScrollArea(self)
        Section.stack(sections, self._inner, self.area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setFocusProxy(self.served.choose)


def _accept(event: QDropEvent) -> None:
    """Take what is dropped without letting its source think that it has been moved away."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
