"""Finds where frames begin in what comes over a connection, without a look at their payloads."""

from collections.abc import Iterator
from typing import NamedTuple

from websockets.utils import apply_mask

from desktop.chat.frames.wire import DATA_KEPT

_FIN, _OPCODE, _CONTROL = 0x80, 0x0F, 0x08
_MASKED, _LENGTH = 0x80, 0x7F
_LENGTH_16, _LENGTH_64 = 126, 127


class Head(NamedTuple):
    """The header of a frame (RFC 6455, section 5.2) and where its payload begins.

    ``first`` is its first byte, ``size`` its length in bytes, ``length`` that of the payload as the header says, which
    is anything up to 2**64 - 1. The payload begins at ``start`` of ``chunk``, and is all there or not.
    """

    first: int
    size: int
    length: int
    key: bytes | None
    chunk: bytes
    start: int

    def beginning(self) -> bytes:
        """The payload's first bytes as they were sent, without their mask; as many as had come with the header."""
        data = self.chunk[self.start : self.start + min(self.length, DATA_KEPT)]
        return apply_mask(data, self.key) if self.key is not None else data

    @property
    def is_shortest(self) -> bool:
        """Whether the length is written in as few bytes as it can be, which section 5.2 wants."""
        size = self.size - (4 if self.key is not None else 0)
        return size == 2 or self.length > (125 if size == 4 else 0xFFFF)


def head_at(data: bytes, at: int) -> Head | None:
    """The header that begins at ``at``; None if it is cut off."""
    there = len(data) - at
    if there < 2:
        return None
    second = data[at + 1]
    size, length, key = 2, second & _LENGTH, None
    if length >= _LENGTH_16:
        size = 4 if length == _LENGTH_16 else 10
        length = int.from_bytes(data[at + 2 : at + size])
    if second & _MASKED:
        size += 4
        key = data[at + size - 4 : at + size]
    if there < size:
        return None
    # Head(...) is a function in Python around this call, and costs twice as much, for every frame.
    return tuple.__new__(Head, (data[at], size, length, key, data, at + size))


class HeadReader:
    """Is fed a stream of frames in pieces of any size."""

    def __init__(self) -> None:
        self._cut = b""  # the beginning of a header
        self._skip = 0  # bytes of payload still to come

    def read(self, data: bytes) -> Iterator[Head]:
        """The headers that are complete with these bytes; ask for all of them."""
        if self._skip >= len(data):
            self._skip -= len(data)
            return
        data = self._cut + data if self._cut else data
        at = self._skip
        while (head := head_at(data, at)) is not None:
            yield head
            at = head.start + head.length
        self._cut, self._skip = (data[at:], 0) if at < len(data) else (b"", at - len(data))


class Fragments:
    """Numbers the frames of one direction within their messages (RFC 6455, section 5.4)."""

    def __init__(self) -> None:
        self.last = 0
        """The number of the last fragment while its message is not complete, else 0."""

    def number(self, first: int) -> int:
        """Which fragment the next frame is, by its first byte; 0 for a message in one frame and for control frames."""
        if first & _CONTROL:
            return 0
        before = 0 if first & _OPCODE else self.last
        if first & _FIN:
            self.last = 0
            return before and before + 1
        self.last = before + 1
        return self.last
