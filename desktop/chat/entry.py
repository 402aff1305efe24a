"""What a chat transcript holds, and how messages from the wire become it."""

import enum
import itertools
from dataclasses import dataclass, field, replace

from servers.chat_protocol import FROM_CLIENTS, ChatKind, ChatMessage, decode
from servers.exchange import Direction, clock_text
from servers.logs import visible

_serials = itertools.count(1)


class EntryKind(enum.Enum):
    """What an entry is; each kind has a look of its own."""

    OWN = "own"
    BROADCAST = "broadcast"
    REPLY = "reply"
    ECHO = "echo"
    PRIVATE = "private"
    NOTICE = "notice"
    PLAIN = "plain"
    BINARY = "binary"
    JOIN = "join"
    LEAVE = "leave"
    NAME = "name"
    CLIENTS = "clients"
    PING = "ping"
    PONG = "pong"
    OPEN = "open"
    CLOSE = "close"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a transcript.

    ``text`` and ``data`` are as they were on the wire; the text of bytes is their label. ``at_ns`` is a
    ``perf_counter_ns`` value. A reply has the ``id`` of the broadcast that it answers, a private message says ``to``
    whom, a new name which one it ``was``, and bytes which kind of message ``announced`` them, if one did. ``names``
    are those of all clients. ``mine`` marks what the server says about this client: its own message coming back, its
    own joining, its new name. ``size`` is the length in bytes of the message on the wire, uncompressed.
    ``round_trip_ns`` is the time from one's own message to this answer, where it is one. Pings and pongs that no
    person asked for are ``automatic``. ``serial`` tells entries apart within the process.
    """

    kind: EntryKind
    at_ns: int
    text: str = ""
    sender: str = ""
    data: bytes = b""
    direction: Direction = Direction.RECEIVED
    id: int | None = None
    mine: bool = False
    to: str = ""
    was: str = ""
    names: tuple[str, ...] = ()
    announced: EntryKind | None = None
    size: int = 0
    round_trip_ns: int | None = None
    automatic: bool = False
    serial: int = field(default_factory=_serials.__next__)

    @property
    def weight(self) -> int:
        """About how many bytes of memory the entry takes."""
        return 300 + 2 * len(self.text) + len(self.data) + sum(80 + 2 * len(name) for name in self.names)

    @property
    def time(self) -> str:
        """The local time of day, HH:MM:SS.mmm."""
        return clock_text(self.at_ns)


_PREFIXES = {
    "BROADCAST! ": EntryKind.BROADCAST,
    "SPECIAL! ": EntryKind.REPLY,
    "ECHO! ": EntryKind.ECHO,
    "PRIVATE! ": EntryKind.PRIVATE,
}

_KINDS = {
    ChatKind.WELCOME: EntryKind.JOIN,
    ChatKind.BROADCAST: EntryKind.BROADCAST,
    ChatKind.REPLY: EntryKind.REPLY,
    ChatKind.ECHO: EntryKind.ECHO,
    ChatKind.PRIVATE: EntryKind.PRIVATE,
    ChatKind.NOTICE: EntryKind.NOTICE,
    ChatKind.JOIN: EntryKind.JOIN,
    ChatKind.LEAVE: EntryKind.LEAVE,
    ChatKind.NAME: EntryKind.NAME,
    ChatKind.CLIENTS: EntryKind.CLIENTS,
    ChatKind.ERROR: EntryKind.ERROR,
}

_WITH_AUTHOR = (ChatKind.BROADCAST, ChatKind.PRIVATE, ChatKind.NAME)


def read(
    message: str | bytes,
    announced: ChatMessage | None,
    *,
    speaks_chat: bool,
    own_name: str,
    at_ns: int,
    size: int = 0,
) -> tuple[list[Entry], ChatMessage | None]:
    """Turn a received message of ``size`` bytes into entries, and return with them what it announces.

    ``announced`` is the announcement that the message before this one made: the binary frame of that size becomes one
    entry with its sender; after any other message the announcement stands as an entry of its own. What is no message
    of the subprotocol, or is of a kind that a later version may have, stands as plain text.
    """
    if announced is not None:
        if isinstance(message, bytes) and len(message) == announced.size:
            return [_binary(message, announced, own_name, at_ns)], None
        entries, after = read(message, None, speaks_chat=speaks_chat, own_name=own_name, at_ns=at_ns, size=size)
        return [standing(announced, own_name, at_ns), *entries], after
    if isinstance(message, bytes):
        return [Entry(EntryKind.BINARY, at_ns, data=message, size=size)], None
    if not speaks_chat:
        return [_plain(message, at_ns, size)], None
    try:
        chat = decode(message)
    except ValueError:
        return [Entry(EntryKind.PLAIN, at_ns, message, size=size)], None
    if _is_question(chat):
        return [Entry(EntryKind.ECHO, at_ns, message, size=size)], None
    return ([], chat) if chat.size is not None else ([_chat(chat, own_name, at_ns, size)], None)


def standing(announced: ChatMessage, own_name: str, at_ns: int) -> Entry:
    """The entry of an announcement whose bytes did not come."""
    return _chat(announced, own_name, at_ns, 0)


def shown(text: str) -> str:
    """``text`` as a person may safely see it: line ends kept, other control and bidirectional characters escaped."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _plain(text: str, at_ns: int, size: int) -> Entry:
    kind = next((kind for prefix, kind in _PREFIXES.items() if text.startswith(prefix)), EntryKind.PLAIN)
    return Entry(kind, at_ns, text, size=size)


def said(text: str) -> str:
    """What a plain answer repeats: the text behind the server's word for what it is."""
    return next((text.removeprefix(prefix) for prefix in _PREFIXES if text.startswith(prefix)), text)


def _chat(message: ChatMessage, own_name: str, at_ns: int, size: int) -> Entry:
    return Entry(
        _kind_of(message),
        at_ns,
        message.text,
        message.sender,
        id=message.id,
        mine=_is_mine(message, own_name),
        to=message.to,
        was=message.was,
        names=message.clients,
        size=size,
    )


def _is_question(message: ChatMessage) -> bool:
    """Whether this is what clients ask, which comes back from a server that repeats everything."""
    return message.kind is ChatKind.LIST or (message.kind is ChatKind.NAME and not message.was)


def _kind_of(message: ChatMessage) -> EntryKind:
    """What a message is shown as; without a sender, what clients say is this client's own, repeated verbatim."""
    repeated = message.kind in FROM_CLIENTS and not message.sender
    return EntryKind.ECHO if repeated else _KINDS.get(message.kind, EntryKind.ECHO)


def _is_mine(message: ChatMessage, own_name: str) -> bool:
    author = message.was if message.kind is ChatKind.NAME else message.sender
    return message.kind is ChatKind.WELCOME or (message.kind in _WITH_AUTHOR and author == own_name != "")


def _binary(data: bytes, announced: ChatMessage, own_name: str, at_ns: int) -> Entry:
    entry = _chat(announced, own_name, at_ns, len(data))
    return replace(entry, kind=EntryKind.BINARY, data=data, announced=entry.kind)
