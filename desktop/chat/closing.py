"""How a WebSocket connection ended: what both sides said (RFC 6455, section 7)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servers.close_codes import CUT, MEANINGS, NORMAL, POLICY, UNEXPECTED

if TYPE_CHECKING:  # websockets loads with the first connection
    from websockets.client import ClientProtocol
    from websockets.frames import Close

_MEANT = (NORMAL, POLICY)
"""Codes with which a server says that it is done with this client."""

_SILENCE = "keepalive ping timeout"
"""The reason that websockets gives for having had no answer to its ping."""


@dataclass(frozen=True, slots=True)
class CloseFrame:
    """The code and reason that one side gave."""

    code: int
    reason: str = ""

    def __str__(self) -> str:
        meaning = MEANINGS.get(self.code)
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

    @property
    def is_loss(self) -> bool:
        """Whether neither side wanted the end."""
        return not (self.received and self.received.code in _MEANT)

    def __str__(self) -> str:
        return f"{self._words()} {'Clean.' if self.was_clean else f'Not clean ({CUT}).'}"

    def _words(self) -> str:
        if self.received and (self.by_server or not self.sent):
            return f"Closed by the server: {self.received}."
        if self.sent and self.received:
            answer = "" if self.received.code == self.sent.code else f" The server answered {self.received}."
            return f"Closed by this client: {self.sent}.{answer}"
        if self.sent == CloseFrame(UNEXPECTED, _SILENCE):
            return "The server did not answer a ping in time, so the connection was given up."
        if self.sent:
            return f"Closed by this client: {self.sent}. The server did not answer."
        return "The connection was cut without a close frame."


def closure_of(protocol: "ClientProtocol") -> Closure:
    """How the connection of this protocol ended."""
    sent, received = _frame(protocol.close_sent), _frame(protocol.close_rcvd)
    return Closure(sent, received, by_server=bool(protocol.close_rcvd_then_sent))


def _frame(close: "Close | None") -> CloseFrame | None:
    return CloseFrame(close.code, close.reason) if close is not None else None
