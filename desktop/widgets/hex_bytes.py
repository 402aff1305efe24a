"""Bytes as people type them: pairs of hexadecimal digits such as 48 65 6C, 48656C, 48:65:6C or 0x48, 0x65, 0x6C."""

import re

from desktop.widgets.places import where
from servers.logs import visible

_SPELLED = re.compile(r"[\s,:]*+(?:(?:0[xX])?+(?:[0-9A-Fa-f]{2})++(?:[\s,:]++|\Z))*+")
_BETWEEN = re.compile(r"[\s,:]")
_GROUP = re.compile(r"(?:0[xX])?+([0-9A-Fa-f]*+)")
_SHOWN = 20


def typed_bytes(text: str, *, goes_on: bool = False) -> bytes:
    """The bytes that ``text`` spells. Raises ValueError with a sentence that names the place where it does not.

    Groups of pairs may have ``0x`` before them, and blanks, line ends, commas and colons between them. Where the text
    ``goes_on``, the last byte may still lack its second digit, or both behind ``0x``; it is left out then.
    """
    found = _SPELLED.match(text)
    end = found.end() if found else 0
    if end < len(text):
        group = _GROUP.match(text, end)
        after, digits = (group.end(), group[1]) if group else (end, "")
        if not (goes_on and after == len(text)):
            raise ValueError(_fault(text, end, after, digits))
        text = text[:end] + digits[: len(digits) // 2 * 2]
    # By now an x stands behind the 0 of its prefix alone.
    pairs = text.replace(",", " ").replace(":", " ").replace("0x", " ").replace("0X", " ")
    return bytes.fromhex("".join(pairs.split()))


def _fault(text: str, start: int, end: int, digits: str) -> str:
    """What is wrong with the group of ``digits`` between two places, where it is not a character behind it."""
    if end < len(text) and not _BETWEEN.match(text, end):
        return (
            f"“{visible(text[end])}” {where(text, end)} is not a hexadecimal digit. "
            "Bytes are typed like 48 65 6C or 48656C."
        )
    if not digits:
        return f"“{text[start:end]}” {where(text, start)} has no digits behind it."
    return f"“{digits[-_SHOWN:]}” {where(text, start)} has a digit too many or too few: every byte has two."
