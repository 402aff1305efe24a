"""Who is in the room of a chat, as far as the server has told."""

from desktop.chat.entry import Entry, EntryKind
from servers.chat_protocol import NAME_LIMIT
from servers.logs import visible

MOST = 1000
"""Names that are kept; nobody looks for one among more, and a window would take long to show them."""

_SHOWN = 2 * NAME_LIMIT


def name_text(name: str) -> str:
    """A name as a person may safely see it; of one that is longer than this program's server allows, the beginning."""
    return f"{visible(name[:_SHOWN])}{'…' if len(name) > _SHOWN else ''}"


class People:
    """``names`` are those of all clients of the room, in the order of the alphabet; empty until the server tells."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, sorted without regard to case."""
        return tuple(sorted(self._names, key=str.casefold))

    def learn(self, entry: Entry) -> bool:
        """Take over what an entry tells; returns whether that changed anything. As fast however many there are."""
        if entry.kind is EntryKind.CLIENTS:
            return self._replace(set(entry.names[:MOST]))
        if entry.kind is EntryKind.LEAVE:
            return self._remove(entry.sender)
        if entry.kind is EntryKind.NAME:
            has_gone = entry.was != entry.sender and self._remove(entry.was)
            return self._add(entry.sender) or has_gone
        return entry.kind in _NAMING and bool(entry.sender) and self._add(entry.sender)

    def _replace(self, names: set[str]) -> bool:
        before, self._names = self._names, names
        return names != before

    def _remove(self, name: str) -> bool:
        is_known = name in self._names
        self._names.discard(name)
        return is_known

    def _add(self, name: str) -> bool:
        is_new = name not in self._names and len(self._names) < MOST
        if is_new:
            self._names.add(name)
        return is_new


_NAMING = (EntryKind.JOIN, EntryKind.BROADCAST, EntryKind.PRIVATE)
