"""What the chat client in a terminal prints for each entry; nothing from the wire can steer the terminal."""

from desktop.chat.entry import Entry, EntryKind, said
from servers.chat_protocol import byte_count
from servers.exchange import Direction
from servers.logs import visible

TO_SERVER, FROM_SERVER = "To server:  ", "From server:"

_BYTES_SHOWN = 64
_MARKS = {
    EntryKind.REPLY: "special reply to you",
    EntryKind.BROADCAST: "broadcast",
    EntryKind.ECHO: "echo",
    EntryKind.PRIVATE: "private",
    EntryKind.NOTICE: "notice",
    EntryKind.BINARY: "binary",
    EntryKind.ERROR: "error",
}
_NAMED = {EntryKind.BROADCAST, EntryKind.PRIVATE}
_OWN_WORDS = (EntryKind.OPEN, EntryKind.CLOSE)


def line_of(entry: Entry, *, speaks_chat: bool) -> str:
    """One line for an entry, as C10 of the course has it; empty for what a terminal does not show."""
    if entry.automatic:
        return ""
    if entry.kind in _OWN_WORDS:
        return visible(entry.text)
    if entry.direction is Direction.SENT:
        return f"{TO_SERVER} {_content(entry)}"
    mark = _mark(entry) if speaks_chat or entry.text == said(entry.text) else ""
    return f"{FROM_SERVER} {mark}{_content(entry)}"


def _mark(entry: Entry) -> str:
    mark = _MARKS.get(entry.kind, "")
    if entry.kind is EntryKind.BINARY:
        announced = _MARKS.get(entry.announced, "") if entry.announced else ""
        mark = f"{announced}, binary" if announced else mark
    is_named = entry.sender and _NAMED & {entry.kind, entry.announced}
    who = f" from {visible(entry.sender)}{' (you)' if entry.mine else ''}" if is_named else ""
    return f"[{mark}{who}] " if mark else ""


def _content(entry: Entry) -> str:
    if entry.kind is not EntryKind.BINARY:
        return visible(entry.text)
    shown = entry.data[:_BYTES_SHOWN].hex(" ")
    more = " …" if len(entry.data) > _BYTES_SHOWN else ""
    return f"{byte_count(len(entry.data))}: {shown}{more}"
