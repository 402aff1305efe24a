"""Which page opens the WebSocket, and why it was let in or not."""

from urllib.parse import urlsplit

from servers.exchange import End, Exchange
from servers.guard import origins_allowed
from servers.handshakes.fields import quoted, values
from servers.handshakes.outcome import SWITCHING
from servers.handshakes.point import Point, Verdict, judged

_FORBIDDEN = 403
_HIDDEN = "null"
_MAY_BE_WHY = (
    "may be why it was refused: servers let in pages that they know, because browsers let every page connect to any "
    "server, in the name of their user."
)


def origin(exchange: Exchange) -> Point:
    """The origin of the page (RFC 6454), which browsers always tell (RFC 6455, section 10.2)."""
    origins = values(exchange.request_headers, "Origin")
    if not origins:
        text = "There is none: the client is a program. Browsers always say which page opens a WebSocket."
        return Point("Origin", text, Verdict.PLAIN)
    if exchange.status == SWITCHING:
        return Point("Origin", f"{quoted(origins)} {_why_let_in(exchange, origins)}", Verdict.FINE)
    foreign = exchange.status == _FORBIDDEN and not origins_allowed(origins)
    if foreign and exchange.end is End.CLIENT:
        return Point("Origin", f"{quoted(origins)} {_MAY_BE_WHY}", Verdict.PLAIN)
    text = _why_not(origins) if foreign else "is the page that wants to connect. It was not refused for that."
    return Point("Origin", f"{quoted(origins)} {text}", judged(not foreign))


def _why_let_in(exchange: Exchange, origins: list[str]) -> str:
    if _HIDDEN in origins:
        return "stands for a page opened from disk, or for one that hides its origin. The server lets such pages in."
    if origins_allowed(origins):
        return "is a page of this very computer, so it was let in."
    if origins_allowed(origins, frozenset(filter(None, map(_name, values(exchange.request_headers, "Host"))))):
        return "is a page of the same computer as the server, so it was let in."
    return "is an origin that the server allows."


def _why_not(origins: list[str]) -> str:
    if origins == [_HIDDEN]:
        return (
            "stands for a page opened from disk, or for one that hides its origin. The server is set to refuse those."
        )
    return (
        "is a page of another site. Browsers let every page connect to any server, in the name of their user, "
        "so the server itself has to look who comes."
    )


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
