"""One connected client as the hub sees it, with the queue of what it has not read yet."""

from collections import deque
from collections.abc import Callable
from time import perf_counter_ns

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import CloseCode
from websockets.protocol import State

from servers.chat_protocol import SUBPROTOCOL, ChatMessage
from servers.exchange import Message, endpoint
from servers.settings import Overflow, WebSocketSettings
from servers.websocket.allowance import Allowance
from servers.websocket.connection import Connection, Part, part

_MESSAGE_OVERHEAD = 100
"""Bytes that a waiting message takes besides its content, about."""


Parts = tuple[Part, ...]
"""What belongs together; bytes for a chat client have their announcement before them."""


class Client:
    """A client's number, name and room, what went each way, and what waits for it.

    ``speaks_chat``: it uses the chat subprotocol. ``compressed``: permessage-deflate was negotiated. ``since_ns`` is a
    ``perf_counter_ns`` value. Messages and bytes are counted each way, without control frames; ``dropped`` counts
    messages that were given up because the client did not read. What a client says while it ``is_closing``, because the
    server wants it to go, is not listened to.
    """

    def __init__(
        self, connection: Connection, number: int, name: str, room: str, settings: Callable[[], WebSocketSettings]
    ) -> None:
        self.connection = connection
        self.id = number
        self.name = name
        self.room = room
        self.speaks_chat = connection.subprotocol == SUBPROTOCOL
        self.compressed = any(isinstance(one, PerMessageDeflate) for one in connection.protocol.extensions)
        self.remote = endpoint(connection.remote_address)
        self.since_ns = perf_counter_ns()
        self.announced: ChatMessage | None = None
        self.allowance = Allowance()
        self.dropped = 0
        self.is_closing = False
        self._settings = settings
        self._waiting: deque[Parts] = deque()
        self._waiting_bytes = 0
        connection.on_room = self._write_waiting

    @property
    def messages_in(self) -> int:
        """Text and binary messages received."""
        return self.connection.received.messages

    @property
    def bytes_in(self) -> int:
        """Bytes of their content."""
        return self.connection.received.bytes

    @property
    def messages_out(self) -> int:
        """Text and binary messages sent."""
        return self.connection.sent.messages

    @property
    def bytes_out(self) -> int:
        """Bytes of their content."""
        return self.connection.sent.bytes

    @property
    def latency(self) -> float | None:
        """Seconds from the last ping to its pong; None before the first."""
        return self.connection.latency or None

    @property
    def pending(self) -> int:
        """Bytes that wait for this client to read."""
        return self._waiting_bytes + self.connection.transport.get_write_buffer_size()

    async def send(self, content: str | bytes) -> None:
        """Send one message, and wait while the client does not read."""
        self.connection.write(part(content))
        if self.connection.paused:
            await self.connection.drain()

    def post(self, parts: Parts, log: Callable[[Message], None] | None = None) -> None:
        """Send without waiting: what the connection has no room for waits in the queue, within its bounds.

        For ``log`` see ``Connection.write``.
        """
        if self._waiting or self.connection.paused:
            if self.connection.protocol.state is State.OPEN:
                self._waiting.append(parts)
                self._waiting_bytes += _weight(parts)
                self._keep_bounds()
        else:
            for one in parts:
                self.connection.write(one, log)

    def close(self, code: int, reason: str) -> None:
        """Begin to close, without what still waits; the connection is cut if that is not answered in time."""
        connection = self.connection
        if connection.protocol.state is not State.OPEN:
            return
        self.is_closing = True
        self._discard()
        connection.protocol.send_close(code, reason)
        connection.send_data()

    def forget(self) -> None:
        """Release what belongs to a connection that has ended."""
        self._discard()
        self.connection.on_room = None

    def _discard(self) -> None:
        self._waiting.clear()
        self._waiting_bytes = 0

    def _keep_bounds(self) -> None:
        settings = self._settings()
        if self.pending <= settings.max_pending:
            return
        if settings.overflow is Overflow.CLOSE:
            self.close(CloseCode.TRY_AGAIN_LATER, "too many messages were left unread")
            return
        while len(self._waiting) > 1 and self.pending > settings.max_pending:
            self._waiting_bytes -= _weight(self._waiting.popleft())
            self.dropped += 1

    def _write_waiting(self) -> None:
        while self._waiting and not self.connection.paused:
            parts = self._waiting.popleft()
            self._waiting_bytes -= _weight(parts)
            for one in parts:
                self.connection.write(one)


def _weight(parts: Parts) -> int:
    return sum(len(one.data) + _MESSAGE_OVERHEAD for one in parts)
