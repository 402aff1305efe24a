"""Finds words or a regular expression in what an entry says, and never takes long over it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from desktop.chat.entry import Entry
from desktop.widgets.searching import WINDOW, TooCostly, Wanted, find

TEXT_SEARCHED = 1024 * 1024
BYTES_SEARCHED = 64 * 1024
"""Characters and bytes at the beginning of a message that are looked at."""

_HEX = re.compile(r"[0-9a-f\s]*[0-9a-f][0-9a-f\s]*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


class Span(NamedTuple):
    """Where a match starts and ends."""

    start: int
    end: int

    def span(self) -> tuple[int, int]:
        """Both, as a match of Python tells them."""
        return self.start, self.end


class Finder:
    """Finds what is ``wanted``: in texts, and in bytes by their hex digits, whose case does not matter."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._expression = wanted.expression()
        self._digits = None if wanted.is_regex else _digits(wanted.text)
        words = filter(None, (wanted.text, self._digits))
        flags = re.NOFLAG if wanted.with_case else re.IGNORECASE
        self._words = re.compile("|".join(map(re.escape, words)), flags)

    def finds(self, text: str) -> bool:
        """Whether a text has it. Raises TooCostly."""
        if not self._wanted.is_regex:
            return self._has_words(text)
        if len(text) > WINDOW:
            return next(self._long(text), None) is not None
        match = self._expression.match(text)
        if not match.isValid():
            raise TooCostly
        return match.hasMatch()

    def finds_in(self, entry: Entry) -> bool:
        """Whether an entry has it: in its text, its names, its bytes. Raises TooCostly."""
        if self.finds(entry.text[:TEXT_SEARCHED]) or any(map(self.finds, _names(entry))):
            return True
        return bool(entry.data) and self._finds_digits(entry.data[:BYTES_SEARCHED].hex(" "))

    def finditer(self, text: str) -> Iterator[re.Match[str] | Span]:
        """Where the matches are in a text that is shown, as far as that does not take too long; no empty ones."""
        if not self._wanted.is_regex:  # words cost Python less than Qt; over an expression it could take for ever
            yield from self._words.finditer(text)
            return
        with suppress(TooCostly):
            yield from self._long(text)

    def _has_words(self, text: str) -> bool:
        words = self._wanted.text
        if self._wanted.with_case:
            return words in text
        return words.lower() in text.lower() if text.isascii() else self._words.search(text) is not None

    def _long(self, text: str) -> Iterator[Span]:
        """The matches of an expression, counted as Python counts."""
        units, at, place = text.encode("utf-16-le", "surrogatepass"), 0, 0
        for found in find(text, self._wanted):
            if found is not None:
                start = place + _count(units, at, found.start)
                at, place = found.end, start + _count(units, found.start, found.end)
                yield Span(start, place)

    def _finds_digits(self, digits: str) -> bool:
        return self._digits in digits if self._digits is not None else self.finds(digits)


@lru_cache(maxsize=16)
def finder(words: str, is_regex: bool, with_case: bool) -> Finder:
    """What finds this, made once."""
    return Finder(Wanted(words, is_regex, with_case))


def _count(units: bytes, start: int, end: int) -> int:
    """The characters between two places that are counted in UTF-16 code units."""
    return len(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"))


def _names(entry: Entry) -> tuple[str, ...]:
    return tuple(filter(None, (entry.sender, entry.to, *entry.names)))


def _digits(words: str) -> str | None:
    """Words that are hex digits, as pairs, because that is how bytes are written; None for other words."""
    if not _HEX.fullmatch(words):
        return None
    bare = _SPACE.sub("", words).lower()
    return " ".join(bare[at : at + 2] for at in range(0, len(bare), 2))
