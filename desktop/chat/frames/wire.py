"""A frame of a WebSocket connection as it was on the wire."""

from typing import NamedTuple

from servers.exchange import Direction

DATA_KEPT = 1024
"""Bytes of a frame's content that are kept to be looked at."""

_OVERHEAD = 300


class WireFrame(NamedTuple):
    """One frame (RFC 6455, section 5.2); ``at_ns`` is a ``perf_counter_ns`` value.

    ``header_size`` is in bytes, from 2 to 14 with the mask; ``wire_size`` is the length of the payload as sent, perhaps
    compressed (RFC 7692); ``size`` that of the content, inflated, and None where the frame was not understood. ``data``
    is the content's beginning. ``mask`` is the masking key of a masked frame. ``fragment`` numbers the frames of a
    fragmented message from 1, and is 0 for a message in one frame and for control frames. ``fault`` says in words what
    is wrong with the frame; empty if nothing is.
    """

    at_ns: int
    direction: Direction
    opcode: int
    fin: bool
    rsv1: bool
    rsv2: bool
    rsv3: bool
    mask: bytes | None
    header_size: int
    wire_size: int
    size: int | None
    data: bytes
    fragment: int = 0
    fault: str = ""

    @property
    def weight(self) -> int:
        """About how many bytes of memory the frame takes."""
        return _OVERHEAD + len(self.data)
