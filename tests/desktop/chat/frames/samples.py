"""Frames for the tests of their table."""

from desktop.chat.frames.wire import WireFrame
from servers.exchange import Direction

TEXT = WireFrame(5_000_000, Direction.RECEIVED, 1, True, False, False, False, None, 2, 4, 4, b"Ahoy")
SENT = TEXT._replace(direction=Direction.SENT, mask=b"\x3f\xa1\x0c\x9d", header_size=6, rsv1=True, wire_size=3)
PING = TEXT._replace(opcode=9, data=b"\x00\xff", wire_size=2, size=2)
CLOSE = TEXT._replace(opcode=8, data=b"\x03\xe9going", wire_size=7, size=7)
BAD = TEXT._replace(opcode=3, size=None, fault="The opcode 0x3 is reserved (RFC 6455, section 5.2).")
