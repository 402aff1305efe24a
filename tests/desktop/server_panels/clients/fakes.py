"""Clients that are connected to nothing, for tests of how they are shown."""

from dataclasses import dataclass
from time import perf_counter_ns
from typing import cast

from servers.exchange import Endpoint
from servers.websocket.client import Client

_MINUTE_NS = 60_000_000_000


@dataclass(eq=False)
class _Fake:
    """What the tab reads of a client."""

    id: int
    name: str
    room: str
    remote: Endpoint | None
    since_ns: int
    speaks_chat: bool = True
    compressed: bool = False
    messages_in: int = 0
    messages_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    pending: int = 0
    dropped: int = 0
    latency: float | None = None


def fake(number: int, name: str = "", room: str = "/", **values: object) -> Client:
    """A client that has been connected for so many minutes as its number says."""
    since_ns = perf_counter_ns() - number * _MINUTE_NS
    remote = ("127.0.0.1", 50_000 + number)
    one = _Fake(number, name or f"Client {number}", room, remote, since_ns)
    for key, value in values.items():
        setattr(one, key, value)
    return cast(Client, one)
