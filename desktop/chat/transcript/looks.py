"""How each kind of transcript entry looks, so that none is told by colour alone, and what it says in words."""

import enum
from dataclasses import dataclass, replace

from desktop.chat.entry import Entry, EntryKind, shown
from desktop.chat.people import name_text
from desktop.widgets.figures import latency_text, size_text
from servers.chat_protocol import byte_count
from servers.exchange import Direction
from servers.logs import visible


class Place(enum.Enum):
    """Where in the transcript an entry stands."""

    LEFT = "left"
    RIGHT = "right"
    FULL = "full width"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Look:
    """``fill`` and ``line`` name colours of the theme; ``bar`` adds a thick line at the left edge.

    ``faint`` is for what nobody needs to notice.
    """

    badge: str
    icon: str
    place: Place
    fill: str
    line: str
    dashed: bool = False
    bar: bool = False
    faint: bool = False


_LOOKS = {
    EntryKind.OWN: Look("You", "send", Place.RIGHT, "own", "own"),
    EntryKind.BROADCAST: Look("Broadcast", "bullhorn", Place.LEFT, "broadcast", "border"),
    EntryKind.REPLY: Look("Special reply to you", "star", Place.FULL, "reply", "reply_line", bar=True),
    EntryKind.ECHO: Look("Echo", "repeat", Place.LEFT, "surface", "accent", dashed=True),
    EntryKind.PRIVATE: Look("Private", "lock", Place.LEFT, "surface", "accent", bar=True),
    EntryKind.NOTICE: Look("Notice from the server", "message-alert", Place.FULL, "raised", "accent", bar=True),
    EntryKind.PLAIN: Look("Server message", "server", Place.LEFT, "surface", "border"),
    EntryKind.BINARY: Look("Binary", "hexadecimal", Place.LEFT, "raised", "muted"),
    EntryKind.JOIN: Look("Joined", "account-plus", Place.CENTER, "surface", "surface", faint=True),
    EntryKind.LEAVE: Look("Left", "account-minus", Place.CENTER, "surface", "surface", faint=True),
    EntryKind.NAME: Look("Renamed", "account-edit", Place.CENTER, "surface", "surface", faint=True),
    EntryKind.CLIENTS: Look("Clients", "account-group", Place.LEFT, "surface", "border"),
    EntryKind.PING: Look("Ping", "arrow-expand-right", Place.CENTER, "surface", "border", dashed=True),
    EntryKind.PONG: Look("Pong", "arrow-expand-left", Place.CENTER, "surface", "border", dashed=True),
    EntryKind.OPEN: Look("Opened", "lan-connect", Place.CENTER, "surface", "running"),
    EntryKind.CLOSE: Look("Closed", "lan-disconnect", Place.CENTER, "surface", "stopped"),
    EntryKind.ERROR: Look("Error", "alert-circle", Place.FULL, "surface", "failed", bar=True),
}

_BYTES: dict[EntryKind | None, str] = {
    EntryKind.BROADCAST: "Binary broadcast",
    EntryKind.PRIVATE: "Private binary",
    EntryKind.NOTICE: "Binary notice from the server",
}
"""What bytes are called that a message of a kind announced."""

SPOKEN = 1_500
"""Characters, or three times the bytes, that a screen reader is given."""

_LABEL = 200
_CONTROLS = (EntryKind.PING, EntryKind.PONG)
_KEEP_THEIR_LOOK = (EntryKind.PRIVATE, EntryKind.NOTICE)


def look_of(entry: Entry) -> Look:
    """The look of an entry; one's own private message stands at the right when it comes back."""
    look = _LOOKS[entry.kind]
    if entry.kind in _CONTROLS:
        return _look_of_control(entry, look)
    if entry.kind is EntryKind.BINARY:
        look = _look_of_bytes(entry, look)
    own = entry.mine and _said_as(entry) is EntryKind.PRIVATE
    return replace(look, place=Place.RIGHT, fill="own") if own else look


def sender_of(entry: Entry) -> str:
    """Whom a bubble names beside its badge: the author of a broadcast, or whom a private message is from or to."""
    kind, sender = _said_as(entry), name_text(entry.sender)
    if entry.direction is Direction.SENT and entry.to:
        return f"to {name_text(entry.to)}"
    if not sender:
        return ""
    if kind is EntryKind.PRIVATE:
        return f"to {name_text(entry.to)}" if entry.mine else f"from {sender}"
    if kind is EntryKind.BROADCAST:
        return f"{sender} (you)" if entry.mine else sender
    return ""


def body_of(entry: Entry, limit: int | None = None) -> str:
    """What an entry says: the text, or the bytes as hex. ``limit`` bounds characters or bytes."""
    if entry.kind is EntryKind.BINARY:
        kept = entry.data[:limit]
        return kept.hex(" ") + _more(len(entry.data) - len(kept), "bytes")
    whole = words_of(entry)
    text = whole[:limit]
    return shown(text) + _more(len(whole) - len(text), "characters")


def words_of(entry: Entry) -> str:
    """The text of an entry as it came, with what else there is to say."""
    if entry.kind in _CONTROLS:
        return _payload(entry)
    if entry.names:
        return f"{entry.text}\n{', '.join(entry.names)}"
    return f"{entry.text} That is you." if entry.kind is EntryKind.NAME and entry.mine else entry.text


def heading(entry: Entry) -> str:
    """What an entry is, and from or to whom."""
    badge, sender = look_of(entry).badge, sender_of(entry)
    if not sender:
        return badge
    says_which_way = _said_as(entry) is not EntryKind.BROADCAST
    return f"{badge} {sender}" if says_which_way else f"{badge} from {sender}"


def spoken(entry: Entry) -> str:
    """What a screen reader says: kind, sender, text, size, round trip, time."""
    label = [label_of(entry)] if entry.kind is EntryKind.BINARY and label_of(entry) else []
    body = body_of(entry, SPOKEN // 3 if entry.data else SPOKEN)
    return f"{heading(entry)}: {', '.join([*label, body, *about(entry)])}"


def about(entry: Entry) -> list[str]:
    """Size, round trip and time in words, as far as they are known."""
    size, took = size_of(entry), round_trip_of(entry)
    return [
        *([f"{size:,} byte{'' if size == 1 else 's'}"] if size else []),
        *([f"round trip {took}"] if took else []),
        entry.time,
    ]


def label_of(entry: Entry) -> str:
    """What stands beside bytes, where it says more than their number."""
    return "" if entry.text == byte_count(len(entry.data)) else visible(entry.text[:_LABEL])


def line_of(entry: Entry) -> str:
    """An entry as one of several in copied text."""
    return f"{entry.time} {heading(entry)}: {body_of(entry)}"


def size_of(entry: Entry) -> int:
    """Bytes on the wire, as far as they are known."""
    return entry.size or len(entry.data)


def size_words(entry: Entry) -> str:
    """The same in few characters; empty for none."""
    return size_text(size) if (size := size_of(entry)) else ""


def round_trip_of(entry: Entry) -> str:
    """How long the answer took; empty where it is none."""
    return "" if entry.round_trip_ns is None else latency_text(entry.round_trip_ns / 1e9)


def _said_as(entry: Entry) -> EntryKind | None:
    """The kind of an entry, for bytes that of their announcement."""
    return entry.announced if entry.kind is EntryKind.BINARY else entry.kind


def _look_of_bytes(entry: Entry, look: Look) -> Look:
    if entry.direction is Direction.SENT:
        return replace(look, badge="You, binary", place=Place.RIGHT, fill="own")
    if entry.announced in _KEEP_THEIR_LOOK:
        look = replace(_LOOKS[entry.announced], icon=look.icon)
    return replace(look, badge=_BYTES.get(entry.announced, "Binary"))


def _look_of_control(entry: Entry, look: Look) -> Look:
    way = "sent" if entry.direction is Direction.SENT else "received"
    if not entry.automatic:
        return replace(look, badge=f"{look.badge} {way}")
    return replace(look, badge=f"{look.badge} {way} automatically", line="surface", faint=True)


def _payload(entry: Entry) -> str:
    """What a ping or pong carries: as text where it is that, else as hex."""
    try:
        text = entry.text or entry.data.decode()
    except UnicodeDecodeError:
        return entry.data.hex(" ")
    return f"“{text}”" if text.isprintable() and text else entry.data.hex(" ")


def _more(count: int, unit: str) -> str:
    return f" … {count:,} more {unit}" if count > 0 else ""
