"""Two ends of a WebSocket connection without a socket between them; a tap listens at the client's."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, ServerPerMessageDeflateFactory
from websockets.http11 import Request
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from desktop.chat.frames.tap import FrameTap
from desktop.chat.frames.wire import WireFrame
from servers.exchange import Message
from servers.frames import FrameLog
from tests.servers.samples import exchange

LIMIT = 1 << 20


class Wired:
    """The client's ``frames`` are what the tap told; ``response`` is what the server answers to its handshake.

    A log of messages listens as well, put there before the tap or after it.
    """

    def __init__(self, *, deflates: bool = False, log_first: bool = False) -> None:
        offers, answers = ([ClientPerMessageDeflateFactory()], [ServerPerMessageDeflateFactory()])
        self.client = ClientProtocol(
            parse_uri("ws://localhost/"), extensions=offers if deflates else None, max_size=LIMIT
        )
        self.server = ServerProtocol(extensions=answers if deflates else None)
        self.frames: list[WireFrame] = []
        self.messages: list[Message] = []
        if log_first:
            self._log_messages()
        self.tap = FrameTap(self.client, self.frames.append)
        if not log_first:
            self._log_messages()
        self.client.send_request(self.client.connect())
        self.server.receive_data(self.written_by_client())
        (request,) = self.server.events_received()
        assert isinstance(request, Request)
        self.server.send_response(self.server.accept(request))
        self.response = self.written_by_server()

    def open(self) -> "Wired":
        """Carry the handshake's end to the client."""
        self.receive(self.response)
        return self

    def receive(self, *chunks: bytes) -> None:
        """Let the client get these bytes, as its transport would hand them over."""
        for chunk in chunks:
            self.tap.received(chunk)
            self.client.receive_data(chunk)

    def end(self) -> None:
        """Let the client see the end of the stream."""
        self.client.receive_eof()

    def written_by_server(self) -> bytes:
        """What the server has written since the last look."""
        return b"".join(self.server.data_to_send())

    def written_by_client(self) -> bytes:
        """What the client has written since the last look."""
        return b"".join(self.client.data_to_send())

    def _log_messages(self) -> None:
        FrameLog(self.client, self.messages.append).opened(exchange())

    def faults(self) -> list[str]:
        """What is wrong with each frame."""
        return [frame.fault for frame in self.frames]


def cut(data: bytes, places: Iterable[int]) -> Sequence[bytes]:
    """``data`` in pieces that end at these places."""
    ends = [0, *sorted({place % (len(data) + 1) for place in places}), len(data)]
    return [piece for start, end in pairwise(ends) if (piece := data[start:end])]
