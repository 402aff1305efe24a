"""What tells chat windows apart: a name and a colour of its own for each."""

import itertools
from collections.abc import Collection

NAMES = (
    "Ann",
    "Ben",
    "Cleo",
    "Dan",
    "Eva",
    "Finn",
    "Gwen",
    "Hugo",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Ned",
    "Olga",
    "Pia",
)
"""The names that windows get, in this order; then numbered."""

COLORS = 8
"""How many colours there are; beyond them, those that fewest windows have come again."""


def free_name(taken: Collection[str]) -> str:
    """The first name that no window has."""
    numbered = (f"{name} {number}" for number in itertools.count(2) for name in NAMES)
    return next(name for name in itertools.chain(NAMES, numbered) if name not in taken)


def free_color(taken: Collection[int]) -> int:
    """The first of the colours that fewest windows have, as a number below COLORS."""
    used = list(taken)
    return min(range(COLORS), key=used.count)
