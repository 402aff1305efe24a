"""The way through a proxy: a tunnel, which it opens when it is asked with CONNECT (RFC 9110, section 9.3.6)."""

import asyncio
import ssl
import sys
from asyncio.sslproto import _SSLProtocolTransport
from typing import Any

from websockets.asyncio.client import HTTPProxyConnection
from websockets.proxy import Proxy
from websockets.uri import WebSocketURI

from desktop.chat.connecting.offer import USER_AGENT
from desktop.widgets.proxies import ProxyAddress


class _Asking(HTTPProxyConnection):
    """Asks for the tunnel; the library's own fails when it is told twice that the stream has ended."""

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.response.done():
            super().connection_lost(exc)


async def open_tunnel(proxy: ProxyAddress, uri: WebSocketURI, context: ssl.SSLContext | None) -> asyncio.Transport:
    """A connection to the server of ``uri``; ``context`` is for a proxy of https. Raises OSError or ProxyError."""
    wanted = Proxy(proxy.scheme, proxy.host, proxy.port, proxy.user, proxy.password)
    transport, asking = await asyncio.get_running_loop().create_connection(
        lambda: _Asking(uri, wanted, USER_AGENT),
        proxy.host,
        proxy.port,
        ssl=context if proxy.scheme == "https" else None,
    )
    try:
        await asking.response
    except BaseException:
        transport.abort()
        raise
    return transport


async def secured(
    transport: asyncio.Transport, protocol: asyncio.Protocol, context: ssl.SSLContext, host: str
) -> asyncio.Transport:
    """TLS with ``host`` through a tunnel. Raises OSError."""
    if sys.version_info < (3, 12) and isinstance(transport, _SSLProtocolTransport):
        _mend(transport)
    try:
        made = await asyncio.get_running_loop().start_tls(transport, protocol, context, server_hostname=host)
    except BaseException:
        transport.abort()
        raise
    if made is None:
        raise ConnectionAbortedError("the connection ended with the TLS handshake")
    return made


def _mend(outer: Any) -> None:
    """Let TLS that fails within TLS end both; in CPython 3.11 a TypeError takes the place of the failure."""
    below = outer._ssl_protocol._transport

    def end(_: Exception | None) -> None:
        below.abort()

    outer._force_close = end
