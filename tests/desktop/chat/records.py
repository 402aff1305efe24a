"""Records of what passes over a connection, made up for tests."""

from desktop.chat.entry import Entry, EntryKind
from servers.exchange import Direction, End, Exchange, Kind, Message

EXCHANGE = Exchange(
    "chat", End.CLIENT, "GET", "/", "1.1", (), b"", 0, 101, "Switching Protocols", (), b"", 0, 1, 2, 3, None, None, 1
)


def passed(kind: Kind, data: bytes = b"", at_ns: int = 0, *, sent: bool = False) -> Message:
    """A message or control frame of this client's connection."""
    return Message(EXCHANGE, Direction.SENT if sent else Direction.RECEIVED, kind, data, len(data), at_ns)


def told(kind: EntryKind, sender: str = "", was: str = "", names: tuple[str, ...] = ()) -> Entry:
    """What a server tells about people."""
    return Entry(kind, 0, sender=sender, was=was, names=names)
