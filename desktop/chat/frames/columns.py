"""The columns of the table of frames, and what each of them means."""

from desktop.chat.frames.wire import WireFrame
from desktop.chat.frames.words import content_line, direction_text, opcode_text, reserved_text, time_text
from desktop.widgets.ring_table import Column

CONTENT = 3
"""Which column takes the room that the others leave."""


def _mask(frame: WireFrame) -> str:
    return "no" if frame.mask is None else frame.mask.hex()


def _size(frame: WireFrame) -> str:
    return "?" if frame.size is None else f"{frame.size:,}"


COLUMNS: tuple[Column[WireFrame], ...] = (
    Column("Time", 90, time_text, fits=True),
    Column("Direction", 76, direction_text, fits=True),
    Column("Opcode", 78, opcode_text, begins=True),
    Column("Content", 150, content_line, begins=True),
    Column("FIN", 32, lambda frame: f"{frame.fin:d}", fits=True),
    Column("RSV", 84, reserved_text, begins=True),
    Column("Mask", 66, _mask, fits=True),
    Column("Fragment", 64, lambda frame: str(frame.fragment or ""), numeric=True),
    Column("Header", 52, lambda frame: str(frame.header_size), numeric=True, fits=True),
    Column("Wire", 66, lambda frame: f"{frame.wire_size:,}", numeric=True),
    Column("Inflated", 66, _size, numeric=True),
)

TIPS = (
    "When the frame passed: local time, to the millisecond",
    "Sent by this client, or received from the server",
    "What the frame is (RFC 6455, section 5.2): 0x1 text, 0x2 binary, 0x0 continues a message,\n"
    "0x8 close, 0x9 ping, 0xA pong; the others are reserved",
    "The beginning of the content, inflated and without its mask; first what is wrong with the frame, if anything is",
    "1 in the last frame of a message, 0 if the message goes on in another frame",
    "Which of the reserved bits are set; RSV1 marks a compressed message (RFC 7692)",
    "The key that the payload is masked with, in hexadecimal: a client must mask, a server must not",
    "Which frame of its message it is, from 1; empty for a message in one frame",
    "Length of the header in bytes: 2 to 14",
    "Length of the payload in bytes as it was on the wire, perhaps compressed",
    "Length of the content in bytes, inflated; “?” where the frame was not understood",
)
