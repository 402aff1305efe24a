"""Backslash escapes as in $'…' of bash and in the format of printf."""

import re

_ESCAPE = re.compile(
    r"((?:\\u[0-9A-Fa-f]{1,4})+)|\\U([0-9A-Fa-f]{1,8})"
    r"|\\x([0-9A-Fa-f]{1,2})|\\([0-7]{1,3})|\\c(.)|\\([abeEfnrtv\\'\"?])",
    re.DOTALL,
)
_LETTERS = dict(zip("abeEfnrtv\\'\"?", "\a\b\x1b\x1b\f\n\r\t\v\\'\"?", strict=True))
_LAST = 0x10FFFF


def unescaped(text: str) -> str:
    """The text with its escapes replaced; bytes that are not UTF-8 become lone surrogates (PEP 383)."""
    pieces: list[bytes] = []
    at = 0
    for found in _ESCAPE.finditer(text):
        pieces += (as_bytes(text[at : found.start()]), _value(found))
        at = found.end()
    return as_text(b"".join((*pieces, as_bytes(text[at:]))))


def as_bytes(text: str) -> bytes:
    """The bytes that a shell would hand on; the inverse of ``as_text``."""
    return text.encode("utf-8", "surrogateescape")


def as_text(data: bytes) -> str:
    """The text in UTF-8, in which a lone surrogate stands for each byte that is none."""
    return data.decode("utf-8", "surrogateescape")


def _value(found: re.Match[str]) -> bytes:
    units, long, byte, octal, control, letter = found.groups()
    if units:
        # Browsers write what lies beyond the basic plane as two halves (UTF-16).
        halves = b"".join(int(one, 16).to_bytes(2, "little") for one in units.split("\\u")[1:])
        return halves.decode("utf-16-le", "replace").encode()
    if long:
        return chr(min(int(long, 16), _LAST)).encode("utf-8", "replace")
    if byte or octal:
        return bytes([int(byte, 16) if byte else int(octal, 8) & 255])
    return bytes([ord(control.upper()) & 31]) if control else _LETTERS[letter].encode()
