"""Keeps the newest records of traffic within a budget, and hands each to one subscriber."""

from collections.abc import Callable, Iterator, Sequence

from servers.exchange import Record

_SPARE = 20
"""A memory that is full drops this part of its records at once, which costs less than one for one."""


class Recorder:
    """The newest records, at most ``max_count`` of them and about ``max_bytes`` of memory.

    ``append`` takes constant time, averaged over many, and formats nothing; ``extend`` takes less for each of many.
    ``subscriber`` is called with what is new on the thread that brings it, so it must be quick: the window's one only
    puts the records aside for its next flush.
    """

    def __init__(self, max_count: int = 20_000, max_bytes: int = 64 * 1024 * 1024) -> None:
        self.max_count = max_count
        self.max_bytes = max_bytes
        self.subscriber: Callable[[Sequence[Record]], None] | None = None
        self._records: list[Record] = []
        self._weights: list[int] = []
        self._bytes = 0

    def append(self, record: Record) -> None:
        """Keep a record; drop the oldest ones when there is no more room."""
        weight = record.weight
        self._records.append(record)
        self._weights.append(weight)
        self._bytes += weight
        if self._bytes > self.max_bytes or len(self._records) > self.max_count:
            self._make_room()
        if self.subscriber is not None:
            self.subscriber((record,))

    def extend(self, records: Sequence[Record]) -> None:
        """Keep several records, the oldest first."""
        weights = [record.weight for record in records]
        self._records += records
        self._weights += weights
        self._bytes += sum(weights)
        if self._bytes > self.max_bytes or len(self._records) > self.max_count:
            self._make_room()
        if self.subscriber is not None:
            self.subscriber(records)

    def clear(self) -> None:
        """Forget every record."""
        self._records.clear()
        self._weights.clear()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def _make_room(self) -> None:
        max_count, max_bytes = self.max_count - self.max_count // _SPARE, self.max_bytes - self.max_bytes // _SPARE
        number, weight = surplus(self._weights, self._bytes, max_count, max_bytes)
        if number == len(self._weights):  # the newest one stays if there is any room for it
            number, weight = surplus(self._weights, self._bytes, max_count, self.max_bytes)
        del self._records[:number], self._weights[:number]
        self._bytes -= weight


def surplus(weights: Sequence[int], total: int, max_count: int, max_bytes: int) -> tuple[int, int]:
    """How many of the oldest records must go for the others to fit, and what these weigh; ``total`` is the sum."""
    number = max(0, len(weights) - max_count)
    weight = sum(weights[:number])
    while total - weight > max_bytes:
        weight += weights[number]
        number += 1
    return number, weight
