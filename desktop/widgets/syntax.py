"""Colours for source text: what of it is a name, a string, a number and so on, and how each looks in light and dark."""

import enum
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from threading import Thread
from time import perf_counter
from typing import Any

from desktop import theme

LANGUAGES = ("json", "xml", "html", "css", "javascript")
"""What can be coloured."""

_CHECK_EVERY = 50
_LONGEST = 200_000  # characters of a line: finding the end of a single token cannot be interrupted
_LEXERS: dict[str, Any] = {}


class Kind(enum.IntEnum):
    """What a piece of source is, as far as it has a colour."""

    NAME = 0
    ATTRIBUTE = 1
    STRING = 2
    NUMBER = 3
    KEYWORD = 4
    COMMENT = 5


_LIGHT = ("#0b5cad", "#7a4d00", "#136b34", "#9c2c77", "#9c2c77", "#535b66")
_DARK = ("#7ab8f5", "#f0b858", "#8ad6a0", "#f2a3d8", "#f2a3d8", "#aab2bd")


def color_of(kind: Kind) -> str:
    """The colour of a kind in the theme that is in use, as #rrggbb: at least 4.5:1 on its surface."""
    return (_DARK if theme.colors() is theme.DARK else _LIGHT)[kind]


class Coloring:
    """The coloured pieces of a text, found bit by bit; ``done`` when all of it has been read.

    A text with a line of over 200,000 characters has none. The first text of a language waits for its lexer.
    """

    def __init__(self, text: str, language: str) -> None:
        self.done = language not in LANGUAGES or max(map(len, text.split("\n"))) > _LONGEST
        self.reached = 0
        self._text, self._language = text, language
        self._pieces: Iterator[tuple[int, int, Kind | None]] | None = None
        self._starts, self._ends, self._kinds = array("I"), array("I"), array("B")
        if not self.done and language not in _LEXERS:
            Thread(target=load, args=(language,), name="loading colours", daemon=True).start()

    def read_on(self, seconds: float) -> None:
        """Read for about that long."""
        until = perf_counter() + seconds
        if self._pieces is None and (lexer := _LEXERS.get(self._language)):
            self._pieces = _pieces(self._text, lexer)
        while self._pieces is not None and not self.done and perf_counter() < until:
            self._take(list(islice(self._pieces, _CHECK_EVERY)))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, Kind]]:
        """The pieces that touch this range of characters, in order, cut to it."""
        number = max(bisect_right(self._starts, start) - 1, 0)
        while number < len(self._starts) and self._starts[number] < end:
            if self._ends[number] > start:
                yield max(self._starts[number], start), min(self._ends[number], end), Kind(self._kinds[number])
            number += 1

    def _take(self, pieces: list[tuple[int, int, Kind | None]]) -> None:
        self.done = len(pieces) < _CHECK_EVERY
        for start, end, kind in pieces:
            self.reached = end
            if kind is not None:
                self._starts.append(start)
                self._ends.append(end)
                self._kinds.append(kind)


def load(language: str) -> None:
    """Load the lexer of a language; that takes up to a tenth of a second, so another thread does it."""
    from pygments.lexers import get_lexer_by_name

    _LEXERS[language] = get_lexer_by_name(language)


def _pieces(text: str, lexer: Any) -> Iterator[tuple[int, int, Kind | None]]:
    from pygments.token import Token

    kinds = {
        Token.Name.Tag: Kind.NAME,
        Token.Name.Attribute: Kind.ATTRIBUTE,
        Token.Name.Class: Kind.ATTRIBUTE,
        Token.Name.Entity: Kind.NUMBER,
        Token.Literal.String: Kind.STRING,
        Token.Literal.Number: Kind.NUMBER,
        Token.Keyword: Kind.KEYWORD,
        Token.Comment: Kind.COMMENT,
    }
    known: dict[object, Kind | None] = {}
    for start, token, piece in lexer.get_tokens_unprocessed(text):
        if token not in known:
            known[token] = next((kinds[one] for one in reversed(token.split()) if one in kinds), None)
        yield start, start + len(piece), known[token]
