"""Folds long lines into rows: Qt lays out a line as a whole, which takes it a second for a megabyte."""

from collections.abc import Iterator

Row = tuple[int, str, bool]
"""Where a row starts in the text, what it shows, and whether it continues the one before."""

_FOLD = 2_000


def fold(text: str, base: int = 0, column: int = 0) -> Iterator[Row]:
    """The rows of a text that begins at ``base``, in a row that already has ``column`` characters."""
    for line in text.split("\n"):
        first = _FOLD - column
        yield base, line[:first], False
        for start in range(first, len(line), _FOLD):
            yield base + start, line[start : start + _FOLD], True
        base += len(line) + 1
        column = 0
