"""The Settings tab of one server."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.authority import AuthoritySection
from desktop.server_panels.settings.listening import ListeningSection
from desktop.server_panels.settings.section import Section
from desktop.server_panels.settings.websocket import LimitsSection
from desktop.tasks import TaskSet
from servers.settings import WebSocketSettings


class SettingsPanel(QScrollArea):
    """Shows and changes what ``control.settings`` says; ``ca`` is where the authority's certificate is, or will be."""

    def __init__(self, control: ServerControl, ca: Path, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._inner = QWidget(self)
        self.listening = ListeningSection(control, self._inner)
        self.limits: LimitsSection | None = None
        if isinstance(control.settings, WebSocketSettings):
            self.limits = LimitsSection(control, self._inner)
        self.authority = AuthoritySection(ca, tasks, self._inner)
        self._lay_out()
        control.changed.connect(self._refresh)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Another server may have made the authority meanwhile, and the network may have changed."""
        super().showEvent(event)
        self.listening.refresh()
        self.authority.refresh()

    def _refresh(self) -> None:
        self._inner.setEnabled(self._control.ready)
        if self.isVisible():  # only who looks at it needs the library that reads certificates
            self.authority.refresh()

    def _lay_out(self) -> None:
        sections: list[Section] = [self.listening, self.authority]
        if self.limits is not None:
            sections.insert(1, self.limits)
        Section.stack(sections, self._inner, self)
        self.setFocusProxy(self.listening.this_computer)
