"""Records for the tests of the tables of newest records."""

from typing import NamedTuple

from desktop.widgets.ring_table import Column


class Item(NamedTuple):
    """A record of a number, which weighs ten bytes unless said otherwise."""

    number: int
    weight: int = 10


COLUMNS: tuple[Column[Item], ...] = (
    Column("Number", 80, lambda item: str(item.number), numeric=True),
    Column("Words", 0, lambda item: f"number {item.number}", begins=True),
)
PLENTY = 1_000_000


def items(*numbers: int) -> list[Item]:
    """Records of these numbers."""
    return [Item(number) for number in numbers]


def is_even(item: Item) -> bool:
    """A filter."""
    return item.number % 2 == 0
