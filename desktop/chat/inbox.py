"""What comes in over one connection, as entries in their true order, with what it tells about names and times."""

from codecs import utf_8_decode
from collections import deque
from collections.abc import Callable
from time import perf_counter_ns

from desktop.chat.entry import Entry, EntryKind, read, standing
from desktop.chat.people import People
from desktop.chat.pings import Pings
from desktop.chat.round_trips import RoundTrips
from servers.chat_protocol import ChatMessage
from servers.exchange import Direction, Kind, Message

_CONTROL = (Kind.PING, Kind.PONG)


class Inbox:
    """Joins what was recorded of a connection to the messages that are read from it a little later.

    ``name`` becomes what the server calls this client. Control frames wait for the messages before them.
    """

    def __init__(self, name: str, on_entry: Callable[[Entry], None]) -> None:
        self.name = name
        self.speaks_chat = False
        self.round_trips, self.pings, self.people = RoundTrips(), Pings(), People()
        self._on_entry = on_entry
        self._announced: ChatMessage | None = None
        self._waiting: deque[Message | Entry] = deque()

    def record(self, message: Message) -> None:
        """A message was received, or a ping or pong passed in either direction."""
        if message.kind not in _CONTROL:
            if message.direction is Direction.RECEIVED and message.kind is not Kind.CLOSE:
                self._waiting.append(message)
            return
        entry = self.pings.entry(message)
        if self._waiting:
            self._waiting.append(entry)
        else:
            self._on_entry(entry)

    def receive(self, message: str | bytes) -> bool:
        """Tell of the next message that was recorded; returns whether a name changed, or who is there."""
        self._tell_controls()
        record = self._waiting.popleft()
        entries, self._announced = read(
            message,
            self._announced,
            speaks_chat=self.speaks_chat,
            own_name=self.name,
            at_ns=record.at_ns,
            size=record.size,
        )
        learned = False
        for entry in entries:
            learned |= self._learn(entry)
            self._on_entry(self.round_trips.timed(entry))
        self._tell_controls()
        return learned

    def end(self) -> None:
        """The connection has ended: tell of what came last, and of a text that could not be read.

        What came behind that text was not read: such a text ends a connection (RFC 6455, section 8.1).
        """
        for one in self._waiting:
            if isinstance(one, Entry):
                self._on_entry(one)
            elif one.kind is Kind.TEXT and not _is_utf8(one):
                words = one.data.decode(errors="backslashreplace")
                text = f"The server sent a text that is not UTF-8: {words}"
                self._on_entry(Entry(EntryKind.ERROR, perf_counter_ns(), text, size=one.size))
        self._waiting.clear()
        if self._announced is not None:
            self._on_entry(standing(self._announced, self.name, perf_counter_ns()))
            self._announced = None

    def _tell_controls(self) -> None:
        while self._waiting and isinstance(entry := self._waiting[0], Entry):
            self._waiting.popleft()
            self._on_entry(entry)

    def _learn(self, entry: Entry) -> bool:
        is_own = entry.mine and entry.kind in (EntryKind.JOIN, EntryKind.NAME) and entry.sender != self.name
        if is_own:
            self.name = entry.sender
        return self.people.learn(entry) or is_own


def _is_utf8(text: Message) -> bool:
    """Whether a message can be read, as far as its record has kept it."""
    try:
        utf_8_decode(text.data, "strict", not text.truncated)
    except UnicodeDecodeError:
        return False
    return True
