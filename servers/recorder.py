"""Keeps the newest records of traffic within a budget, and hands each to one subscriber."""

from collections import deque
from collections.abc import Callable, Iterator

from servers.exchange import Record


class Recorder:
    """The newest records, at most ``max_count`` of them and about ``max_bytes`` of memory.

    ``append`` takes constant time and formats nothing. ``subscriber`` is called with each record on the thread that
    appends it, so it must be quick: the window's one only puts the record aside for its next flush.
    """

    def __init__(self, max_count: int = 20_000, max_bytes: int = 64 * 1024 * 1024) -> None:
        self.max_count = max_count
        self.max_bytes = max_bytes
        self.subscriber: Callable[[Record], None] | None = None
        self._records: deque[Record] = deque()
        self._weights: deque[int] = deque()
        self._bytes = 0

    def append(self, record: Record) -> None:
        """Keep a record and drop the oldest ones that no longer fit."""
        weight = record.weight
        self._records.append(record)
        self._weights.append(weight)
        self._bytes += weight
        while self._bytes > self.max_bytes or len(self._records) > self.max_count:
            self._records.popleft()
            self._bytes -= self._weights.popleft()
        if self.subscriber is not None:
            self.subscriber(record)

    def clear(self) -> None:
        """Forget every record."""
        self._records.clear()
        self._weights.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)
