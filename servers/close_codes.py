"""Close codes of WebSocket connections: what they mean, and which may be sent (RFC 6455, section 7.4)."""

from collections.abc import Collection

REASON_LIMIT = 123
"""Bytes of UTF-8 that the reason in a close frame may have (RFC 6455, section 5.5)."""

NORMAL, GOING_AWAY, NO_CODE, CUT, POLICY, UNEXPECTED = 1000, 1001, 1005, 1006, 1008, 1011

FIRST_OWN, LAST_OWN = 3000, 4999
"""Codes for libraries and applications."""

CLIENT_CODES = (NORMAL,)
"""What a client's user may send besides codes of their own, as browsers have it."""

SERVER_CODES = (NORMAL, GOING_AWAY, POLICY, UNEXPECTED)
"""What a server's user may send besides codes of their own."""

MEANINGS = {
    NORMAL: "normal closure",
    GOING_AWAY: "going away",
    1002: "protocol error",
    1003: "data of this kind not accepted",
    NO_CODE: "no code given",
    CUT: "connection cut",
    1007: "text is not UTF-8",
    POLICY: "policy violation",
    1009: "message too big",
    1010: "extension missing",
    UNEXPECTED: "unexpected condition",
    1012: "service restart",
    1013: "try again later",
    1014: "bad gateway",
}


def check_close(code: int, reason: str, allowed: Collection[int]) -> None:
    """Raise ValueError with a sentence unless ``code`` is ``allowed`` or an own one, and the reason short enough."""
    if code not in allowed and not FIRST_OWN <= code <= LAST_OWN:
        named = ", ".join(str(one) for one in allowed)
        raise ValueError(f"{code} is not to be sent here. Use {named}, or a code from {FIRST_OWN} to {LAST_OWN}.")
    try:
        size = len(reason.encode())
    except UnicodeEncodeError:
        raise ValueError("The reason has a character that UTF-8 cannot carry.") from None
    if size > REASON_LIMIT:
        raise ValueError(f"The reason is {size} bytes long in UTF-8; {REASON_LIMIT} are allowed.")
