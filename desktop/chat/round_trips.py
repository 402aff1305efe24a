"""Finds out which of one's own messages an answer belongs to, and how long it took."""

from collections import deque
from dataclasses import replace

from desktop.chat.entry import Entry, EntryKind, said
from servers.chat_protocol import byte_count

PENDING = 1000
"""Messages that may wait for an answer; the oldest go first."""

_ANSWERS = (EntryKind.REPLY, EntryKind.ECHO, EntryKind.PLAIN, EntryKind.BINARY)


class RoundTrips:
    """Messages that were sent, until their answer comes: a special reply, an echo, or the same message again.

    The special reply to bytes says how many they were.

    Servers answer in order, so an answer ends the waiting of all messages before the one that it belongs to.
    """

    def __init__(self) -> None:
        self._pending: deque[tuple[str | bytes, int]] = deque(maxlen=PENDING)

    def sent(self, content: str | bytes, at_ns: int) -> None:
        """A message went out, at a ``perf_counter_ns`` value."""
        self._pending.append((content, at_ns))

    def timed(self, entry: Entry) -> Entry:
        """The entry with its round trip, if it is an answer; a plain message that came back is an echo."""
        if not self._pending or entry.kind not in _ANSWERS or entry.announced in _OF_OTHERS:
            return entry
        took = self._answered(_content(entry), entry.at_ns, is_reply=entry.kind is EntryKind.REPLY)
        if took is None:
            return entry
        kind = EntryKind.ECHO if entry.kind is EntryKind.PLAIN else entry.kind
        announced = EntryKind.ECHO if kind is EntryKind.BINARY else None
        return replace(entry, kind=kind, announced=announced, round_trip_ns=took)

    def _answered(self, content: str | bytes, at_ns: int, *, is_reply: bool) -> int | None:
        fits = _is_same_or_counted if is_reply else _is_same
        number = next((number for number, (waiting, _) in enumerate(self._pending) if fits(waiting, content)), None)
        if number is None:
            return None
        for _ in range(number):
            self._pending.popleft()
        return at_ns - self._pending.popleft()[1]


def _content(entry: Entry) -> str | bytes:
    return entry.data if entry.kind is EntryKind.BINARY else said(entry.text)


def _is_same(waiting: str | bytes, content: str | bytes) -> bool:
    return waiting == content


def _is_same_or_counted(waiting: str | bytes, content: str | bytes) -> bool:
    return waiting == content or (isinstance(waiting, bytes) and byte_count(len(waiting)) == content)


_OF_OTHERS = (EntryKind.BROADCAST, EntryKind.PRIVATE, EntryKind.NOTICE)
