"""A server's connection from accept to its end: what it counts, and what came before its handshake."""

import asyncio
import struct
from collections.abc import Callable
from http import HTTPStatus
from time import perf_counter_ns
from typing import Any, NamedTuple

from websockets.asyncio.server import Server as Listener
from websockets.asyncio.server import ServerConnection, broadcast
from websockets.exceptions import InvalidMessage
from websockets.frames import CloseCode, Frame, Opcode
from websockets.protocol import OPEN, Event
from websockets.server import ServerProtocol

from servers.exchange import BODY_CAP, Direction, Exchange, Kind, Message
from servers.frames import FrameLog

_TEXT, _BINARY, _RECEIVED, _SENT = Kind.TEXT, Kind.BINARY, Direction.RECEIVED, Direction.SENT
_KINDS = {Opcode.TEXT: _TEXT, Opcode.BINARY: _BINARY}
_FIRST = {_TEXT: 0x80 | Opcode.TEXT, _BINARY: 0x80 | Opcode.BINARY}
_MESSAGES = frozenset({Opcode.TEXT, Opcode.BINARY, Opcode.CONT})

READ_AT_ONCE = 16 * 1024

_AT_ONCE = 32
"""Messages of one piece that are answered before others have their turn."""

CUT_AFTER = 5.0
"""Seconds that a client gets to take what is on its way and to end the connection, once a close frame is sent to it."""

SURPLUS = 128
"""Connections beyond those that the system bears that are taken, so that they can be told so; more are cut at once."""

_KEPT = 8 * 1024
"""Bytes that are kept of what should have been a handshake."""

_END = b"\r\n\r\n"
"""The blank line behind the header fields (RFC 9112, section 2.1)."""


class Part(NamedTuple):
    """One message ready to be sent to many: its kind, content, and the frame that carries it uncompressed."""

    kind: Kind
    data: bytes
    frame: bytes


def part(content: str | bytes) -> Part:
    """Text or bytes, ready to be sent."""
    return part_of(_TEXT, content.encode()) if isinstance(content, str) else part_of(_BINARY, content)


def part_of(kind: Kind, data: bytes) -> Part:
    """A text message in UTF-8, or a binary one, as one unmasked frame (RFC 6455, section 5.2)."""
    first, size = _FIRST[kind], len(data)
    if size < 126:
        return Part(kind, data, bytes((first, size)) + data)
    head = struct.pack("!BBH", first, 126, size) if size < 65_536 else struct.pack("!BBQ", first, 127, size)
    return Part(kind, data, head + data)


class Count:
    """Messages and the bytes of their content, one way."""

    __slots__ = ("bytes", "messages")

    def __init__(self) -> None:
        self.messages = 0
        self.bytes = 0


class Connection(ServerConnection):
    """A connection that is in ``alive`` from accept to its end, and whose messages are counted and handed on.

    ``early`` are the first bytes that came before there was a request; ``is_malformed`` says that they are no HTTP and
    were answered with 400, ``has_left`` that the client ended the connection before the server did. What comes in one
    piece with the handshake is held back until ``take_frames``: websockets would answer it before the handshake.

    ``on_end`` is called when the connection has ended; ``on_room`` when so much of what was written has been read that
    more may be; ``on_message`` with a whole message, if none that came before it still waits to be read (``done`` says
    when one has been): it returns whether that was all, else the message waits like the others.
    """

    def __init__(
        self,
        protocol: ServerProtocol,
        listener: Listener,
        alive: "set[Connection]",
        most: int,
        on_end: "Callable[[Connection], None]",
        secure: Callable[[asyncio.BaseTransport, asyncio.BaseProtocol], bool],
        **options: Any,
    ) -> None:
        super().__init__(protocol, listener, **options)
        self.arrived_ns = 0
        self.early = b""
        self.is_malformed = self.has_left = False
        self.room = ""
        self.received, self.sent = Count(), Count()
        self.on_room: Callable[[], None] | None = None
        self.on_message: Callable[[Kind, bytes], bool] | None = None
        self._unread = self._at_once = 0
        self._exchange: Exchange
        self._sink: Callable[[Message], None]
        self._tail = b""
        self._held: bytes | None = b""
        self._pong: Frame | None = None
        self._cut: asyncio.TimerHandle | None = None
        self._alive = alive
        self._most = most
        self._on_end = on_end
        self._secure = secure
        self._send_eof = protocol.send_eof
        protocol.send_eof = self._answer_and_end  # type: ignore[method-assign] # see there

    def record_frames(self, exchange: Exchange, sink: Callable[[Message], None]) -> None:
        """From now on hand every message and control frame to ``sink``, hanging off the exchange of the handshake."""
        self._exchange, self._sink = exchange, sink
        received, sent = self.received, self.sent

        def count(message: Message) -> None:
            if message.kind is _TEXT or message.kind is _BINARY:
                one = received if message.direction is _RECEIVED else sent
                one.messages += 1
                one.bytes += message.size
            elif message.kind is Kind.CLOSE and message.direction is _SENT:
                self._cut = self.loop.call_later(CUT_AFTER, self.transport.abort)
            sink(message)

        FrameLog(self.protocol, count).opened(exchange)
        self._send_frame = self.protocol.send_frame
        self.protocol.send_frame = self._send_or_keep  # type: ignore[method-assign] # see there

    def write(self, one: Part, log: Callable[[Message], None] | None = None) -> None:
        """Send at once, whatever the transport has to keep of it; nothing is sent to a connection that is closing.

        The record goes to ``log`` instead of the sink, where that is cheaper for the caller and possible.
        """
        if self.protocol.state is not OPEN or self.transport.is_closing():
            return
        if self.protocol.extensions:
            broadcast((self,), one.data, text=one.kind is _TEXT)
            return
        # without compression the frame is the same for all clients, and making it costs more than sending it
        self.transport.write(one.frame)
        size = len(one.data)
        self.sent.messages += 1
        self.sent.bytes += size
        (log or self._sink)(Message(self._exchange, _SENT, one.kind, one.data[:BODY_CAP], size, perf_counter_ns()))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._secure(transport, self):
            return  # it is made again when the TLS handshake is done
        # bytes that asyncio reads at once: a chunk of thousands of tiny frames would hold the loop
        transport.max_size = READ_AT_ONCE  # type: ignore[attr-defined]
        super().connection_made(transport)
        self._alive.add(self)
        if len(self._alive) > self._most + SURPLUS:
            self.transport.abort()

    def eof_received(self) -> None:
        self.has_left = True
        super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self.has_left = self.has_left or exc is not None
        self._alive.discard(self)
        if self._cut is not None:
            self._cut.cancel()
        super().connection_lost(exc)
        self._on_end(self)

    def data_received(self, data: bytes) -> None:
        self._at_once = 0
        if self._held is None:
            super().data_received(data)
        elif self.request is None:
            self._read_handshake(data)
        elif self.response is None or self.response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
            self._held += data  # what follows a refused handshake is of no interest

    def take_frames(self) -> None:
        """Read what was sent right behind the handshake, and from now on everything at once."""
        held, self._held = self._held, None
        if held:
            super().data_received(held)

    def process_event(self, event: Event) -> None:
        if isinstance(event, Frame) and event.fin and event.opcode in _MESSAGES:
            if self._answers_at_once(event):
                return
            self._unread += 1
        super().process_event(event)

    def done(self) -> None:
        """A message that had to wait has been read and answered."""
        self._unread -= 1

    def _answers_at_once(self, frame: Frame) -> bool:
        """Whether the answer to a frame needs nobody's turn: that of most echoes, which takes half the time then."""
        kind = _KINDS.get(frame.opcode)
        if kind is None or self.on_message is None or self._unread or self.paused or self._at_once >= _AT_ONCE:
            return False
        if len(frame.data) > READ_AT_ONCE:
            return False  # of what deflates well, sixteen messages of the largest size come in one piece
        self._at_once += 1
        return self.on_message(kind, bytes(frame.data))

    def resume_writing(self) -> None:
        super().resume_writing()
        pong, self._pong = self._pong, None
        if pong is not None and self.protocol.state is OPEN:
            self.protocol.send_frame(pong)
            self.send_data()
        if self.on_room is not None:
            self.on_room()

    async def keepalive(self) -> None:
        """Ping at intervals; websockets would wait without end for a client that reads nothing to take the ping."""
        try:
            while True:
                await asyncio.sleep(self.ping_interval or 0)
                async with asyncio.timeout(self.ping_timeout):
                    await (await self.ping())
        except TimeoutError:
            if self.protocol.state is OPEN:
                self.protocol.fail(CloseCode.INTERNAL_ERROR, "keepalive ping timeout")
                self.send_data()

    def _send_or_keep(self, frame: Frame) -> None:
        """Answer the last ping alone of a client that does not read (RFC 6455, section 5.5.3): pongs have no bound."""
        if self.paused and frame.opcode is Opcode.PONG:
            self._pong = frame
        else:
            self._send_frame(frame)

    def _read_handshake(self, data: bytes) -> None:
        self.arrived_ns = self.arrived_ns or perf_counter_ns()
        seen = self._tail + data
        end = seen.find(_END)
        head = data if end < 0 else data[: end + len(_END) - len(self._tail)]
        self._tail = seen[1 - len(_END) :]
        self.early = (self.early + head)[:_KEPT]
        self._held = data[len(head) :]
        super().data_received(head)

    def _answer_and_end(self) -> None:
        """Tell the sender of what is no HTTP why the connection ends; websockets would end it in silence."""
        if isinstance(self.protocol.handshake_exc, InvalidMessage) and not self.protocol.reader.eof:
            self.is_malformed = True
            response = self.protocol.reject(400, "This is not a well-formed WebSocket handshake.\n")
            self.protocol.writes.append(response.serialize())
        self._send_eof()
