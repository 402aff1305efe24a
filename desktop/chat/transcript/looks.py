"""How each kind of transcript entry looks: place, badge, icon and colours, so that none is told by colour alone."""

import enum
from dataclasses import dataclass, replace

from desktop.chat.entry import Entry, EntryKind, shown
from servers.chat_protocol import byte_count
from servers.exchange import Direction
from servers.logs import visible

HEX_SHOWN = 128
TEXT_SHOWN = 4000
"""Bytes and characters that a bubble shows; copying takes all of them."""

_LABEL_SHOWN = 200


class Place(enum.Enum):
    """Where in the transcript an entry stands."""

    LEFT = "left"
    RIGHT = "right"
    FULL = "full width"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Look:
    """``fill`` and ``line`` name colours of the theme; ``bar`` adds a thick line at the left edge."""

    badge: str
    icon: str
    place: Place
    fill: str
    line: str
    dashed: bool = False
    bar: bool = False


_LOOKS = {
    EntryKind.OWN: Look("You", "send", Place.RIGHT, "own", "own"),
    EntryKind.BROADCAST: Look("Broadcast", "bullhorn", Place.LEFT, "broadcast", "border"),
    EntryKind.REPLY: Look("Special reply to you", "star", Place.FULL, "reply", "reply_line", bar=True),
    EntryKind.ECHO: Look("Echo", "repeat", Place.LEFT, "surface", "accent", dashed=True),
    EntryKind.PRIVATE: Look("Private", "lock", Place.LEFT, "surface", "accent", bar=True),
    EntryKind.NOTICE: Look("Notice from the server", "message-alert", Place.FULL, "raised", "accent", bar=True),
    EntryKind.PLAIN: Look("Server message", "server", Place.LEFT, "surface", "border"),
    EntryKind.BINARY: Look("Binary", "hexadecimal", Place.LEFT, "raised", "muted"),
    EntryKind.JOIN: Look("Joined", "account-plus", Place.CENTER, "surface", "surface"),
    EntryKind.LEAVE: Look("Left", "account-minus", Place.CENTER, "surface", "surface"),
    EntryKind.NAME: Look("Renamed", "account-edit", Place.CENTER, "surface", "surface"),
    EntryKind.CLIENTS: Look("Clients", "account-group", Place.LEFT, "surface", "border"),
    EntryKind.PING: Look("Ping", "arrow-expand-right", Place.CENTER, "surface", "surface"),
    EntryKind.PONG: Look("Pong", "arrow-expand-left", Place.CENTER, "surface", "surface"),
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

_KEEP_THEIR_LOOK = (EntryKind.PRIVATE, EntryKind.NOTICE)


def look_of(entry: Entry) -> Look:
    """The look of an entry; one's own private message stands at the right when it comes back."""
    look = _look_of_bytes(entry) if entry.kind is EntryKind.BINARY else _LOOKS[entry.kind]
    own = entry.mine and _said_as(entry) is EntryKind.PRIVATE
    return replace(look, place=Place.RIGHT, fill="own") if own else look


def sender_of(entry: Entry) -> str:
    """Whom a bubble names beside its badge: the author of a broadcast, or whom a private message is from or to."""
    kind, sender = _said_as(entry), shown(entry.sender)
    if not sender:
        return ""
    if kind is EntryKind.PRIVATE:
        return f"to {shown(entry.to)}" if entry.mine else f"from {sender}"
    if kind is EntryKind.BROADCAST:
        return f"{sender} (you)" if entry.mine else sender
    return ""


def body_of(entry: Entry, limit: int | None = None) -> str:
    """What an entry says, safe to show: the text, or the bytes as hex. ``limit`` bounds characters or bytes."""
    if entry.kind is EntryKind.BINARY:
        kept = entry.data[:limit]
        return kept.hex(" ") + _more(len(entry.data) - len(kept), "bytes")
    whole = _words(entry)
    text = whole[:limit]
    return shown(text) + _more(len(whole) - len(text), "characters")


def bubble_text(entry: Entry) -> str:
    """What the bubble of an entry shows; bytes have their label above them, where it says more than their number."""
    if entry.kind is not EntryKind.BINARY:
        return body_of(entry, TEXT_SHOWN)
    label = "" if entry.text == byte_count(len(entry.data)) else entry.text[:_LABEL_SHOWN]
    return "\n".join(filter(None, (visible(label), body_of(entry, HEX_SHOWN))))


def spoken(entry: Entry) -> str:
    """What a screen reader says: kind, sender, text, time."""
    return f"{_heading(entry)}: {bubble_text(entry)}, {entry.time}"


def line_of(entry: Entry) -> str:
    """An entry as one of several in copied text."""
    return f"{entry.time} {_heading(entry)}: {body_of(entry)}"


def _heading(entry: Entry) -> str:
    badge, sender = look_of(entry).badge, sender_of(entry)
    if not sender:
        return badge
    return f"{badge} {sender}" if _said_as(entry) is EntryKind.PRIVATE else f"{badge} from {sender}"


def _look_of_bytes(entry: Entry) -> Look:
    size = f"{len(entry.data):,} bytes"
    look = _LOOKS[EntryKind.BINARY]
    if entry.direction is Direction.SENT:
        return replace(look, badge=f"You, binary, {size}", place=Place.RIGHT, fill="own")
    if entry.announced in _KEEP_THEIR_LOOK:
        look = replace(_LOOKS[entry.announced], icon=look.icon)
    return replace(look, badge=f"{_BYTES.get(entry.announced, look.badge)}, {size}")


def _words(entry: Entry) -> str:
    """The text of an entry, with what else there is to say."""
    if entry.names:
        return f"{entry.text}\n{', '.join(entry.names)}"
    return f"{entry.text} That is you." if entry.kind is EntryKind.NAME and entry.mine else entry.text


def _said_as(entry: Entry) -> EntryKind | None:
    """The kind of an entry, for bytes that of their announcement."""
    return entry.announced if entry.kind is EntryKind.BINARY else entry.kind


def _more(count: int, unit: str) -> str:
    return f" … {count:,} more {unit}" if count > 0 else ""
