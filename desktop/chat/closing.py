"""How a WebSocket connection ended: what both sides said (RFC 6455, section 7)."""

from dataclasses import dataclass

from servers.close_codes import CUT, MEANINGS


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
