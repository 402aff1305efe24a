"""Where windows go on screens: tiled, cascaded, side by side, brought back; all in whole device-independent pixels."""

import itertools
import math
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

STEP = 36
"""How far one window of a cascade lies from the next."""

_MARGIN = 40
_SHAPE = 15 / 16  # width to height of a conversation that is read well


class Size(NamedTuple):
    """Width and height."""

    width: int
    height: int


class Rect(NamedTuple):
    """A place on the desktop; ``right`` and ``bottom`` are just outside."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    def shared(self, other: "Rect") -> int:
        """How many pixels lie in both."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    def within(self, area: "Rect") -> "Rect":
        """The nearest place inside ``area``, made smaller where it is larger."""
        width, height = min(self.width, area.width), min(self.height, area.height)
        left = min(max(self.left, area.left), area.right - width)
        top = min(max(self.top, area.top), area.bottom - height)
        return Rect(left, top, width, height)


def tiled(count: int, area: Rect, least: Size) -> list[Rect]:
    """Places for ``count`` windows that fill ``area``, row by row.

    Where they cannot all have the ``least`` size side by side, they have that size, and each lies over a part of the
    one before it.
    """
    if not count:
        return []
    rows = min(range(1, count + 1), key=lambda rows: _strain(count, rows, area, least))
    lines = _spans(area.top, area.height, rows, least.height)
    columns = [
        _spans(area.left, area.width, count * (row + 1) // rows - count * row // rows, least.width)
        for row in reversed(range(rows))
    ]
    return [
        Rect(left, top, width, height)
        for (top, height), line in zip(lines, columns, strict=True)
        for left, width in line
    ]


def cascaded(number: int, area: Rect, size: Size) -> Rect:
    """The place of a window in a cascade; the same ones come again only after all that there are in ``area``."""
    width, height = min(size.width, area.width), min(size.height, area.height)
    rows = max(1, (area.height - height - _MARGIN) // STEP)
    columns = max(1, (area.width - width - _MARGIN) // STEP)
    across, down = divmod(number, rows)
    left = area.left + _MARGIN + (across + down) % columns * STEP
    return Rect(left, area.top + _MARGIN + down * STEP, width, height).within(area)


def most_free(area: Rect, size: Size, corners: Collection[tuple[int, int]]) -> Rect:
    """The first place of a cascade where no other window is, or fewest are; ``corners`` are their left upper ones."""
    taken = Counter(corners)
    places = (cascaded(number, area, size) for number in range(len(corners) + 1))
    return min(places, key=lambda place: taken[place.left, place.top])


def pair(area: Rect, size: Size) -> tuple[Rect, Rect]:
    """Two places side by side."""
    width, height = min(size.width, (area.width - STEP) // 2), min(size.height, area.height - _MARGIN)
    indent, top = (area.width - 2 * width) // 3, area.top + min(_MARGIN, (area.height - height) // 2)
    return (
        Rect(area.left + indent, top, width, height),
        Rect(area.right - indent - width, top, width, height),
    )


def beside(other: Rect, area: Rect) -> Rect:
    """A place of the same size at the right of ``other``, at its left, or a step below it where neither has room."""
    for left in (other.right, other.left - other.width):
        if area.left <= left and left + other.width <= area.right:
            return other._replace(left=left).within(area)
    moved = other._replace(left=other.left + STEP, top=other.top + STEP).within(area)
    return moved if moved != other else other._replace(left=area.left, top=area.top)  # it lay in the last corner


def screen_of(place: Rect, screens: Sequence[Rect]) -> Rect:
    """The screen that shows most of a window; the first where none shows it, as after one was removed."""
    return max(screens, key=place.shared)


def busiest(places: Sequence[Rect], screens: Sequence[Rect]) -> Rect:
    """The screen that has most of these windows; the first of those that have as many."""
    homes = [screen_of(place, screens) for place in places]
    return max(screens, key=homes.count)


def _strain(count: int, rows: int, area: Rect, least: Size) -> tuple[bool, float]:
    """How bad it is to use so many rows: first whether tiles overlap, then how far they are from a good shape."""
    columns = math.ceil(count / rows)
    overlaps = columns * least.width > area.width or rows * least.height > area.height
    return overlaps, abs(math.log((area.width / columns) / (area.height / rows) / _SHAPE))


def _spans(start: int, length: int, count: int, least: int) -> list[tuple[int, int]]:
    """Begin and length of ``count`` pieces of a line: side by side, or of the least length and evenly over it."""
    if count * least <= length or count == 1:
        return [
            (begin, end - begin)
            for begin, end in itertools.pairwise(start + length * n // count for n in range(count + 1))
        ]
    size = min(least, length)
    return [(start + (length - size) * n // (count - 1), size) for n in range(count)]
