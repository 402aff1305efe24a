"""Finds the bracket that belongs to one."""

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextDocument

FAR = 30_000
"""Characters that are searched at most: the other bracket of a long text may stay unmarked."""

_COST = 20  # of a block, in characters
_PAIRS = {"{": "}", "[": "]", "(": ")"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|[][(){}]')


def pair_at(document: QTextDocument, position: int) -> tuple[int, int] | None:
    """The positions of the bracket just before or after ``position`` and of the one that belongs to it."""
    for one in (position - 1, position):
        if one >= 0 and (found := _other(document, one)) is not None:
            return one, found
    return None


def _other(document: QTextDocument, position: int) -> int | None:
    character = document.characterAt(position)
    if character in _PAIRS:
        step, opening, closing = 1, character, _PAIRS[character]
    elif character in _CLOSING:
        step, opening, closing = -1, character, _CLOSING[character]
    else:
        return None
    depth = 0
    for place, one in _brackets(document.findBlock(position), step):
        if (place - position) * step < 0:
            continue
        depth += (one == opening) - (one == closing)
        if depth == 0:
            return place
    return None


def _brackets(block: QTextBlock, step: int) -> Iterator[tuple[int, str]]:
    """The brackets outside of strings from a block on, forwards or backwards."""
    left = FAR
    while block.isValid() and left > 0:
        text, start = block.text(), block.position()
        found = [(start + one.start(), one[0]) for one in _PIECES.finditer(text) if one[0][0] != '"']
        yield from found[::step]
        left -= len(text) + _COST
        block = block.next() if step > 0 else block.previous()
