"""The messages that were written before, and the walk through them."""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from desktop.chat.outgoing import Outgoing

MOST = 100
"""Messages that are remembered."""

MOST_CHARACTERS = 8_000_000
"""Characters that they may have together; the newest is remembered whatever its length."""


class History:
    """``entries``, the oldest first. A walk begins with ``older`` at what is being typed, which is its newest step."""

    def __init__(self) -> None:
        self._entries: tuple[Outgoing, ...] = ()
        self._steps: list[Outgoing] = []
        self._at = 0

    @property
    def entries(self) -> tuple[Outgoing, ...]:
        """The messages; setting them ends a walk. No two that follow each other are the same."""
        return self._entries

    @entries.setter
    def entries(self, entries: Sequence[Outgoing]) -> None:
        self._entries = _newest(entries)
        self._steps = []

    @property
    def written(self) -> tuple[Outgoing, ...]:
        """The messages and, during a walk, what was being typed before it."""
        return (*self._entries, self._steps[-1]) if self._is_back else self._entries

    def add(self, message: Outgoing) -> None:
        """Remember a message; a walk goes on where it is."""
        self._entries = _newest((*self._entries, message))
        if self._steps:
            self._at += self._at == len(self._steps) - 1
            self._steps.insert(len(self._steps) - 1, message)

    def end(self) -> Outgoing | None:
        """End the walk; what was being typed before it, unless that is where it ends."""
        typed = self._steps[-1] if self._is_back else None
        self._steps = []
        return typed

    def older(self, shown: Outgoing) -> Outgoing | None:
        """The step before the one that is ``shown``, which is kept as it is now; None at the oldest."""
        return self._walk(shown, -1)

    def newer(self, shown: Outgoing) -> Outgoing | None:
        """The step after it; None at the newest."""
        return self._walk(shown, 1)

    @property
    def _is_back(self) -> bool:
        return self._at < len(self._steps) - 1

    def _walk(self, shown: Outgoing, by: int) -> Outgoing | None:
        if not self._steps:
            self._steps = [*self._entries, shown]
            self._at = len(self._entries)
        self._steps[self._at] = shown
        if not 0 <= self._at + by < len(self._steps):
            return None
        self._at += by
        return self._steps[self._at]


def _newest(entries: Sequence[Outgoing]) -> tuple[Outgoing, ...]:
    """As many of the newest as are remembered."""
    kept = [one for one, before in zip(entries, (None, *entries), strict=False) if one != before][-MOST:]
    lengths = accumulate(len(one.text) for one in reversed(kept))
    count = sum(1 for _ in takewhile(lambda length: length <= MOST_CHARACTERS, lengths))
    return tuple(kept[-max(count, 1) :])
