"""Sessions in every state, to be shown."""

from time import monotonic

from desktop.chat.entry import Entry
from desktop.chat.link import Waiting
from desktop.chat.session import Session, State
from desktop.chat.target import Target
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import End, Exchange
from tests.desktop.chat.peers import surroundings
from tests.servers.handshakes.samples import accepted


class Shown(Session):
    """A session that has not run, in a state of the test's choice."""

    name = "Ann"
    speaks_chat = True
    subprotocol = SUBPROTOCOL

    def __init__(self, state: State, *, url: str = "ws://localhost:8002", outcome: str = "", failed: bool = False):
        super().__init__(Target(url), surroundings(), on_entry=_forget, on_state=_do_nothing)
        self.state, self.outcome, self.failed = state, outcome, failed
        if state is not State.CONNECTING and not failed:
            self.handshake = handshake()


def handshake() -> Exchange:
    """The handshake of a client that agreed on compression."""
    compression: dict[str, str | None] = {"Sec-WebSocket-Extensions": "permessage-deflate"}
    made = accepted(compression, compression)
    return made._replace(source="chat", end=End.CLIENT)


def waiting(seconds: float = 600.0, attempt: int = 3) -> Waiting:
    """A pause that ends in this many seconds."""
    return Waiting(attempt, monotonic() + seconds, seconds)


def _forget(entry: Entry) -> None:
    pass


def _do_nothing() -> None:
    pass
