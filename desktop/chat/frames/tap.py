"""Listens to one connection of a client: every frame as it is on the wire, in both directions."""

from collections import deque
from collections.abc import Callable
from time import perf_counter_ns

from websockets.client import ClientProtocol
from websockets.frames import CloseCode, Frame, Opcode
from websockets.typing import BytesLike

from desktop.chat.frames.faults import (
    AFTER_CLOSE,
    AFTER_FAILURE,
    BAD_TEXT,
    TextCheck,
    by_code,
    close_fault,
    head_fault,
)
from desktop.chat.frames.heads import Fragments, Head, HeadReader, head_at
from desktop.chat.frames.wire import DATA_KEPT, WireFrame
from servers.exchange import Direction

_RECEIVED, _SENT = Direction.RECEIVED, Direction.SENT
_TEXT, _CONTINUATION, _CLOSE = Opcode.TEXT, Opcode.CONT, Opcode.CLOSE
_PLAIN, _SHORT = frozenset({0x81, 0x82}), 2
_BITS = [(one & 0x0F, *(bool(one & bit) for bit in (0x80, 0x40, 0x20, 0x10))) for one in range(256)]
"""Opcode, FIN, RSV1, RSV2 and RSV3 by a frame's first byte."""

_SWITCHED = b"HTTP/1.1 101 "
_HEAD_END = b"\r\n\r\n"


class FrameTap:
    """Hands every frame of a connection to ``sink``, in the order in which they pass.

    ``received`` is to be fed all bytes from the server before ``protocol`` gets them: the headers are read from these.
    What the contents are, inflated, is told by websockets' sans-I/O protocol. It offers no seam, so three methods are
    wrapped on this one instance: the two through which every frame passes, and the one that fails the connection.
    A frame that is not understood has a ``fault``, no ``size``, and for ``data`` its payload as it was sent.
    """

    def __init__(self, protocol: ClientProtocol, sink: Callable[[WireFrame], None]) -> None:
        self._protocol = protocol
        self._sink = sink
        self._response: bytearray | None = bytearray()
        self._reader = HeadReader()
        self._heads: deque[Head] = deque()  # headers of which websockets has not told anything yet
        self._come, self._gone = Fragments(), Fragments()
        self._text, self._in_text = TextCheck(), False
        self._unread = ""  # why nothing that comes from now on is read
        self._blamed = False
        self._send, self._receive, self._fail = protocol.send_frame, protocol.recv_frame, protocol.fail
        protocol.send_frame = self._sent  # type: ignore[method-assign] # the wrapping that the class explains
        protocol.recv_frame = self._understood  # type: ignore[method-assign]
        protocol.fail = self._failed  # type: ignore[method-assign]

    def received(self, data: bytes) -> None:
        """Take the next bytes of the connection, first those of the handshake's response (RFC 6455, section 4.2.2)."""
        if self._response is not None:
            data = self._after_response(data)
        if data:
            self._heads.extend(self._reader.read(data))
        if self._unread:
            self._pass_over()

    def _after_response(self, data: bytes) -> bytes:
        """What follows the head of a response that switches protocols; nothing follows another one."""
        response = self._response
        if response is None or self._protocol.handshake_exc is not None:
            return b""
        searched = max(0, len(response) - len(_HEAD_END))
        response += data
        end = response.find(_HEAD_END, searched)
        if end < 0 or not response.startswith(_SWITCHED):
            return b""
        self._response = None
        return bytes(response[end + len(_HEAD_END) :])

    def _sent(self, frame: Frame) -> None:
        self._send(frame)
        head = head_at(self._protocol.writes[-1], 0)
        if head is not None:
            self._tell(_SENT, head, self._gone.number(head.first), frame.data)

    def _understood(self, frame: Frame) -> None:
        if self._heads:
            self._examine(self._heads.popleft(), frame)
        try:
            self._receive(frame)
        except Exception:
            self._blamed = True  # the connection fails on this frame, not on the next
            raise

    def _examine(self, head: Head, frame: Frame) -> None:
        # There is nothing to find in the header of a short message in one frame, which most are.
        is_plain = head.first in _PLAIN and head.size == _SHORT and not self._come.last
        fault = ("" if is_plain else self._fault(head)) or self._content_fault(frame)
        self._tell(_RECEIVED, head, 0 if is_plain else self._come.number(head.first), frame.data, fault)
        if frame.opcode is _CLOSE:
            self._unread = AFTER_CLOSE
            self._pass_over()

    def _failed(self, code: CloseCode | int, reason: str = "") -> None:
        if not self._unread:
            if self._heads and not self._blamed:
                head = self._heads.popleft()
                self._reject(head, by_code(code, self._protocol.max_message_size))
            self._unread = AFTER_FAILURE
            self._pass_over()
        self._fail(code, reason)

    def _pass_over(self) -> None:
        while self._heads:
            self._reject(self._heads.popleft(), self._unread)

    def _reject(self, head: Head, why: str) -> None:
        fault = self._fault(head) or why
        self._tell(_RECEIVED, head, self._come.number(head.first), None, fault)

    def _fault(self, head: Head) -> str:
        return head_fault(head, is_open=self._come.last > 0, deflates=bool(self._protocol.extensions))

    def _content_fault(self, frame: Frame) -> str:
        opcode = frame.opcode
        if opcode is _CLOSE:
            return close_fault(bytes(frame.data), is_open=self._come.last > 0)
        if opcode is _TEXT:
            self._in_text = True
        elif opcode is not _CONTINUATION or not self._in_text:
            return ""
        self._in_text = not frame.fin
        return "" if self._text.accepts(frame.data, final=frame.fin) else BAD_TEXT

    def _tell(self, direction: Direction, head: Head, number: int, content: BytesLike | None, fault: str = "") -> None:
        first, header_size, length, key, *_ = head
        size, data = (None, head.beginning()) if content is None else (len(content), bytes(content[:DATA_KEPT]))
        values = (perf_counter_ns(), direction, *_BITS[first], key, header_size, length, size, data, number, fault)
        # WireFrame(...) is a function in Python around this call, and costs twice as much, for every frame.
        self._sink(tuple.__new__(WireFrame, values))
