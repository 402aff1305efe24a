"""TLS between the sockets of one running server and its protocol: deadlines, and an end to what never began."""

import asyncio
import logging
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import Callable, Iterable
from typing import cast

from servers.tls.authority import LocalAuthority

log = logging.getLogger("portside.tls")

HANDSHAKE = 10
"""Seconds that a client has for the TLS handshake."""

GOODBYE = 0.5
"""Seconds that a client has to answer the end of TLS (RFC 8446, section 6.1); then the connection is cut."""

LOOK_AGAIN = 6 * 3600.0
"""Seconds after which a running server looks whether its certificate is good for some time to come."""


class TlsLayer:
    """The TLS connections of one server, from its start to its stop.

    asyncio's own way, ``ssl=`` of ``create_server``, cannot reach a connection before its handshake is done. ``tell``
    is called with a sentence that users should know, whenever there is one.
    """

    def __init__(self, authority: LocalAuthority, context: ssl.SSLContext, tell: Callable[[str], None]) -> None:
        self.context = context
        self.connections: set[_Connection] = set()
        self.is_ending = False
        self._authority = authority
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(LOOK_AGAIN, self.look_again)

    @classmethod
    async def open(cls, authority: LocalAuthority, names: Iterable[str], tell: Callable[[str], None]) -> "TlsLayer":
        """Make ready what a server needs that answers to ``names``, too. Raises OSError with a sentence."""
        context = await authority.context(names)
        if authority.notice:
            tell(authority.notice)
        return cls(authority, context, tell)

    def begin(self, transport: asyncio.BaseTransport, protocol: asyncio.BaseProtocol) -> None:
        """Put TLS between them; ``protocol`` is told of its connection when the handshake is done."""
        connection = _Connection(self, self._loop, protocol)
        transport.set_protocol(connection)
        connection.connection_made(transport)

    def cut_silent(self) -> None:
        """Cut the connections whose handshake is not done, and from now on every new one."""
        self.is_ending = True
        for connection in list(self.connections):
            if not connection.is_open:
                connection.cut()

    def end(self) -> None:
        """Cut every connection that is left, once what was written is sent; nothing happens any more afterwards."""
        self.cut_silent()
        self._timer.cancel()
        for connection in list(self.connections):
            connection.finish()

    def look_again(self) -> None:
        """Renew in a thread what is due, and use it from the next handshake on."""
        self._timer.cancel()
        self._timer = self._loop.call_later(LOOK_AGAIN, self.look_again)
        self._loop.run_in_executor(None, self._authority.renew).add_done_callback(self._looked)

    def _looked(self, renewing: "asyncio.Future[str | None]") -> None:
        if renewing.cancelled():
            return
        try:
            notice = renewing.result()
            self._authority.load()
        except OSError as error:  # what is in use stays in use
            notice = f"The certificate could not be renewed: {error}"
        if notice and not self.is_ending:
            log.warning("%s", notice)
            self._tell(notice)


class _Connection(SSLProtocol):
    """One connection, from its accept on; it takes a sixteenth of the memory that asyncio gives one."""

    max_size = 16 * 1024

    def __init__(self, layer: TlsLayer, loop: asyncio.AbstractEventLoop, protocol: asyncio.BaseProtocol) -> None:
        super().__init__(
            loop,
            protocol,
            layer.context,
            None,  # type: ignore[arg-type] # nobody waits for the handshake
            server_side=True,
            ssl_handshake_timeout=HANDSHAKE,
            ssl_shutdown_timeout=GOODBYE,
        )
        self._layer = layer
        self._socket: asyncio.Transport | None = None

    @property
    def is_open(self) -> bool:
        """Whether the handshake is done."""
        return "ssl_object" in self._extra

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._socket = cast(asyncio.Transport, transport)
        self._layer.connections.add(self)
        super().connection_made(transport)
        if self._layer.is_ending:
            self.cut()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._layer.connections.discard(self)
        super().connection_lost(exc)

    def cut(self) -> None:
        """End at once."""
        if self._socket is not None:
            self._socket.abort()

    def finish(self) -> None:
        """End once the bytes that wait for the socket are sent."""
        if self._socket is not None:
            self._socket.close()
