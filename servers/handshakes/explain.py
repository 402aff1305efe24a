"""The whole handshake, part by part."""

from servers.exchange import Exchange
from servers.handshakes.extensions import extensions
from servers.handshakes.key import accept, client_key
from servers.handshakes.origin import origin
from servers.handshakes.outcome import outcome
from servers.handshakes.point import Point
from servers.handshakes.request import host, request_line, upgrade, version
from servers.handshakes.subprotocol import subprotocol

_PARTS = (outcome, request_line, host, upgrade, version, client_key, accept, subprotocol, extensions, origin)


def explain(exchange: Exchange) -> tuple[Point, ...]:
    """How the handshake ended and why, then each part of it; of what never was a request only the first."""
    if not exchange.request_headers:
        return (outcome(exchange),)
    points = (part(exchange) for part in _PARTS)
    return tuple(point for point in points if point is not None)
