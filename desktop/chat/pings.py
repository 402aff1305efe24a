"""The pings and pongs of a connection as entries of its transcript (RFC 6455, sections 5.5.2 and 5.5.3)."""

from collections import deque
from typing import NamedTuple

from desktop.chat.entry import Entry, EntryKind
from servers.exchange import Direction, Kind, Message

_PENDING = 100
"""Pings that may wait for their pong; the oldest go first."""


class _Sent(NamedTuple):
    data: bytes
    at_ns: int
    automatic: bool


class Pings:
    """Which pings a person asked for, and how long each took. ``latency`` is the last round trip in seconds."""

    def __init__(self) -> None:
        self.latency: float | None = None
        self._wanted: list[bytes] = []
        self._sent: deque[_Sent] = deque(maxlen=_PENDING)

    def wanted(self, data: bytes) -> None:
        """The ping with this data, which is sent next, is a person's."""
        self._wanted.append(data)

    def entry(self, message: Message) -> Entry:
        """A ping or pong of either side; a pong for a ping of this side has its round trip."""
        kind = EntryKind.PING if message.kind is Kind.PING else EntryKind.PONG
        automatic, took = True, None
        if kind is EntryKind.PING and message.direction is Direction.SENT:
            automatic = self._note(message)
        elif kind is EntryKind.PONG and message.direction is Direction.RECEIVED:
            automatic, took = self._answered(message)
        return Entry(
            kind,
            message.at_ns,
            data=message.data,
            direction=message.direction,
            size=message.size,
            round_trip_ns=took,
            automatic=automatic,
        )

    def _note(self, ping: Message) -> bool:
        is_wanted = ping.data in self._wanted
        if is_wanted:
            self._wanted.remove(ping.data)
        self._sent.append(_Sent(ping.data, ping.at_ns, not is_wanted))
        return not is_wanted

    def _answered(self, pong: Message) -> tuple[bool, int | None]:
        """Which ping it answers: of those with the same data the one that has waited longest."""
        ping = next((one for one in self._sent if one.data == pong.data), None)
        if ping is None:
            return True, None
        self._sent.remove(ping)
        took = pong.at_ns - ping.at_ns
        self.latency = took / 1e9
        return ping.automatic, took
