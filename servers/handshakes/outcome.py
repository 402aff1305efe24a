"""How a handshake ended, and why."""

from servers.exchange import End, Exchange
from servers.handshakes.fields import LONGEST
from servers.handshakes.point import Point, Verdict
from servers.logs import visible

SWITCHING = 101
"""Switching Protocols, the one status that opens a WebSocket (RFC 6455, section 4.2.2)."""

MISDIRECTED = 421

_TLS_RECORD = b"\x16\x03"
"""How the first record of every TLS connection begins (RFC 8446, section 5.1)."""

_REFUSALS = {
    400: "The request breaks the rules of a handshake (RFC 6455, section 4.2.1).",
    401: "The server wants to know who asks: credentials are missing, or it does not take them.",
    403: "The server understood the request and does not let this client in.",
    404: "There is no WebSocket at this path.",
    405: "A handshake uses the method GET, nothing else.",
    407: "The proxy wants to know who asks: credentials are missing, or it does not take them.",
    414: "The request line is longer than the server reads.",
    MISDIRECTED: "The Host header names another computer; a name that suddenly leads here may be an attack.",
    426: "The server wants another version or protocol.",
    429: "The client has asked too often.",
    431: "The headers are more, or longer, than the server reads.",
    502: "What stands before the server got no answer from it.",
    503: "The server takes no more clients at the moment.",
    504: "What stands before the server got no answer from it in time.",
}


def outcome(exchange: Exchange) -> Point:
    """Whether a WebSocket was opened; what the server said if not."""
    if is_open(exchange):
        text = "From here on both ends send WebSocket messages over this connection, each whenever it likes."
        return Point("101 Switching Protocols", text, Verdict.FINE)
    if not exchange.status:
        sent = exchange.request_headers or exchange.end is End.SERVER
        title = "No answer" if sent else "No request was sent"
        return Point(title, exchange.error or "The server did not answer.", Verdict.FAULT)
    if exchange.status == SWITCHING and exchange.error is not None:
        return Point("101 Switching Protocols, and given up", exchange.error, Verdict.FAULT)
    said = visible(" ".join(exchange.response_body.decode("utf-8", "replace").split())[:LONGEST])
    words = (exchange.error, _tls(exchange), _refusal(exchange.status), said and f"The server says: “{said}”")
    title = f"Refused with {exchange.status} {visible(exchange.reason)}".rstrip()
    return Point(title, " ".join(filter(None, words)), Verdict.FAULT)


def is_open(exchange: Exchange) -> bool:
    """Whether the handshake opened a WebSocket."""
    return exchange.status == SWITCHING and exchange.error is None


def _tls(exchange: Exchange) -> str:
    if exchange.request_headers or not exchange.request_body.startswith(_TLS_RECORD):
        return ""
    return "It begins as TLS does: the client speaks wss or https, and the server does not."


def _refusal(status: int) -> str:
    if status in _REFUSALS:
        return _REFUSALS[status]
    if 200 <= status < 300:
        return "This is the answer of a web page; there is no WebSocket at this path."
    if 300 <= status < 400:
        return "The answer leads elsewhere, where WebSocket clients do not follow."
    return f"Only {SWITCHING} opens a WebSocket."
