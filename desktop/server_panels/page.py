"""The Servers page: three cards, and beside them the traffic of the chosen one, for REST also its data."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.server_panels.card import ServerCard
from desktop.server_panels.control import ServerControl
from desktop.server_panels.data.panel import DataPanel
from desktop.server_panels.traffic import by_server
from desktop.server_panels.traffic_panel import TrafficPanel
from desktop.tasks import TaskSet
from servers.exchange import Record
from servers.settings import Mode

CARD_WIDTH = 360
MODE_TITLES = {
    Mode.ECHO: "Echo",
    Mode.VERBATIM: "Verbatim echo",
    Mode.BROADCAST: "Broadcast",
    Mode.BROADCAST_REPLY: "Broadcast + special reply",
}


class ServersPage(QWidget):
    """Starts and stops the servers and shows their traffic; ``mode_chosen`` asks for another WebSocket mode.

    ``explorer_wanted`` carries an Exchange that its user wants to send again.
    """

    mode_chosen = Signal(Mode)
    explorer_wanted = Signal(object)

    def __init__(
        self, controls: tuple[ServerControl, ...], mode: Mode, tasks: TaskSet, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.controls = controls
        self.cards = {control.spec.name: ServerCard(control) for control in controls}
        self.panels = {control.spec.name: TrafficPanel(control) for control in controls}
        self.data = DataPanel(next(one for one in controls if one.spec.name == "rest"), tasks, self)
        self._details: dict[str, QWidget] = {**self.panels, "rest": self._make_rest_tabs()}
        self._detail = QStackedWidget(self)
        self._make_mode_selector(mode)
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

    def _make_rest_tabs(self) -> QTabWidget:
        self.panels["rest"].setContentsMargins(0, theme.S, 0, 0)
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        for widget, title in ((self.panels["rest"], "&Traffic"), (self.data, "&Data")):
            tabs.addTab(widget, title)
        return tabs

    def _make_mode_selector(self, mode: Mode) -> None:
        self.mode = QComboBox(self)
        for one, title in MODE_TITLES.items():
            self.mode.addItem(title, one)
        self.mode.setCurrentIndex(list(MODE_TITLES).index(mode))
        self.mode.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.mode.setMinimumContentsLength(12)
        self.mode.setToolTip("What the server does with a message; counts from the next one")
        self.mode.activated.connect(self._choose_mode)
        label = QLabel("&Mode", self)
        label.setBuddy(self.mode)
        tools = self.panels["ws"].tools
        tools.addWidget(label)
        tools.addWidget(self.mode)

    def _choose_mode(self, index: int) -> None:
        self.mode_chosen.emit(list(MODE_TITLES)[index])

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
