"""How each kind of transcript entry looks: place, badge, icon and colours, so that none is told by colour alone."""

import enum
from dataclasses import dataclass, replace

from desktop.chat.entry import Entry, EntryKind, shown
from servers.exchange import Direction

HEX_SHOWN = 128
TEXT_SHOWN = 4000
"""Bytes and characters that a bubble shows; copying takes all of them."""


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
    EntryKind.PLAIN: Look("Server message", "server", Place.LEFT, "surface", "border"),
    EntryKind.BINARY: Look("Binary", "hexadecimal", Place.LEFT, "raised", "muted"),
    EntryKind.JOIN: Look("Joined", "account-plus", Place.CENTER, "surface", "surface"),
    EntryKind.LEAVE: Look("Left", "account-minus", Place.CENTER, "surface", "surface"),
    EntryKind.OPEN: Look("Opened", "lan-connect", Place.CENTER, "surface", "running"),
    EntryKind.CLOSE: Look("Closed", "lan-disconnect", Place.CENTER, "surface", "stopped"),
    EntryKind.ERROR: Look("Error", "alert-circle", Place.FULL, "surface", "failed", bar=True),
}


def look_of(entry: Entry) -> Look:
    """The look of an entry."""
    look = _LOOKS[entry.kind]
    if entry.kind is not EntryKind.BINARY:
        return look
    size = f"{len(entry.data):,} bytes"
    if entry.direction is Direction.SENT:
        return replace(look, badge=f"You, binary, {size}", place=Place.RIGHT, fill="own")
    return replace(look, badge=f"Binary broadcast, {size}" if entry.sender else f"Binary, {size}")


def sender_of(entry: Entry) -> str:
    """Whom a bubble names beside its badge: the author of what was broadcast."""
    if entry.kind is EntryKind.BROADCAST or (
        entry.kind is EntryKind.BINARY and entry.direction is Direction.RECEIVED and entry.sender
    ):
        return f"{shown(entry.sender)} (you)" if entry.mine else shown(entry.sender)
    return ""


def body_of(entry: Entry, limit: int | None = None) -> str:
    """What an entry says, safe to show: the text, or the bytes as hex. ``limit`` bounds characters or bytes."""
    if entry.kind is EntryKind.BINARY:
        kept = entry.data[:limit]
        return kept.hex(" ") + _more(len(entry.data) - len(kept), "bytes")
    text = entry.text[:limit]
    return shown(text) + _more(len(entry.text) - len(text), "characters")


def bubble_text(entry: Entry) -> str:
    """What the bubble of an entry shows."""
    return body_of(entry, HEX_SHOWN if entry.kind is EntryKind.BINARY else TEXT_SHOWN)


def spoken(entry: Entry) -> str:
    """What a screen reader says: kind, sender, text, time."""
    sender = sender_of(entry)
    return f"{look_of(entry).badge}{f' from {sender}' if sender else ''}: {bubble_text(entry)}, {entry.time}"


def line_of(entry: Entry) -> str:
    """An entry as one of several in copied text."""
    sender = sender_of(entry)
    return f"{entry.time} {look_of(entry).badge}{f' from {sender}' if sender else ''}: {body_of(entry)}"


def _more(count: int, unit: str) -> str:
    return f" … {count:,} more {unit}" if count > 0 else ""
