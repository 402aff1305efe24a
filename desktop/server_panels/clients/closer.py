"""Closes the connections of the clients that are chosen, under a code and a reason."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.server_panels.clients.columns import name_text
from desktop.server_panels.clients.filter_row import clients_text
from desktop.widgets.close_row import CloseRow, meaning
from servers.close_codes import SERVER_CODES

if TYPE_CHECKING:
    from servers.websocket.client import Client
    from servers.websocket.server import WebSocketServer

_SHOWN = 16
"""Characters of a name on the button."""


class Closer(CloseRow):
    """A row whose button names whom it closes; ``said`` has a sentence about it, and whether nobody was closed."""

    said = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(SERVER_CODES, parent)
        self._server: WebSocketServer | None = None
        self._clients: list[Client] = []
        self.chosen.connect(self._close)

    def attach(self, server: "WebSocketServer") -> None:
        """From now on close clients of this server."""
        self._server = server

    def show_chosen(self, clients: "list[Client]") -> None:
        """Close these clients, when it is asked for."""
        self._clients = clients
        names = _names(clients)
        short = names if len(names) <= _SHOWN else f"{names[:_SHOWN]}…"
        self.button.setText(f"Close {short}".replace("&", "&&"))
        self.button.setAccessibleName(f"Close {names}")
        self.button.setEnabled(bool(clients))

    def _close(self, code: int, reason: str) -> None:
        if self._server is None or not self._clients:
            self.said.emit("Nobody was closed: choose clients in the table.", True)
            return
        hub = self._server.hub
        closed = {one.id for one in self._clients if hub.close(one.id, code, reason)}
        there = [one for one in self._clients if one.id in closed]
        gone = [one for one in self._clients if one.id not in closed]
        words = [f"Closing {_names(there)} with {code} ({meaning(code)})."] if there else []
        words += [f"{_names(gone)} had left already."] if gone else []
        self.said.emit(" ".join(words), not there)


def _names(clients: "list[Client]") -> str:
    return name_text(clients[0]) if len(clients) == 1 else clients_text(len(clients))
