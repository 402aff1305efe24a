"""The Servers page: three cards, and beside them the tabs of the chosen one."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.server_panels.card import ServerCard
from desktop.server_panels.clients.panel import ClientsPanel
from desktop.server_panels.control import ServerControl
from desktop.server_panels.data.panel import DataPanel
from desktop.server_panels.settings.panel import SettingsPanel
from desktop.server_panels.site.panel import SitePanel
from desktop.server_panels.traffic import by_server
from desktop.server_panels.traffic_panel import TrafficPanel
from desktop.tasks import TaskSet
from servers.exchange import Record

CARD_WIDTH = 360


class ServersPage(QWidget):
    """Starts and stops the servers, shows their traffic and their settings.

    ``authority`` is where the certificate of the local authority is, or will be; ``recent_folders`` the file with the
    folders that were served. ``explorer_wanted`` carries an Exchange that its user wants to send again; ``page_wanted``
    asks for the HTML5 page in the browser, ``site_wanted`` for a path of the HTTP server.
    """

    explorer_wanted = Signal(object)
    page_wanted = Signal()
    site_wanted = Signal(str)

    def __init__(
        self,
        controls: tuple[ServerControl, ...],
        authority: Path,
        recent_folders: Path,
        tasks: TaskSet,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.controls = controls
        by_name = {control.spec.name: control for control in controls}
        self.cards = {name: ServerCard(control) for name, control in by_name.items()}
        self.panels = {name: TrafficPanel(control) for name, control in by_name.items()}
        self.settings = {name: SettingsPanel(control, authority, tasks, self) for name, control in by_name.items()}
        self.site = SitePanel(by_name["http"], recent_folders, tasks, self)
        self.site.open_wanted.connect(self.site_wanted)
        self.data = DataPanel(by_name["rest"], tasks, self)
        self.clients = ClientsPanel(by_name["ws"], tasks, self)
        self.clients.page_wanted.connect(self.page_wanted)
        self._details = {name: self._make_tabs(name) for name in by_name}
        self._detail = QStackedWidget(self)
        self._lay_out()
        for card in self.cards.values():
            card.chosen.connect(self.show_server)
        for control in controls:
            control.changed.connect(self._refresh_buttons)
        for panel in self.panels.values():
            panel.explorer_wanted.connect(self.explorer_wanted)
        self.show_server(controls[0].spec.name)
        self._refresh_buttons()

    def show_server(self, name: str) -> None:
        """Show the detail of this server."""
        self._detail.setCurrentWidget(self._details[name])
        for one, card in self.cards.items():
            card.set_current(one == name)

    def take(self, records: list[Record]) -> None:
        """Take a batch of the feed."""
        for name, own in by_server(records).items():
            self.panels[name].take(own)
            self.cards[name].show_figures(self.panels[name].figures())

    def start_all(self) -> None:
        """Start every server that does not run."""
        for control in self.controls:
            control.start()

    def stop_all(self) -> None:
        """Stop every server that runs."""
        for control in self.controls:
            control.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "stop_button"):
            self._refresh_buttons()

    def _make_tabs(self, name: str) -> QTabWidget:
        own = {"http": (self.site, "S&ite"), "rest": (self.data, "&Data"), "ws": (self.clients, "&Clients")}
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self.panels[name], "M&essages" if name == "ws" else "&Traffic")
        if name in own:
            tabs.addTab(*own[name])
        tabs.addTab(self.settings[name], "Settin&gs")
        self.panels[name].setContentsMargins(0, theme.S, 0, 0)
        return tabs

    def _lay_out(self) -> None:
        self.start_button = QPushButton("Start all", self)
        self.start_button.clicked.connect(self.start_all)
        self.stop_button = QPushButton("Stop all", self)
        self.stop_button.clicked.connect(self.stop_all)
        buttons = QHBoxLayout()
        buttons.addWidget(self.start_button)
        buttons.addWidget(self.stop_button)
        column = QVBoxLayout()
        column.setSpacing(theme.M)
        column.addLayout(buttons)
        for name, card in self.cards.items():
            card.setFixedWidth(CARD_WIDTH)
            column.addWidget(card)
            self._detail.addWidget(self._details[name])
        column.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.L)
        layout.addLayout(column)
        layout.addWidget(self._detail, 1)

    def _refresh_buttons(self) -> None:
        icons = {self.start_button: "play", self.stop_button: "stop"}
        for button, name in icons.items():
            button.setIcon(theme.icon(name))
        self.start_button.setEnabled(any(control.can_start for control in self.controls))
        self.stop_button.setEnabled(any(control.can_stop for control in self.controls))
