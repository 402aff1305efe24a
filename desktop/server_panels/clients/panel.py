"""The Clients tab: the mode of the WebSocket server, its clients, and what its user sends them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.clients.closer import Closer
from desktop.server_panels.clients.filter_row import FilterRow
from desktop.server_panels.clients.mode_row import ModeRow
from desktop.server_panels.clients.send_bar import SendBar
from desktop.server_panels.clients.table import ClientTable
from desktop.server_panels.control import ServerControl
from desktop.tasks import TaskSet
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.message_line import MessageLine
from servers.server import ServerState

if TYPE_CHECKING:
    from servers.websocket.server import WebSocketServer

REFRESH_MS = 500
"""How often the table looks who is connected, while it is visible."""


class ClientsPanel(QWidget):
    """Shows who is connected while it is visible; ``page_wanted`` asks for the HTML page in the browser."""

    page_wanted = Signal()

    def __init__(self, control: ServerControl, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._server: WebSocketServer | None = None
        self.mode_row = ModeRow(control, self)
        self.filters = FilterRow(self)
        self.table = ClientTable(self)
        self.closer = Closer(self)
        self.send_bar = SendBar(tasks, self)
        self.message = MessageLine(parent=self)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._look)
        self._make_empty_pages()
        self._lay_out()
        self._wire()
        self._follow()

    @property
    def looks(self) -> bool:
        """Whether it looks for clients now and then."""
        return self._timer.isActive()

    def attach(self, server: "WebSocketServer") -> None:
        """From now on show the clients of this server."""
        self._server = server
        self.closer.attach(server)
        self.send_bar.attach(server)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._timer.stop()

    def _make_empty_pages(self) -> None:
        self.stopped = EmptyState("account-multiple-outline", "", self)
        self.start = self.stopped.add_button("Start", "play")
        self.start.setAccessibleName(f"Start the {self._control.spec.title} server")
        self.nobody = EmptyState("account-multiple-outline", "", self)
        self.try_button = self.nobody.add_button(self._control.spec.try_label, "chat-outline")
        self.try_button.setToolTip(self._control.spec.try_tip)

    def _lay_out(self) -> None:
        self.listing = QWidget(self)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        for widget in (self.filters, self.table, self.closer):
            column.addWidget(widget)
        self.closer.hide()
        self.stack = QStackedWidget(self)
        for page in (self.stopped, self.nobody, self.listing):
            self.stack.addWidget(page)
        held = self.message.sizePolicy()
        held.setRetainSizeWhenHidden(True)  # the table must not jump whenever something is said
        self.message.setSizePolicy(held)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.M, 0, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(self.mode_row)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.send_bar)
        layout.addWidget(self.message)

    def _wire(self) -> None:
        self._control.changed.connect(self._follow)
        self.start.clicked.connect(self._control.start)
        self.try_button.clicked.connect(self._control.request_try)
        self.mode_row.page_wanted.connect(self.page_wanted)
        self.filters.changed.connect(self._filter)
        self.filters.close_button.toggled.connect(self._show_closer)
        self.table.choice_changed.connect(self._follow_choice)
        self.table.send_wanted.connect(self.send_bar.aim)
        self.table.close_wanted.connect(self._offer_closing)
        self.closer.said.connect(self._tell_closed)
        self.send_bar.said.connect(self._tell)

    def _follow(self) -> None:
        """Look at a server that runs, and say of another why there is nothing to see."""
        running = self._control.state is ServerState.RUNNING
        if running and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()
        if not running:
            self.message.say("")
        self.send_bar.setVisible(running)
        self.start.setEnabled(self._control.can_start)
        self.stopped.text.setText(self._why_stopped())
        url = self._control.url
        self.nobody.text.setText(
            f"No client is connected.\nClients connect to {url}, or to {url}/rooms/NAME for a room of their own."
            "\nTry it with two chat windows, or with the HTML page."
        )
        self._look()

    def _why_stopped(self) -> str:
        if self._control.error:
            return self._control.error
        if self._control.can_start or not self._control.ready:
            return "The clients are shown while the server runs.\nPress Start to let them in."
        return "One moment…"

    def _look(self) -> None:
        """Bring everything up to date with who is connected."""
        running = self._server is not None and self._control.state is ServerState.RUNNING
        clients = self._server.hub.clients if self._server is not None and running else {}
        rooms = self._server.hub.rooms() if self._server is not None and clients else {}
        self.table.show_clients(clients.values())
        self.filters.show_clients(len(clients), len(self.table.clients.rows), rooms)
        self.send_bar.target.show_clients(clients, rooms)
        page = self.listing if clients else self.nobody if running else self.stopped
        self.stack.setCurrentWidget(page)
        self._show_choice()

    def _filter(self) -> None:
        self.table.clients.text = self.filters.text.text().casefold()
        self.table.clients.room = self.filters.rooms.value
        self._look()

    def _follow_choice(self) -> None:
        chosen = self.table.chosen()
        if len(chosen) == 1:
            self.send_bar.follow(chosen[0].id)
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.table.chosen()
        self.closer.show_chosen(chosen)
        self.filters.close_button.setEnabled(bool(chosen) or self.filters.close_button.isChecked())

    def _show_closer(self, shown: bool) -> None:
        self.closer.setVisible(shown)
        if shown:
            self.closer.code.setFocus()

    def _offer_closing(self) -> None:
        self.filters.close_button.setChecked(True)
        self.closer.code.setFocus()

    def _tell_closed(self, sentence: str, is_fault: bool) -> None:
        self.filters.close_button.setChecked(False)
        self._tell(sentence, is_fault)

    def _tell(self, sentence: str, is_fault: bool) -> None:
        self.message.say(sentence, fault=is_fault)
