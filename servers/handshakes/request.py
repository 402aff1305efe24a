"""What makes a request a handshake: its first line, Host, Upgrade, Connection and the version."""

from servers.exchange import Exchange
from servers.handshakes.fields import LONGEST, quoted, tokens, values
from servers.handshakes.outcome import MISDIRECTED, SWITCHING
from servers.handshakes.point import Point, Verdict, judged
from servers.logs import visible

_VERSION = "13"


def request_line(exchange: Exchange) -> Point:
    """The method and version of HTTP (RFC 6455, section 4.1)."""
    line = visible(f"{exchange.method} {exchange.target} HTTP/{exchange.version}"[:LONGEST])
    fine = exchange.method == "GET" and exchange.version not in ("0.9", "1.0")
    text = "is an ordinary request, so it passes wherever web pages do."
    if not fine:
        text = "opens nothing: a handshake is a GET request of HTTP/1.1."
    return Point("Request line", f"“{line}” {text}", judged(fine))


def host(exchange: Exchange) -> Point:
    """Which server is meant."""
    hosts = values(exchange.request_headers, "Host")
    if len(hosts) != 1:
        return Point("Host", f"There has to be exactly one; there are {len(hosts)}.", Verdict.FAULT)
    text = f"“{hosts[0]}” is the name under which the client looks for the server."
    return Point("Host", text, judged(exchange.status != MISDIRECTED))


def upgrade(exchange: Exchange) -> Point:
    """The wish to change the protocol, and the consent to it."""
    sides = {"request": exchange.request_headers}
    if exchange.status == SWITCHING:
        sides["response"] = exchange.response_headers
    wanted = (("Upgrade", "websocket"), ("Connection", "Upgrade"))
    missing = [
        f"The {side} lacks “{name}: {value}”."
        for side, headers in sides.items()
        for name, value in wanted
        if value.lower() not in tokens(headers, name)
    ]
    text = "The client asks to go on in another protocol than HTTP, on this very connection."
    agreed = " The server agrees." if len(sides) > 1 else ""
    return Point("Upgrade and Connection", " ".join(missing) or text + agreed, judged(not missing))


def version(exchange: Exchange) -> Point:
    """The version of the WebSocket protocol."""
    title = "Sec-WebSocket-Version"
    versions = values(exchange.request_headers, title)
    if versions == [_VERSION]:
        return Point(title, f"{_VERSION} is the version of RFC 6455; there is no later one.", Verdict.FINE)
    said = f"{quoted(versions)} was sent" if versions else "It is missing"
    return Point(title, f"{said}; the version of RFC 6455 is {_VERSION}.", Verdict.FAULT)
