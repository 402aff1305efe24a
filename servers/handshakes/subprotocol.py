"""The subprotocol that both ends have agreed on."""

from servers.exchange import Exchange
from servers.handshakes.fields import listed, quoted, values
from servers.handshakes.outcome import SWITCHING
from servers.handshakes.point import Point, Verdict

_TITLE = "Sec-WebSocket-Protocol"


def subprotocol(exchange: Exchange) -> Point:
    """What was offered, and what was chosen of it (RFC 6455, section 1.9)."""
    offered = listed(exchange.request_headers, _TITLE)
    chosen = ", ".join(values(exchange.response_headers, _TITLE))
    if exchange.status != SWITCHING:
        text = f"The client offered {quoted(offered) or 'no subprotocol'}."
        return Point(_TITLE, text, Verdict.PLAIN)
    if chosen and chosen not in offered:
        text = f"The server chose “{chosen}”, which was not offered; the client has to give up the connection."
        return Point(_TITLE, text, Verdict.FAULT)
    if chosen:
        text = f"The client offered {quoted(offered)}. The server chose “{chosen}”: it says what messages mean."
        return Point(_TITLE, text, Verdict.FINE)
    if offered:
        text = f"The server chose none of {quoted(offered)}. Programs may go on without, browsers give up."
    else:
        text = "No subprotocol was offered: what messages mean is for both ends to know."
    return Point(_TITLE, text, Verdict.PLAIN)
