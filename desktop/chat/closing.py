"""How a WebSocket connection ends: what both sides said, and what a client may say (RFC 6455, section 7)."""

from dataclasses import dataclass

REASON_LIMIT = 123
"""Bytes of UTF-8 that the reason in a close frame may have (RFC 6455, section 5.5)."""

NORMAL, GOING_AWAY, NO_CODE, CUT = 1000, 1001, 1005, 1006

_MEANINGS = {
    NORMAL: "normal closure",
    GOING_AWAY: "going away",
    1002: "protocol error",
    1003: "data of this kind not accepted",
    NO_CODE: "no code given",
    CUT: "connection cut",
    1007: "text is not UTF-8",
    1008: "policy violation",
    1009: "message too big",
    1010: "extension missing",
    1011: "unexpected condition",
    1012: "service restart",
    1013: "try again later",
    1014: "bad gateway",
}


@dataclass(frozen=True, slots=True)
class CloseFrame:
    """The code and reason that one side gave."""

    code: int
    reason: str = ""

    def __str__(self) -> str:
        meaning = _MEANINGS.get(self.code)
        words = f"{self.code} ({meaning})" if meaning else str(self.code)
        return f"{words}, reason “{self.reason}”" if self.reason else words


@dataclass(frozen=True, slots=True)
class Closure:
    """The end of a connection: both sides' close frames, where they came, and whether the server's came first."""

    sent: CloseFrame | None
    received: CloseFrame | None
    by_server: bool

    @property
    def code(self) -> int:
        """What the close event of a browser has: the server's code, 1005 or 1006 where it gave none."""
        return self.received.code if self.received else CUT

    @property
    def reason(self) -> str:
        """The server's reason."""
        return self.received.reason if self.received else ""

    @property
    def was_clean(self) -> bool:
        """Whether both sides' close frames passed (RFC 6455, section 7.1.4)."""
        return self.sent is not None and self.received is not None

    def __str__(self) -> str:
        return f"{self._words()} {'Clean.' if self.was_clean else f'Not clean ({CUT}).'}"

    def _words(self) -> str:
        if self.received and (self.by_server or not self.sent):
            return f"Closed by the server: {self.received}."
        if self.sent and self.received:
            answer = "" if self.received.code == self.sent.code else f" The server answered {self.received}."
            return f"Closed by this client: {self.sent}.{answer}"
        if self.sent:
            return f"Closed by this client: {self.sent}. The server did not answer."
        return "The connection was cut without a close frame."


def check_close(code: int, reason: str) -> None:
    """Raise ValueError with a sentence unless a client may close with this code and reason (RFC 6455, 7.4)."""
    if code != NORMAL and not 3000 <= code <= 4999:
        raise ValueError(f"{code} is not for clients to send. Use 1000, or a code from 3000 to 4999.")
    try:
        size = len(reason.encode())
    except UnicodeEncodeError:
        raise ValueError("The reason has a character that UTF-8 cannot carry.") from None
    if size > REASON_LIMIT:
        raise ValueError(f"The reason is {size} bytes long in UTF-8; {REASON_LIMIT} are allowed.")
