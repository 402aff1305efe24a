"""The Data tab: what the REST service serves, how it answers, and its documents while it runs."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.server_panels.data.browser import CollectionBrowser
from desktop.server_panels.data.editing import EXPECTED
from desktop.server_panels.data.files import DataFiles
from desktop.server_panels.data.switches import Switches
from desktop.tasks import TaskSet
from desktop.widgets.empty_state import Hint
from servers.server import ServerState

if TYPE_CHECKING:
    from servers.rest.server import RestServer
    from servers.rest.service import Service

REFRESH_MS = 150
"""Changes within this time are shown together."""

_LOOK_MS = 1000
"""How often changes of other processes, which do not tell, are looked for."""


class DataPanel(QWidget):
    """Shows the data of the REST server. ``settings_changed`` has a key and a value for JSON that are to be remembered.

    It follows the service only while it is visible, and catches up when it is shown.
    """

    settings_changed = Signal(str, object)

    def __init__(self, control: ServerControl, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._server: RestServer | None = None
        self._service: Service | None = None
        self.files = DataFiles(tasks, self)
        self.switches = Switches(self)
        self.browser = CollectionBrowser(tasks, self)
        self._changes = QTimer(self)
        self._changes.setSingleShot(True)
        self._changes.setInterval(REFRESH_MS)
        self._changes.timeout.connect(self._refresh)
        self._others = QTimer(self)
        self._others.setInterval(_LOOK_MS)
        self._others.timeout.connect(self._look_for_others)
        self._make_start_page()
        self._lay_out()
        self.switches.changed.connect(self._apply)
        control.changed.connect(self._follow)
        self._follow()

    @property
    def refresh_waits(self) -> bool:
        """Whether something has changed that will be shown in a moment."""
        return self._changes.isActive()

    @property
    def looks_for_others(self) -> bool:
        """Whether changes of other processes are looked for."""
        return self._others.isActive()

    def attach(self, server: "RestServer") -> None:
        """From now on show the data of this server, whenever it runs."""
        self._server = server
        self.switches.attach(server)
        self.browser.pane.set_read_only(server.settings.read_only)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._changed()
        self._watch_others()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._watch_others()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "start"):
            self.start.setIcon(theme.icon("play"))

    def _make_start_page(self) -> None:
        self.empty = Hint(parent=self)
        self.start = QPushButton("Start", self)
        self.start.setIcon(theme.icon("play"))
        self.start.setAccessibleName(f"Start the {self._control.spec.title} server")
        self.start.clicked.connect(self._control.start)

    def _lay_out(self) -> None:
        start_page = QWidget(self)
        column = QVBoxLayout(start_page)
        column.setSpacing(theme.M)
        column.addStretch()
        column.addWidget(self.empty)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(start_page)
        self.stack.addWidget(self.browser)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(self.files)
        layout.addWidget(self.switches)
        layout.addWidget(self.stack, 1)

    def _follow(self) -> None:
        """Take up the service of a server that has started, let go of one that stops."""
        running = self._server is not None and self._control.state is ServerState.RUNNING
        service = self._server.service if self._server is not None and running else None
        if service is not self._service:
            if self._service is not None:
                self._service.on_change.remove(self._changed)
            if service is not None:
                service.on_change.append(self._changed)
            self._service = service
            self.files.serve(service)
            self.browser.serve(service)
            self._watch_others()
        self.stack.setCurrentIndex(int(service is not None))
        self.start.setEnabled(self._control.can_start)
        self.empty.setText(self._why_empty())

    def _why_empty(self) -> str:
        if self._control.error:
            return self._control.error
        if self._control.can_start or not self._control.ready:
            return "The documents are shown while the server runs.\nPress Start to see and change them."
        return "One moment…"

    def _watch_others(self) -> None:
        if self._service is not None and self.isVisible():
            self._others.start()
        else:
            self._others.stop()

    def _look_for_others(self) -> None:
        """Have the service tell what other processes have changed; where it cannot, the table says why."""
        if self._service is not None:
            with suppress(*EXPECTED):
                self._service.refresh()

    def _changed(self) -> None:
        if self.isVisible() and not self._changes.isActive():
            self._changes.start()

    def _refresh(self) -> None:
        self.files.refresh()
        self.browser.refresh()

    def _apply(self, key: str, value: object) -> None:
        if key == "read_only":
            self.browser.pane.set_read_only(bool(value))
        self.settings_changed.emit(key, value)
