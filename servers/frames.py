"""Records the messages and control frames of a WebSocket connection, for either end of it."""

from collections.abc import Callable
from time import perf_counter_ns

from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol

from servers.exchange import BODY_CAP, Direction, Exchange, Kind, Message

_RECEIVED, _SENT = Direction.RECEIVED, Direction.SENT  # a look-up in the class costs a tenth of a microsecond
_KINDS = {
    Opcode.TEXT: Kind.TEXT,
    Opcode.BINARY: Kind.BINARY,
    Opcode.PING: Kind.PING,
    Opcode.PONG: Kind.PONG,
    Opcode.CLOSE: Kind.CLOSE,
}


class FrameLog:
    """Turns the frames of one connection into Message records, fragments put together (RFC 6455, section 5.4).

    websockets offers no seam for the frames that it answers by itself (pong, close), so the two methods of its
    sans-I/O protocol through which every frame passes are wrapped on this one instance. Frames that pass before
    ``opened`` tells the exchange of the handshake are kept for it.
    """

    def __init__(self, protocol: Protocol, sink: Callable[[Message], None]) -> None:
        self._sink = sink
        self._exchange: Exchange | None = None
        self._early: list[tuple[Direction, Kind, bytes, int, int]] = []
        self._partial: dict[Direction, _Partial] = {}
        self._send, self._receive = protocol.send_frame, protocol.recv_frame
        protocol.send_frame = self._sent  # type: ignore[method-assign] # the wrapping that the class explains
        protocol.recv_frame = self._received  # type: ignore[method-assign]

    def opened(self, exchange: Exchange) -> None:
        """Hang all messages, also those that came before, off this exchange."""
        self._exchange = exchange
        for early in self._early:
            self._sink(Message(exchange, *early))
        self._early.clear()

    def _sent(self, frame: Frame) -> None:
        self._send(frame)
        self._note(_SENT, frame)

    def _received(self, frame: Frame) -> None:
        self._note(_RECEIVED, frame)
        self._receive(frame)

    def _note(self, direction: Direction, frame: Frame) -> None:
        kind = _KINDS.get(frame.opcode)
        if kind is None or not frame.fin:
            self._fragment(direction, kind, frame)
            return
        data = frame.data
        size = len(data)
        kept = data if size <= BODY_CAP and isinstance(data, bytes) else bytes(data[:BODY_CAP])
        self._emit(direction, kind, kept, size)

    def _fragment(self, direction: Direction, kind: Kind | None, frame: Frame) -> None:
        partial = self._partial.get(direction)
        if kind is not None:
            partial = self._partial[direction] = _Partial(kind)
        if partial is None:
            return  # a continuation of nothing: websockets fails the connection
        partial.data += frame.data[: BODY_CAP - len(partial.data)]
        partial.size += len(frame.data)
        if frame.fin:
            del self._partial[direction]
            self._emit(direction, partial.kind, bytes(partial.data), partial.size)

    def _emit(self, direction: Direction, kind: Kind, data: bytes, size: int) -> None:
        at_ns = perf_counter_ns()
        if self._exchange is None:
            self._early.append((direction, kind, data, size, at_ns))
        else:
            # Message(...) is a function in Python around this call, and costs twice as much, for every message.
            self._sink(tuple.__new__(Message, (self._exchange, direction, kind, data, size, at_ns)))


class _Partial:
    """A message whose last fragment has not passed yet."""

    __slots__ = ("data", "kind", "size")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.data = bytearray()
        self.size = 0
