"""Text as an editor can hold it, without losing a character of it, and cut into blocks that Qt can lay out."""

import re
from collections.abc import Iterator

FOLD = 500
"""Characters of a line that are one block: Qt lays out a block as a whole, and a megabyte takes it a second."""

LINE_BREAK = "\u2029"
"""What stands between two blocks of a document."""

# Qt takes the first four for ends of blocks, and loses byte order marks and halves of surrogate pairs. They are held as
# characters of the private plane 16, 0x100000 above their own place.
_UNHOLDABLE = re.compile(r"[\r\u2029\ufdd0\ufdd1\ufeff\ud800-\udfff]")
_STAND_IN = re.compile(r"[\U0010000d\U00102029\U0010fdd0\U0010fdd1\U0010feff\U0010d800-\U0010dfff]")
_PLANE = 0x100000
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufffc\U00100000-\U0010ffff]"
)
_NAMES = {"\0": "NUL", "\r": "carriage return", "\u2028": "line separator", "\u2029": "paragraph separator"}


def newline_of(text: str) -> str:
    """The line break that the text has throughout: CR LF if every one is that, else LF."""
    return "\r\n" if 0 < text.count("\n") == text.count("\r\n") == text.count("\r") else "\n"


def held(text: str) -> str:
    """The text with stand-ins for what Qt cannot hold; its line breaks are LF."""
    return _UNHOLDABLE.sub(lambda found: chr(ord(found[0]) + _PLANE), text)


def released(text: str) -> str:
    """The text with what the stand-ins stand for."""
    return _STAND_IN.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def rows(text: str) -> Iterator[tuple[str, bool]]:
    """The blocks to make of a text, each with whether it continues the line of the one before it."""
    for line in text.split("\n"):
        yield line[:FOLD], False
        for start in range(FOLD, len(line), FOLD):
            yield line[start : start + FOLD], True


def unseen(text: str) -> Iterator[tuple[int, int]]:
    """Where there are characters that nobody sees, or that change the order of others."""
    return (found.span() for found in _UNSEEN.finditer(text))


def about_unseen(character: str) -> str:
    """What to call a character that nobody sees; empty for one that is seen."""
    if not _UNSEEN.fullmatch(character):
        return ""
    one = released(character)
    return f"U+{ord(one):04X}{f', {_NAMES[one]}' if one in _NAMES else ''}"


def units(text: str) -> int:
    """The length of a text as Qt counts, in units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def slice_units(text: str, start: int, end: int) -> str:
    """The part of a text between two places counted as Qt counts."""
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
