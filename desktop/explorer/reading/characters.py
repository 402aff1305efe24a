"""Where characters begin and end in the bytes of a charset, also in bytes that are not text at all."""

import codecs
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_SHOWN = "backslashreplace"
_SYNC = 0x30  # no multi-byte charset uses a byte below this inside a character
_BACK = 256
_PROBE = bytes(range(256)) + b"\x1b$BF|~{VV+AGE-"  # every byte, and what starts characters of several in some charsets


class Coding(NamedTuple):
    """How a charset is read; a code unit has ``unit`` bytes."""

    name: str
    unit: int
    newline: bytes
    single_byte: bool
    utf8: bool


@lru_cache(maxsize=64)
def coding_of(charset: str, start: bytes = b"") -> Coding:
    """What is known of a charset; ``start`` of the text decides the byte order where the charset leaves it open."""
    name = codecs.lookup(charset).name
    if name in ("utf-16", "utf-32"):
        name += "-be" if start.startswith((b"\xfe\xff", b"\0\0\xfe\xff")) else "-le"
    newline = "\n".encode(name)
    single = len(_PROBE.decode(name, "replace")) == len(_PROBE) and len(newline) == 1
    return Coding(name, len(newline), newline, single and name != "utf-8", name in ("utf-8", "utf-8-sig"))


def decode(data: bytes, coding: Coding) -> str:
    """Text for reading; bytes that are no characters show as ``\\xff``."""
    return data.decode("utf-8" if coding.utf8 else coding.name, _SHOWN)


def fold(data: bytes, coding: Coding, width: int) -> Iterator[tuple[str, int]]:
    """The text in pieces of at most ``width`` characters, each with its number of bytes."""
    pieces = _pieces(data, coding, width)
    if b"".join(pieces) != data:
        yield from _fold_slowly(data, coding, width)
        return
    for piece in pieces:
        yield decode(piece, coding), len(piece)


def ends(data: bytes, coding: Coding) -> list[tuple[str, int]]:
    """Each character, or escape of a bad byte, with the offset in bytes at which it ends; the last is the data's end.

    Bytes that are no characters, such as those that switch between sets, belong to the character behind them.
    """
    made: list[tuple[str, int]] = []
    decoder = codecs.getincrementaldecoder(coding.name)(_SHOWN)
    shown = 0
    for start in range(0, len(data), coding.unit):
        stop = min(start + coding.unit, len(data))
        try:
            text = decoder.decode(data[start:stop], stop == len(data))
        except UnicodeError:  # those of ISO 2022 give up on a switch that does not end
            decoder.reset()
            text = "".join(f"\\x{byte:02x}" for byte in data[shown:stop])
        if text or stop == len(data):
            made.append((text, stop))
            shown = stop
    return made


def aligned(before: bytes, after: bytes, coding: Coding) -> int:
    """How many bytes of ``after`` belong to a character that starts in ``before``."""
    if coding.single_byte or not after or not before:
        return 0
    if coding.utf8:
        return next((index for index, byte in enumerate(after[:4]) if byte & 0xC0 != 0x80), 0)
    if coding.unit > 1:
        if len(after) < coding.unit:
            return 0
        high = after[coding.unit - 1 if coding.name.endswith("le") else 0]
        return 2 if coding.unit == 2 and 0xDC <= high <= 0xDF else 0
    tail = before[-_BACK:]
    sync = max((index for index, byte in enumerate(tail) if byte < _SYNC), default=-1) + 1
    rest = tail[sync:]
    if not rest:
        return 0
    return next((end - len(rest) for _, end in ends(rest + after[:8], coding) if end >= len(rest)), 0)


def _pieces(data: bytes, coding: Coding, width: int) -> list[bytes]:
    """The bytes of each piece where text can be turned back into them; else something that is not ``data``."""
    if coding.single_byte:
        return [data[start : start + width] for start in range(0, len(data), width)]
    name = "utf-8" if coding.utf8 else coding.name
    try:
        text = data.decode(name, "surrogateescape")  # keeps bad bytes as well
        return [text[start : start + width].encode(name, "surrogateescape") for start in range(0, len(text), width)]
    except UnicodeError:
        return []


def _fold_slowly(data: bytes, coding: Coding, width: int) -> Iterator[tuple[str, int]]:
    characters, begun = ends(data, coding), 0
    for start in range(0, len(characters), width):
        piece = characters[start : start + width]
        yield "".join(text for text, _ in piece), piece[-1][1] - begun
        begun = piece[-1][1]
