"""The key of the client, and the answer of the server that is made of it."""

import base64
import binascii
import hashlib

from servers.exchange import Exchange
from servers.handshakes.fields import quoted, values
from servers.handshakes.outcome import SWITCHING
from servers.handshakes.point import VALUE, Point, Verdict, judged

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
"""What every server appends to the client's key (RFC 6455, section 1.3)."""

_KEY, _ACCEPT = "Sec-WebSocket-Key", "Sec-WebSocket-Accept"
_NONCE = 16  # bytes


def accept_value(key: str) -> str:
    """What a server has to answer to a key in Sec-WebSocket-Accept (RFC 6455, section 4.2.2)."""
    return base64.b64encode(_digest(key)).decode()


def client_key(exchange: Exchange) -> Point:
    """The random bytes of the client."""
    keys = values(exchange.request_headers, _KEY)
    if len(keys) != 1:
        return Point(_KEY, f"It came {len(keys)} times." if keys else "It is missing.", Verdict.FAULT)
    try:
        nonce = base64.b64decode(keys[0], validate=True)
    except (binascii.Error, ValueError):
        return Point(_KEY, f"“{keys[0]}” is not base64.", Verdict.FAULT)
    if len(nonce) != _NONCE:
        return Point(_KEY, f"“{keys[0]}” stands for {len(nonce)} bytes; {_NONCE} are asked for.", Verdict.FAULT)
    text = (
        f"“{keys[0]}” is base64 for {_NONCE} random bytes, new for every connection:\n{VALUE}{nonce.hex(' ')}\n"
        "It is no password: the answer to it shows the client that the server speaks WebSocket."
    )
    return Point(_KEY, text, Verdict.FINE)


def accept(exchange: Exchange) -> Point | None:
    """How the answer is made, and whether it is right; None where a WebSocket was not opened or there is no one key."""
    keys = values(exchange.request_headers, _KEY)
    if exchange.status != SWITCHING or len(keys) != 1:
        return None
    answers, expected = values(exchange.response_headers, _ACCEPT), accept_value(keys[0])
    fine = answers == [expected]
    end = "The server answered just this: it has read the request, and knows the protocol."
    if not fine:
        said = f"answered {quoted(answers)}" if answers else "did not answer that"
        end = f"The server {said}, so the client has to give up the connection."
    steps = (
        "How it is made of the key:",
        f"1. The key, and after it the constant of RFC 6455, section 1.3:\n{VALUE}{keys[0]}{GUID}",
        f"2. SHA-1 of that, 20 bytes:\n{VALUE}{_digest(keys[0]).hex(' ')}",
        f"3. Those bytes in base64:\n{VALUE}{expected}",
        end,
    )
    return Point(_ACCEPT, "\n".join(steps), judged(fine))


def _digest(key: str) -> bytes:
    return hashlib.sha1(f"{key}{GUID}".encode(), usedforsecurity=False).digest()
