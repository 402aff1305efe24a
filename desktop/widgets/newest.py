"""A list that keeps the newest records of a stream, within a number of them and a budget of memory."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from servers.recorder import surplus


class Weighed(Protocol):
    """A record that knows about how many bytes of memory it takes."""

    @property
    def weight(self) -> int: ...


R = TypeVar("R", bound=Weighed)


class Newest(Generic[R]):
    """``rows`` are the newest records, oldest first: at most ``limit`` of them, and about ``max_bytes`` of memory."""

    def __init__(self, limit: int, max_bytes: int) -> None:
        self.rows: list[R] = []
        self._limit = limit
        self._max_bytes = max_bytes
        self._weights: list[int] = []
        self._bytes = 0

    def extend(self, records: Sequence[R]) -> int:
        """Add records at the end and drop the oldest that no longer fit; returns how many rows went at the top."""
        before = len(self.rows)
        added = records[-self._limit :]
        weights = [record.weight for record in added]
        self.rows.extend(added)
        self._weights.extend(weights)
        self._bytes += sum(weights)
        gone, weight = surplus(self._weights, self._bytes, self._limit, self._max_bytes)
        del self.rows[:gone], self._weights[:gone]
        self._bytes -= weight
        return min(gone, before)

    def clear(self) -> None:
        """Drop all records."""
        self.rows.clear()
        self._weights.clear()
        self._bytes = 0
