"""One attempt to open a WebSocket, on websockets."""

import ssl
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import enable_client_permessage_deflate
from websockets.typing import Subprotocol
from websockets.uri import WebSocketURI

from desktop.chat.connecting.address import Address
from desktop.chat.connecting.connection import AskingProtocol, RecordedConnection
from desktop.chat.connecting.failures import Attempt
from desktop.chat.connecting.offer import Offer
from desktop.chat.connecting.record import exchange_of
from desktop.chat.connecting.tunnel import open_tunnel, secured
from desktop.chat.frames.wire import WireFrame
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.widgets.proxies import ProxyAddress
from servers.exchange import Exchange
from servers.logs import protocol_logger

MAX_SIZE = 64 * 1024 * 1024
"""Bytes of the largest message that is taken; a larger one ends the connection with 1009."""

PING_INTERVAL = PING_TIMEOUT = 20.0
"""Seconds between the pings that find a cut network, and those that a pong may take; then it ends with 1011."""


class Opening(connect):
    """What is awaited for a connection. It keeps hold of one that fails, and follows no redirect, as browsers.

    ``context`` is for TLS with the server and with the proxy; its time limit is for those who await it to set.
    """

    def __init__(
        self,
        target: Target,
        address: Address,
        offer: Offer,
        proxy: ProxyAddress | None,
        context: ssl.SSLContext | None,
        on_frame: Callable[[WireFrame], None] | None,
    ) -> None:
        super().__init__(
            offer.url,
            ssl=context if address.is_secure else None,
            proxy=None,
            open_timeout=None,
            logger=protocol_logger("chat"),
        )
        self.factory = self._make
        self._target = target
        self._address = address
        self._offer = offer
        self._proxy = proxy
        self._context = context
        self._on_frame = on_frame
        self._made: RecordedConnection | None = None

    @property
    def attempt(self) -> Attempt:
        """How far it came."""
        return Attempt(self._address, self._proxy, self._made)

    def keep(self, started_ns: int, error: str, surroundings: Surroundings) -> Exchange:
        """Record how it ended, and keep the cookies that came."""
        exchange = exchange_of(self.ws_uri.resource_name, self._made, started_ns, error)
        surroundings.recorder.append(exchange)
        if exchange.status and self._target.cookies:
            surroundings.cookies.store(self._offer.url, exchange.response_headers)
        return exchange

    async def open_tcp_connection(self) -> ClientConnection:
        if self._proxy is None:
            return await super().open_tcp_connection()
        transport = await open_tunnel(self._proxy, self.ws_uri, self._context)
        connection = self._make(self.ws_uri)
        transport.set_protocol(connection)
        if self._address.is_secure and self._context is not None:
            transport = await secured(transport, connection, self._context, self.ws_uri.host)
        connection.connection_made(transport)
        return connection

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc

    def _make(self, uri: WebSocketURI) -> ClientConnection:
        protocol = AskingProtocol(
            uri,
            headers=self._offer.headers,
            extensions=enable_client_permessage_deflate(None) if self._target.compression else None,
            subprotocols=[Subprotocol(name) for name in self._offer.subprotocols] or None,
            max_size=MAX_SIZE,
            logger=self.logger,
        )
        self._made = RecordedConnection(
            protocol,
            on_frame=self._on_frame,
            ping_interval=PING_INTERVAL,
            ping_timeout=PING_TIMEOUT,
            close_timeout=None,  # the session sees to that, for either side's close
        )
        return self._made
