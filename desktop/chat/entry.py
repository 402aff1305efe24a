"""What a chat transcript holds, and how messages from the wire become it."""

import enum
import itertools
from dataclasses import dataclass, field

from servers.chat_protocol import ChatKind, ChatMessage, decode
from servers.exchange import Direction, wall_time
from servers.logs import visible

_serials = itertools.count(1)


class EntryKind(enum.Enum):
    """What an entry is; each kind has a look of its own."""

    OWN = "own"
    BROADCAST = "broadcast"
    REPLY = "reply"
    ECHO = "echo"
    PLAIN = "plain"
    BINARY = "binary"
    JOIN = "join"
    LEAVE = "leave"
    OPEN = "open"
    CLOSE = "close"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a transcript.

    ``text`` and ``data`` are as they were on the wire. ``at_ns`` is a ``perf_counter_ns`` value. A reply has the ``id``
    of the broadcast that it answers. ``mine`` marks what the server says about this client: its own message coming back
    as a broadcast, its own joining. ``serial`` tells entries apart within the process.
    """

    kind: EntryKind
    at_ns: int
    text: str = ""
    sender: str = ""
    data: bytes = b""
    direction: Direction = Direction.RECEIVED
    id: int | None = None
    mine: bool = False
    serial: int = field(default_factory=_serials.__next__)

    @property
    def weight(self) -> int:
        """About how many bytes of memory the entry takes."""
        return 300 + 2 * len(self.text) + len(self.data)

    @property
    def time(self) -> str:
        """The local time of day, HH:MM:SS."""
        return wall_time(self.at_ns).astimezone().strftime("%H:%M:%S")


_PREFIXES = {"BROADCAST! ": EntryKind.BROADCAST, "SPECIAL! ": EntryKind.REPLY, "ECHO! ": EntryKind.ECHO}

_KINDS = {
    ChatKind.SAY: EntryKind.ECHO,  # a server that repeats messages verbatim sends a client's own words back
    ChatKind.WELCOME: EntryKind.JOIN,
    ChatKind.BROADCAST: EntryKind.BROADCAST,
    ChatKind.REPLY: EntryKind.REPLY,
    ChatKind.ECHO: EntryKind.ECHO,
    ChatKind.JOIN: EntryKind.JOIN,
    ChatKind.LEAVE: EntryKind.LEAVE,
    ChatKind.ERROR: EntryKind.ERROR,
}


def read(
    message: str | bytes, announced: ChatMessage | None, *, speaks_chat: bool, own_name: str, at_ns: int
) -> tuple[list[Entry], ChatMessage | None]:
    """Turn a received message into entries, and return with them what it announces.

    ``announced`` is the announcement that the message before this one made: the binary frame of that size becomes one
    entry with its sender; after any other message the announcement stands as an entry of its own.
    """
    if announced is not None:
        if isinstance(message, bytes) and len(message) == announced.size:
            return [_binary(message, announced, own_name, at_ns)], None
        entries, after = read(message, None, speaks_chat=speaks_chat, own_name=own_name, at_ns=at_ns)
        return [_chat(announced, own_name, at_ns), *entries], after
    if isinstance(message, bytes):
        return [Entry(EntryKind.BINARY, at_ns, data=message)], None
    if not speaks_chat:
        return [_plain(message, at_ns)], None
    try:
        chat = decode(message)
    except ValueError:
        return [Entry(EntryKind.PLAIN, at_ns, message)], None
    return ([], chat) if chat.size is not None else ([_chat(chat, own_name, at_ns)], None)


def shown(text: str) -> str:
    """``text`` as a person may safely see it: line ends kept, other control and bidirectional characters escaped."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _plain(text: str, at_ns: int) -> Entry:
    kind = next((kind for prefix, kind in _PREFIXES.items() if text.startswith(prefix)), EntryKind.PLAIN)
    return Entry(kind, at_ns, text)


def _chat(message: ChatMessage, own_name: str, at_ns: int) -> Entry:
    mine = message.kind is ChatKind.WELCOME or (message.sender == own_name and message.kind is ChatKind.BROADCAST)
    return Entry(_KINDS[message.kind], at_ns, message.text, message.sender, id=message.id, mine=mine)


def _binary(data: bytes, announced: ChatMessage, own_name: str, at_ns: int) -> Entry:
    mine = announced.sender == own_name
    return Entry(EntryKind.BINARY, at_ns, sender=announced.sender, data=data, id=announced.id, mine=mine)
