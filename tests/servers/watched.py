"""What tests want to know of a server they have started."""

from servers.exchange import Exchange, Message
from servers.recorder import Recorder
from servers.server import Address


class Watched:
    """Mixed into a server that has a recorder of its own: its port and its records."""

    recorder: Recorder
    address: Address | None

    @property
    def port(self) -> int:
        """The port of the running server."""
        assert self.address is not None
        return self.address.port

    @property
    def exchanges(self) -> list[Exchange]:
        """The exchanges recorded so far."""
        return [record for record in self.recorder if isinstance(record, Exchange)]

    @property
    def messages(self) -> list[Message]:
        """The WebSocket messages recorded so far."""
        return [record for record in self.recorder if isinstance(record, Message)]
