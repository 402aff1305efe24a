"""What is wrong with a frame, in words, with the section of RFC 6455 or RFC 7692 that says so."""

from codecs import utf_8_decode

from websockets.exceptions import ProtocolError
from websockets.frames import Close, CloseCode

from desktop.chat.frames.heads import Head

BAD_TEXT = "The text is not UTF-8 (RFC 6455, section 8.1)."
AFTER_CLOSE = "It came after the close frame and was not read (RFC 6455, section 5.5.1)."
AFTER_FAILURE = "It was not read: the connection had failed before (RFC 6455, section 7.1.7)."

_CONTINUATION, _CLOSE, _CONTROL = 0x0, 0x8, 0x8
_OPCODES = frozenset({0x0, 0x1, 0x2, 0x8, 0x9, 0xA})
_FIN, _RSV1, _RSV2, _RSV3 = 0x80, 0x40, 0x20, 0x10
_CONTROL_LIMIT = 125
_STEP = 1 << 16


def head_fault(head: Head, *, is_open: bool, deflates: bool) -> str:
    """What is wrong with the header of a frame from a server; empty if nothing is.

    ``is_open``: a message has begun, and its last fragment has not come. ``deflates``: compression was agreed on.
    """
    first = head.first
    opcode = first & 0x0F
    if opcode not in _OPCODES:
        return f"The opcode 0x{opcode:X} is reserved (RFC 6455, section 5.2)."
    if head.key is not None:
        return "A server must not mask its frames (RFC 6455, section 5.1)."
    if first & (_RSV1 | _RSV2 | _RSV3) and (fault := _reserved_bit(first, deflates)):
        return fault
    if opcode & _CONTROL:
        return _control(head)
    if is_open != (opcode == _CONTINUATION):
        return _out_of_turn(is_open)
    return "" if head.size == 2 else _length(head)


def by_code(code: int, limit: int | None) -> str:
    """What is wrong with a frame whose header is right, when the connection fails with this close code on it.

    ``limit`` is how many bytes of a message are taken; None for any number.
    """
    if code == CloseCode.MESSAGE_TOO_BIG and limit is not None:
        return f"The message is longer than the {limit:,} bytes that are taken here (RFC 6455, section 10.4)."
    if code == CloseCode.PROTOCOL_ERROR:
        return "The content cannot be inflated (RFC 7692, section 7.2.2)."
    if code == CloseCode.ABNORMAL_CLOSURE:
        return "The connection ended within the frame (RFC 6455, section 7.1.5)."
    return AFTER_FAILURE


def close_fault(data: bytes, *, is_open: bool) -> str:
    """What is wrong with the payload of a close frame; empty if nothing is."""
    try:
        Close.parse(data)
    except UnicodeDecodeError:
        return "The reason is not UTF-8 (RFC 6455, section 5.5.1)."
    except ProtocolError:
        if len(data) < 2:
            return "The content of a close frame begins with a code of two bytes (RFC 6455, section 5.5.1)."
        return f"The code {int.from_bytes(data[:2])} must not be in a close frame (RFC 6455, section 7.4)."
    return "The last fragment of a message has not come before it (RFC 6455, section 5.4)." if is_open else ""


class TextCheck:
    """Tells whether a text is UTF-8, fragment by fragment: a character may be cut by the end of one."""

    def __init__(self) -> None:
        self._cut = b""

    def accepts(self, data: bytes | bytearray | memoryview, *, final: bool) -> bool:
        """Whether this fragment goes on as UTF-8; with the ``final`` one the text ends, and another may begin."""
        size = len(data)
        try:
            if final and not self._cut and size <= _STEP:
                utf_8_decode(data, "strict", True)
                return True
            view = memoryview(data)
            for at in range(0, size or 1, _STEP):
                piece = self._cut + view[at : at + _STEP]
                _, used = utf_8_decode(piece, "strict", final and at + _STEP >= size)
                self._cut = piece[used:]
        except UnicodeDecodeError:
            self._cut = b""
            return False
        return True


def _reserved_bit(first: int, deflates: bool) -> str:
    if first & _RSV1 and not deflates:
        return "RSV1 is set, but compression was not agreed on (RFC 6455, section 5.2)."
    if first & _RSV1 and first & 0x0F not in (0x1, 0x2):
        kind = "A control frame" if first & _CONTROL else "A continuation"
        return f"{kind} must not have RSV1 set (RFC 7692, section 6)."
    if first & (_RSV2 | _RSV3):
        which = "RSV2" if first & _RSV2 else "RSV3"
        return f"{which} is set, but no extension that uses it was agreed on (RFC 6455, section 5.2)."
    return ""


def _control(head: Head) -> str:
    if not head.first & _FIN:
        return "A control frame must not be fragmented (RFC 6455, section 5.5)."
    if head.length > _CONTROL_LIMIT:
        return f"A control frame may carry at most {_CONTROL_LIMIT} bytes (RFC 6455, section 5.5)."
    return "" if head.is_shortest else _length(head)


def _out_of_turn(is_open: bool) -> str:
    if is_open:
        return "A new message begins before the last fragment of the one before (RFC 6455, section 5.4)."
    return "There is no message that it could continue (RFC 6455, section 5.4)."


def _length(head: Head) -> str:
    if head.length >> 63:
        return "The first bit of a length of 64 bits must be 0 (RFC 6455, section 5.2)."
    if not head.is_shortest:
        return "The length must be written in as few bytes as it can be (RFC 6455, section 5.2)."
    return ""
