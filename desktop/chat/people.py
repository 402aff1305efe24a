"""Who is in the room of a chat, as far as the server has told."""

from desktop.chat.entry import Entry, EntryKind


class People:
    """``names`` are those of all clients of the room, in the order of the alphabet; empty until the server tells."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, sorted without regard to case."""
        return tuple(sorted(self._names, key=str.casefold))

    def learn(self, entry: Entry) -> bool:
        """Take over what an entry tells; returns whether that changed anything."""
        before = self._names.copy()
        if entry.kind is EntryKind.CLIENTS:
            self._names = set(entry.names)
        elif entry.kind is EntryKind.LEAVE:
            self._names.discard(entry.sender)
        elif entry.kind is EntryKind.NAME:
            self._names.discard(entry.was)
            self._names.add(entry.sender)
        elif entry.kind in _NAMING and entry.sender:
            self._names.add(entry.sender)
        return self._names != before


_NAMING = (EntryKind.JOIN, EntryKind.BROADCAST, EntryKind.PRIVATE)
