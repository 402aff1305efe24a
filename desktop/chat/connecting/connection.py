"""The connection of a chat window, of which everything that passes is recorded."""

import socket
from asyncio import BaseTransport
from collections.abc import Callable
from time import perf_counter_ns
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.client import ClientProtocol
from websockets.datastructures import Headers as WireHeaders
from websockets.http11 import Request
from websockets.protocol import Event

from desktop.chat.connecting.intake import Intake
from desktop.chat.frames.tap import FrameTap
from desktop.chat.frames.wire import WireFrame
from servers.exchange import Endpoint, Exchange, Headers, Message, endpoint
from servers.frames import FrameLog

STALLED = 40
"""Seconds after which a connection is cut whose other end takes none of the bytes that wait for it."""

_SAID = 200


class AskingProtocol(ClientProtocol):
    """Asks with ``headers`` after those of every handshake, and in place of those of the same name."""

    def __init__(self, *args: Any, headers: Headers, **options: Any) -> None:
        super().__init__(*args, **options)
        self._headers = [(name, value.encode().decode("latin-1")) for name, value in headers]

    def connect(self) -> Request:
        """The request; a Host comes first (RFC 9110, section 7.2)."""
        request = super().connect()
        given = {name.lower() for name, _ in self._headers}
        own = [(name, value) for name, value in request.headers.raw_items() if name.lower() not in given]
        fields = [*own, *self._headers]
        fields.sort(key=_is_not_host)
        request.headers = WireHeaders(fields)
        return request


class RecordedConnection(ClientConnection):
    """A connection whose messages, the first ones included, are handed on as records, and its frames to ``on_frame``.

    ``said`` is how the other end's answer begins, and ``responded_ns`` when its head was there.
    """

    exchange: Exchange
    said = b""
    responded_ns = 0

    def __init__(
        self, protocol: ClientProtocol, *, on_frame: Callable[[WireFrame], None] | None = None, **options: Any
    ) -> None:
        super().__init__(protocol, **options)
        self._is_made = False
        self._sink: Callable[[Message], None] | None = None
        self._frames = FrameLog(protocol, self._hand_on)
        self._tap = FrameTap(protocol, on_frame) if on_frame is not None else None

    @property
    def ends(self) -> tuple[Endpoint | None, Endpoint | None]:
        """This end and the other one, as far as there is a connection."""
        if not self._is_made:
            return None, None
        return endpoint(self.local_address), endpoint(self.remote_address)

    def hand_to(self, sink: Callable[[Message], None]) -> None:
        """Hand every message to ``sink`` from now on, after those that have passed already."""
        self._sink = sink
        self._frames.opened(self.exchange)

    async def handshake(self, *_: Any) -> None:
        """Ask with the protocol's headers and no others."""
        await super().handshake(None, None)

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self._is_made = True
        self._intake = Intake(self.transport, self._take)
        self.recv_messages.pause, self.recv_messages.resume = self._intake.hold, self._intake.release
        # The keepalive's ping waits behind what the network does not take, perhaps for ever.
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            sock = transport.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED * 1000)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._is_made:  # TLS through a tunnel loses, too, what it never made
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._intake.received(data)

    def eof_received(self) -> None:
        self._intake.finish()
        super().eof_received()

    def _take(self, data: bytes) -> None:
        if self._tap is not None:
            self._tap.received(data)
        if self.response is None:
            self.said = (self.said + data)[:_SAID]
        super().data_received(data)
        if self.response is None and self.protocol.handshake_exc is not None:
            self.transport.abort()  # who does not speak HTTP need not hang up

    def process_event(self, event: Event) -> None:
        if self.response is None:
            self.responded_ns = perf_counter_ns()
        super().process_event(event)

    def _hand_on(self, message: Message) -> None:
        if self._sink is not None:
            self._sink(message)


def _is_not_host(field: tuple[str, str]) -> bool:
    return field[0].lower() != "host"
