"""The names of chat clients: made fit to be shown, and told apart from those of others."""

import itertools
import unicodedata
from functools import lru_cache

from servers.chat_protocol import NAME_LIMIT

_INVISIBLE = frozenset(
    map(chr, [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0])
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
"""Fillers, blanks and variation selectors: names must not differ by them alone, though Python calls them printable."""

_READ = 1000
"""Code points of a wish that are looked at: a megabyte of them would keep everybody else waiting."""

_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_HANGUL_TAILS = (range(0x1161, 0x1200), range(0xD7B0, 0xD800))


def clean_name(asked: str) -> str:
    """The name that a client gets which asked for ``asked``, or the empty string where nothing is left of it.

    It is printable (no control, bidirectional or invisible characters), has single spaces, is in normalisation form C
    (Unicode Annex 15), and has at most NAME_LIMIT code points, without half of what is read as one character. What
    comes after the first 1,000 code points of the wish does not count.
    """
    kept = "".join(one for one in asked[:_READ] if (one.isprintable() or one.isspace()) and one not in _INVISIBLE)
    name = unicodedata.normalize("NFC", " ".join(kept.split()))
    start = next((place for place, one in enumerate(name) if not (one == " " or _is_mark(one))), len(name))
    return _cut(name[start:], NAME_LIMIT)


class Names:
    """The names that are in use; those that differ only in case or in the form of their characters are the same."""

    def __init__(self) -> None:
        self._keys: set[str] = set()

    def take(self, wanted: str) -> str:
        """``wanted``, or it with the first number from 2 that makes it unlike every name in use; now in use itself.

        The name is shortened where the number would make it longer than NAME_LIMIT.
        """
        numbered = (_numbered(wanted, number) for number in itertools.count(2))
        name = next(name for name in itertools.chain([wanted], numbered) if _key(name) not in self._keys)
        self._keys.add(_key(name))
        return name

    def free(self, name: str) -> None:
        """Let others have a name that was taken."""
        self._keys.discard(_key(name))


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """What names have in common that look the same (close to NFKC_Casefold of Unicode, section 3.13)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return folded.casefold()


def _numbered(name: str, number: int) -> str:
    ending = f" {number}"
    return (_cut(name, NAME_LIMIT - len(ending)) + ending).lstrip()


def _cut(name: str, limit: int) -> str:
    """The longest beginning of ``name`` within ``limit`` code points that ends between two characters as read."""
    end = min(limit, len(name))
    while 0 < end < len(name) and _continues(name, end):
        end -= 1
    return name[:end].rstrip()


def _continues(name: str, place: int) -> bool:
    """Whether the code point at ``place`` belongs to the character before it (Unicode Annex 29, in short)."""
    one = ord(name[place])
    if one in _FLAG_LETTERS:
        letters = itertools.takewhile(lambda before: ord(before) in _FLAG_LETTERS, reversed(name[:place]))
        return sum(1 for _ in letters) % 2 == 1
    return _is_mark(name[place]) or one in _SKIN_TONES or any(one in tails for tails in _HANGUL_TAILS)


def _is_mark(one: str) -> bool:
    return unicodedata.category(one).startswith("M")
