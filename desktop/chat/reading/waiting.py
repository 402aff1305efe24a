"""The entries that wait while a transcript is paused."""

from collections import deque

from desktop.chat.entry import Entry


class Waiting:
    """The newest ``limit`` entries within about ``max_bytes`` of memory; ``gone`` is how many older ones are lost."""

    def __init__(self, limit: int, max_bytes: int) -> None:
        self.gone = 0
        self._limit = limit
        self._max_bytes = max_bytes
        self._entries: deque[Entry] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, entry: Entry) -> None:
        """Take an entry; the newest one is kept whatever its size."""
        self._entries.append(entry)
        self._bytes += entry.weight
        while len(self._entries) > self._limit or (self._bytes > self._max_bytes and len(self._entries) > 1):
            self.take()
            self.gone += 1

    def take(self) -> Entry:
        """Remove and return the oldest. Raises IndexError if there is none."""
        entry = self._entries.popleft()
        self._bytes -= entry.weight
        return entry
