"""Byte ranges of a file (RFC 9110, section 14)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ONE = re.compile(r"bytes=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*", re.IGNORECASE | re.ASCII)
_MOST_DIGITS = 20
"""More digits than any file's size has."""


class Unsatisfiable(Exception):
    """The range lies outside of the file (section 15.5.17)."""


class ByteRange(NamedTuple):
    """The positions of the first and of the last byte to send."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        """The Content-Range field for this part of ``size`` bytes (section 14.4)."""
        return f"bytes {self.first}-{self.last}/{size}"


def read_range(values: Sequence[str], size: int) -> ByteRange | None:
    """The one range of ``size`` bytes that Range fields ask for; None where the whole is to be sent.

    That is so without a field, with one that is malformed, and with several ranges, which a server may ignore
    (section 14.2). Raises Unsatisfiable.
    """
    match = _ONE.fullmatch(values[0]) if len(values) == 1 else None
    if match is None or not (match[1] or match[2]):
        return None
    first, last = _number(match[1]), _number(match[2])
    if first is None:
        return _suffix(last or 0, size)
    if last is not None and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return ByteRange(first, size - 1 if last is None else min(last, size - 1))


def _suffix(count: int, size: int) -> ByteRange | None:
    if count == 0:
        raise Unsatisfiable
    return ByteRange(max(0, size - count), size - 1) if size else None  # no Content-Range can name a part of nothing


def _number(digits: str) -> int | None:
    """The value; of a giant one only that it is one: Python refuses to read more than some thousand digits."""
    if not digits:
        return None
    significant = digits.lstrip("0") or "0"
    return int(significant) if len(significant) <= _MOST_DIGITS else 10**_MOST_DIGITS
