"""To whom a message of the server's user goes: to all clients, to a room, or to one client."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from desktop.server_panels.clients.columns import name_text
from desktop.widgets.live_box import LiveBox
from servers.logs import visible

if TYPE_CHECKING:
    from servers.websocket.client import Client

_WIDTH = 14


class Target(NamedTuple):
    """One client by its number, or a room, or with neither everybody."""

    client: int | None = None
    room: str | None = None


EVERYBODY = Target()


class TargetBox(LiveBox[Target]):
    """Offers everybody, the rooms, and the client that is offered; a chosen client stays chosen when it has gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(EVERYBODY, "All clients", parent)
        self.setMinimumContentsLength(_WIDTH)
        self._clients: Mapping[int, Client] = {}
        self._rooms: dict[str, int] = {}
        self._offered = EVERYBODY
        self._names: dict[int, str] = {}

    def show_clients(self, clients: "Mapping[int, Client]", rooms: dict[str, int]) -> None:
        """Take who is connected, and how many are in each room."""
        self._clients, self._rooms = clients, rooms
        self._fill(self.value)

    def offer(self, client: int, *, choose: bool) -> None:
        """Offer a client besides the others, and choose it."""
        self._offered = Target(client)
        self._fill(self._offered if choose else self.value)

    def name(self, target: Target) -> str:
        """The room, or the name of the client, safe to show."""
        return self._names.get(target.client, "") if target.client is not None else visible(target.room or "")

    def _fill(self, chosen: Target) -> None:
        rooms = (Target(room=one) for one in self._rooms)
        self._remember_names({one.client for one in (self._offered, chosen) if one.client is not None})
        self.fill({one: self._label(one) for one in (EVERYBODY, *rooms, self._offered, chosen)}, chosen)

    def _remember_names(self, wanted: set[int]) -> None:
        known = {one: name_text(self._clients[one]) for one in wanted if one in self._clients}
        self._names = {one: name for one, name in (self._names | known).items() if one in wanted}

    def _label(self, target: Target) -> str:
        if target.client is not None:
            return f"Only {self.name(target)}" if target.client in self._clients else f"{self.name(target)} (gone)"
        if target.room is not None:
            return f"Room {self.name(target)} ({self._rooms.get(target.room, 0):,})"
        return f"All clients ({len(self._clients):,})"
