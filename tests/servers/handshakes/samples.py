"""Handshakes to be explained."""

from servers.exchange import Exchange, Headers
from servers.handshakes.explain import explain
from servers.handshakes.point import Point
from tests.servers.samples import exchange

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
"""The key and the answer that RFC 6455, section 1.3, gives as its example."""

_REQUEST = {
    "Host": "localhost:8002",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": KEY,
}
_RESPONSE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": ACCEPT}


def accepted(
    request: dict[str, str | None] | None = None, response: dict[str, str | None] | None = None, more: Headers = ()
) -> Exchange:
    """A handshake that opened a WebSocket, with other header fields; None leaves one out, ``more`` adds to them."""
    made = exchange(source="ws", headers=(*_fields(_REQUEST, request), *more))
    return made._replace(
        status=101, reason="Switching Protocols", response_headers=_fields(_RESPONSE, response), version="1.1"
    )


def refused(
    status: int, reason: str, body: bytes = b"", request: dict[str, str | None] | None = None, more: Headers = ()
) -> Exchange:
    """A handshake that was answered with another status."""
    return accepted(request, more=more)._replace(
        status=status, reason=reason, response_headers=(), response_body=body, response_size=len(body)
    )


def point(handshake: Exchange, title: str) -> Point:
    """What is said about one part of a handshake."""
    (found,) = (one for one in explain(handshake) if one.title == title)
    return found


def _fields(usual: dict[str, str], others: dict[str, str | None] | None) -> Headers:
    fields: dict[str, str | None] = {**usual, **(others or {})}
    return tuple((name, value) for name, value in fields.items() if value is not None)
