"""Bytes that are typed in Base64 (RFC 4648), in the standard alphabet or that for URLs."""

import re
from base64 import b64decode

from desktop.widgets.places import where
from servers.logs import visible

_SPELLED = re.compile(r"[A-Za-z0-9+/_\-\s]*+(?:=\s*+){0,2}+")
_STANDARD = str.maketrans("-_", "+/")
_GROUP = 4


def base64_bytes(text: str, *, goes_on: bool = False) -> bytes:
    """The bytes that ``text`` spells. Raises ValueError with a sentence where it does not.

    Blanks and line ends may stand anywhere, and the padding may be left out. Where the text ``goes_on``, its last
    group may still lack characters.
    """
    found = _SPELLED.match(text)
    end = found.end() if found else 0
    if end < len(text):
        raise ValueError(_fault(text, end))
    padded = "".join(text.split())
    digits = padded.rstrip("=")
    if not goes_on:
        _check_end(len(digits), len(padded) - len(digits))
    if len(digits) % _GROUP == 1:
        digits = digits[:-1]
    return b64decode(digits.translate(_STANDARD) + "=" * (-len(digits) % _GROUP))


def _fault(text: str, end: int) -> str:
    one = f"“{visible(text[end])}” {where(text, end)}"
    if "=" in text[:end]:
        return f"{one} stands behind the padding “=”, which ends Base64."
    return f"{one} is not a character of Base64, which has A to Z, a to z, 0 to 9, “+”, “/”, “-” and “_”."


def _check_end(digits: int, padding: int) -> None:
    if digits % _GROUP == 1:
        raise ValueError("The last group of the Base64 has one character: something is missing, or one is too many.")
    if padding and (digits + padding) % _GROUP:
        raise ValueError("The padding “=” at the end does not fit: fill up the last group to four, or leave it out.")
