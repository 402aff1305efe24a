"""The pings and pongs of a connection as entries of its transcript (RFC 6455, sections 5.5.2 and 5.5.3)."""

from collections import OrderedDict

from desktop.chat.entry import Entry, EntryKind
from servers.exchange import Direction, Kind, Message

_PENDING = 100
"""Pings that may wait for their pong; the oldest go first."""


class Pings:
    """Which pings a person asked for, and how long each took. ``latency`` is the last round trip in seconds."""

    def __init__(self) -> None:
        self.latency: float | None = None
        self._wanted: list[bytes] = []
        self._sent: OrderedDict[bytes, tuple[int, bool]] = OrderedDict()

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
        self._sent[ping.data] = ping.at_ns, not is_wanted
        self._sent.move_to_end(ping.data)
        if len(self._sent) > _PENDING:
            self._sent.popitem(last=False)
        return not is_wanted

    def _answered(self, pong: Message) -> tuple[bool, int | None]:
        sent_ns, automatic = self._sent.pop(pong.data, (None, True))
        if sent_ns is None:
            return automatic, None
        self.latency = (pong.at_ns - sent_ns) / 1e9
        return automatic, pong.at_ns - sent_ns
