"""What a frame is, in words: in its row, and bit by bit as RFC 6455, section 5.2, draws its header."""

from codecs import utf_8_decode
from functools import lru_cache

from desktop.chat.frames.wire import WireFrame
from desktop.widgets.record_text import close_line, close_text
from servers.exchange import Direction, clock_text
from servers.logs import visible

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_NAMES = {
    CONTINUATION: "continuation",
    TEXT: "text",
    BINARY: "binary",
    CLOSE: "close",
    PING: "ping",
    PONG: "pong",
}
_CONTROL = 0x8
_SHOWN = 200
"""Characters of a frame's content in its row."""


def time_text(frame: WireFrame) -> str:
    """The local time at which it passed, HH:MM:SS.mmm."""
    return clock_text(frame.at_ns)


def direction_text(frame: WireFrame) -> str:
    """Which way it went, from the client's view."""
    return "← received" if frame.direction is Direction.RECEIVED else "→ sent"


def opcode_text(frame: WireFrame) -> str:
    """Number and name of its opcode (section 11.8)."""
    return f"0x{frame.opcode:X} {_NAMES.get(frame.opcode, 'reserved')}"


def reserved_text(frame: WireFrame) -> str:
    """Which of the reserved bits are set; RSV1 marks a compressed message (RFC 7692, section 6)."""
    first = "compressed" if _is_compressed(frame) else "RSV1"
    return ", ".join(bit for bit, is_set in ((first, frame.rsv1), ("RSV2", frame.rsv2), ("RSV3", frame.rsv3)) if is_set)


def header_bytes(frame: WireFrame) -> bytes:
    """The header as it was on the wire."""
    flags = zip((frame.fin, frame.rsv1, frame.rsv2, frame.rsv3), (0x80, 0x40, 0x20, 0x10), strict=True)
    first = frame.opcode | sum(bit for is_set, bit in flags if is_set)
    key = frame.mask or b""
    further = frame.header_size - 2 - len(key)  # bytes of a length that the second byte has no room for
    short = {0: frame.wire_size, 2: 126, 8: 127}[further]
    length = frame.wire_size.to_bytes(further) if further else b""
    return bytes((first, short | (0x80 if key else 0))) + length + key


def header_text(frame: WireFrame) -> str:
    """The header in hexadecimal, then what each of its bits says, a line each."""
    header, key = header_bytes(frame), frame.mask or b""
    longer = header[2 : len(header) - len(key)]
    rows = [
        (header[:1].hex(), _bits(header[0], 0x80), "FIN", _fin(frame)),
        ("", _bits(header[0], 0x40), "RSV1", f"{frame.rsv1:d}{', compressed' if _is_compressed(frame) else ''}"),
        ("", _bits(header[0], 0x20), "RSV2", f"{frame.rsv2:d}"),
        ("", _bits(header[0], 0x10), "RSV3", f"{frame.rsv3:d}"),
        ("", _bits(header[0], 0x0F), "Opcode", opcode_text(frame)),
        (header[1:2].hex(), _bits(header[1], 0x80), "Mask", "1, the payload is masked" if key else "0, not masked"),
        ("", _bits(header[1], 0x7F), "Length", _short_length(header[1] & 0x7F)),
    ]
    if longer:
        rows.append((longer.hex(" "), "", "Length", f"{frame.wire_size:,} bytes of payload"))
    if key:
        rows.append((key.hex(" "), "", "Key", "what the payload is masked with"))
    width = max(len(row[0]) for row in rows)
    lines = [f"{cells[0]:{width}}  {cells[1]:9}  {cells[2]:6}  {cells[3]}" for cells in rows]
    return "\n".join([header.hex(" "), "", *lines, "", _payload(frame)])


def content_line(frame: WireFrame) -> str:
    """What is wrong with it, then the beginning of its content, in one line."""
    content = _line(frame.opcode, frame.data[: 4 * _SHOWN], is_raw=frame.size is None and frame.rsv1)
    return f"⚠ {frame.fault} {content}".rstrip() if frame.fault else content


def content_text(frame: WireFrame) -> str:
    """What is kept of its content as text; bytes that are not UTF-8 show as ``\\xff``."""
    if frame.opcode == CLOSE:
        return close_text(frame.data)
    is_cut = frame.size is not None and len(frame.data) < frame.size
    text, _ = utf_8_decode(frame.data, "backslashreplace", not is_cut)
    return "\n".join(visible(line) for line in text.split("\n"))


def kept_text(frame: WireFrame) -> str:
    """How much of the content is kept, where that is not all of it."""
    size = frame.wire_size if frame.size is None else frame.size
    if len(frame.data) >= size:
        return ""
    return (
        f"Only the first {len(frame.data):,} of {size:,} bytes are kept." if frame.data else "Its content is not kept."
    )


@lru_cache(maxsize=1024)
def _line(opcode: int, data: bytes, *, is_raw: bool) -> str:
    if opcode == CLOSE:
        return close_line(data)
    if opcode == TEXT and not is_raw:
        return visible(data.decode("utf-8", errors="replace")[:_SHOWN])
    if opcode == CONTINUATION and not is_raw:
        try:
            return visible(utf_8_decode(data)[0][:_SHOWN])
        except UnicodeDecodeError:
            return data[:_SHOWN].hex(" ")
    return data[:_SHOWN].hex(" ")


def _is_compressed(frame: WireFrame) -> bool:
    return frame.rsv1 and frame.opcode in (TEXT, BINARY)


def _fin(frame: WireFrame) -> str:
    if not frame.fin:
        return "0, the message goes on in another frame"
    if frame.opcode & _CONTROL:
        return "1, as in every control frame"
    return f"1, the last of {frame.fragment} fragments" if frame.fragment else "1, the whole message"


def _short_length(length: int) -> str:
    if length < 126:
        return f"{length} bytes of payload"
    return f"{length}, the next {2 if length == 126 else 8} bytes say it"


def _payload(frame: WireFrame) -> str:
    inflated = f", {frame.size:,} bytes when inflated" if frame.size not in (None, frame.wire_size) else ""
    return f"After the header: {frame.wire_size:,} bytes of payload{inflated}."


def _bits(byte: int, which: int) -> str:
    bits = "".join(str(byte >> place & 1) if which >> place & 1 else "." for place in range(7, -1, -1))
    return f"{bits[:4]} {bits[4:]}"
