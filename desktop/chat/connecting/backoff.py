"""How long to wait before connecting again."""

import random as _random
from collections.abc import Callable, Iterator

FIRST = 1.0
"""Seconds that the first pause takes at most."""

CEILING = 30.0
"""Seconds that no pause exceeds."""


def delays(random: Callable[[], float] = _random.random) -> Iterator[float]:
    """Seconds before each further attempt, without end: doubling from FIRST to CEILING, times 0.5 to 1 at random.

    The chance part keeps the clients that one server has lost from all coming back at once. ``random`` returns
    numbers from 0 to 1.
    """
    longest = FIRST
    while True:
        yield longest * (0.5 + random() / 2)
        longest = min(2 * longest, CEILING)
