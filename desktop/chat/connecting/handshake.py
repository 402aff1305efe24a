"""Opens the WebSocket connection of a client and records its handshake."""

import asyncio
from collections.abc import Callable
from time import perf_counter_ns
from typing import cast

from websockets.exceptions import WebSocketException
from websockets.uri import parse_uri

from desktop.chat.connecting.address import Address, parse_address
from desktop.chat.connecting.connection import RecordedConnection
from desktop.chat.connecting.failures import ConnectFailed, explain
from desktop.chat.connecting.offer import offer_of
from desktop.chat.connecting.opening import Opening
from desktop.chat.frames.wire import WireFrame
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.widgets.proxies import ProxyAddress, is_loopback, parse_proxy, system_proxy
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY
from servers.tls.client import Trust, make_context

__all__ = ["ConnectFailed", "RecordedConnection", "open_connection"]

OPEN_TIMEOUT = 10.0
"""Seconds that name look-up, TCP, TLS and handshake may take together."""

_PROXY_KINDS = {"ws": ("ws", "https", "http", "all", "socks"), "wss": ("wss", "https", "all", "socks")}
"""Whose proxy is taken, in this order (as RFC 6455, section 4.1, has it, but SOCKS last: it is not spoken here)."""

_UNPREPARED = "This computer did not tell in time which proxy and which certificates to use. Try again."


async def open_connection(
    target: Target, surroundings: Surroundings, on_frame: Callable[[WireFrame], None] | None = None
) -> RecordedConnection:
    """Connect to ``target``, in which no variables are left, and record the handshake however it ends.

    Cookies are taken from the jar of ``surroundings`` and put there. ``on_frame`` is called with every frame from the
    first one on. Raises ConnectFailed; after OPEN_TIMEOUT at the latest. Being cancelled leaves nothing open.
    """
    deadline = asyncio.get_running_loop().time() + OPEN_TIMEOUT
    try:
        async with asyncio.timeout_at(deadline):
            opening = await _prepared(target, surroundings, on_frame)
    except TimeoutError as error:
        raise ConnectFailed(_UNPREPARED, retryable=True) from error
    except (ValueError, OSError) as error:
        raise ConnectFailed(str(error)) from error
    started_ns = perf_counter_ns()
    try:
        async with asyncio.timeout_at(deadline):
            connection = cast(RecordedConnection, await opening)
    except asyncio.CancelledError:
        opening.keep(started_ns, "The attempt was given up.", surroundings)
        raise
    except (OSError, ValueError, WebSocketException) as error:
        reason = explain(error, opening.attempt)
        exchange = opening.keep(started_ns, reason.sentence, surroundings)
        raise ConnectFailed(reason.sentence, exchange, retryable=reason.retryable) from error
    connection.exchange = opening.keep(started_ns, "", surroundings)
    return connection


async def _prepared(
    target: Target, surroundings: Surroundings, on_frame: Callable[[WireFrame], None] | None
) -> Opening:
    """Check everything, and read the files. Raises ValueError or OSError with a sentence."""
    address = parse_address(target.url)
    offer = offer_of(target, address, surroundings.cookies.header_for)
    try:
        parse_uri(offer.url)
    except (WebSocketException, ValueError) as error:
        raise ValueError(f"“{offer.url}” is not a WebSocket URL: its host name is not valid.") from error
    proxy = await _proxy(target.proxy.strip(), address)
    trust = Trust(target.verify, target.ca_file, target.client_cert, target.client_key)
    needs_tls = address.is_secure or (proxy is not None and proxy.scheme == "https")
    context = await asyncio.to_thread(make_context, trust, surroundings.authority) if needs_tls else None
    return Opening(target, address, offer, proxy, context, on_frame)


async def _proxy(wish: str, address: Address) -> ProxyAddress | None:
    """The proxy to use; the system's never for this computer. Raises ValueError with a sentence."""
    if wish == SYSTEM_PROXY:
        if is_loopback(address.host):
            return None
        return await asyncio.to_thread(system_proxy, _PROXY_KINDS[address.scheme], address.host, address.port)
    return None if wish in ("", NO_PROXY) else parse_proxy(wish)
