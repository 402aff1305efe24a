"""The state of a chat connection in words."""

import math

from desktop.chat.people import name_text
from desktop.chat.session import Session, State
from servers.exchange import header
from servers.handshakes.extensions import DEFLATE
from servers.logs import visible


def state_words(session: Session | None) -> str:
    """The state of a session."""
    if session is None:
        return "Not connected."
    match session.state:
        case State.CONNECTING:
            return "Connecting …"
        case State.OPEN:
            name = f" as {name_text(session.name)}" if session.name else ""
            return f"Connected{name}{'' if session.speaks_chat else ', plain client'}."
        case State.CLOSING:
            return "Closing …"
        case State.CLOSED:
            return visible(session.outcome) or "Closed."


def agreed_words(session: Session) -> str:
    """What both ends of an open connection have agreed on: the subprotocol, compression (RFC 7692), TLS."""
    parts = (
        f"Subprotocol {visible(session.subprotocol)}" if session.subprotocol else "No subprotocol",
        "compressed" if _is_compressed(session) else "not compressed",
        "TLS" if session.target.url.strip().lower().startswith("wss:") else "no TLS",
    )
    return f"{', '.join(parts)}."


def waiting_words(outcome: str, attempt: int, left: float) -> str:
    """Why there is no connection, and that the next attempt comes in ``left`` seconds."""
    when = f"in {math.ceil(left)} s" if left > 0 else "now"
    return f"{visible(outcome)} Attempt {attempt} {when} …".lstrip()


def _is_compressed(session: Session) -> bool:
    fields = session.handshake.response_headers if session.handshake is not None else ()
    return DEFLATE in (header(fields, "Sec-WebSocket-Extensions") or "")
