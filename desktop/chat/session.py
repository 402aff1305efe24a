"""One client connection of a chat window, from the attempt to connect to its end; knows nothing of Qt."""

import asyncio
import enum
from collections import deque
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import TYPE_CHECKING

from desktop.chat.closing import Closure, closure_of
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.envelope import NO_CHAT, Payload, SendFailed, asked, bare, wrapped
from desktop.chat.inbox import Inbox
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage
from servers.close_codes import CLIENT_CODES, GOING_AWAY, NORMAL, check_close
from servers.exchange import Direction, Exchange, Kind, Message

if TYPE_CHECKING:  # websockets loads with the first connection
    from desktop.chat.connecting.handshake import RecordedConnection
    from desktop.chat.frames.wire import WireFrame

__all__ = ["SendFailed", "Session", "State"]

SEND_TIMEOUT = 5.0
"""Seconds that a message waits for a server that does not read."""

CLOSE_TIMEOUT = 1.0
"""Seconds from either side's close frame to the end of the connection, which is cut then."""

PING_LIMIT = 125
"""Bytes that a ping may carry (RFC 6455, section 5.5)."""

_TOGETHER = 16
"""Messages that are read without a pause for the window."""


class State(enum.Enum):
    """Where a connection is in its life; the value is the word that users read."""

    CONNECTING = "connecting"
    OPEN = "connected"
    CLOSING = "closing"
    CLOSED = "closed"


_NEXT = {
    State.CONNECTING: {State.OPEN, State.CLOSED},
    State.OPEN: {State.CLOSING, State.CLOSED},
    State.CLOSING: {State.CLOSED},
    State.CLOSED: set[State](),
}


class Session:
    """One connection to ``target``, in which no variables are left; its name is left to the server if it is empty.

    ``run`` is its whole life. ``on_entry`` is called with everything that the transcript shows, ``on_frame`` with
    every frame, ``on_state`` after every change of state, of the names and of the latency. ``name`` becomes what the
    server calls this client, ``names`` are those of the room as far as they are known, and ``latency`` the seconds to
    the last pong. Once closed, ``outcome`` says why in words, and ``closure`` what both sides said; it is None where
    no connection came about. Then ``retryable`` tells whether another attempt may help. ``handshake`` is the record of
    the attempt, also of a failed one. ``left`` says that this side wanted the end.
    """

    def __init__(
        self,
        target: Target,
        surroundings: Surroundings,
        *,
        on_entry: Callable[[Entry], None],
        on_state: Callable[[], None],
        on_frame: "Callable[[WireFrame], None] | None" = None,
    ) -> None:
        self.target = target
        self.state = State.CONNECTING
        self.failed = self.retryable = self.left = False
        self.outcome = ""
        self.closure: Closure | None = None
        self.handshake: Exchange | None = None
        self._surroundings = surroundings
        self._on_entry = on_entry
        self._on_state = on_state
        self._on_frame = on_frame
        self._connection: RecordedConnection | None = None
        self._runner: asyncio.Task[None] | None = None
        self._inbox = Inbox(target.name, on_entry)
        self._written: deque[Message] = deque(maxlen=1)
        self._cut: asyncio.TimerHandle | None = None
        self._closed = asyncio.Event()

    @property
    def name(self) -> str:
        """What this client is called."""
        return self._inbox.name

    @property
    def speaks_chat(self) -> bool:
        """Whether the chat subprotocol was agreed on."""
        return self._inbox.speaks_chat

    @property
    def names(self) -> tuple[str, ...]:
        """Who is in the room, this client included, as far as the server has told."""
        return self._inbox.people.names

    @property
    def latency(self) -> float | None:
        """Seconds from the last answered ping to its pong."""
        return self._inbox.pings.latency

    @property
    def subprotocol(self) -> str:
        """What was agreed on; empty for none."""
        return (self._connection.subprotocol or "") if self._connection is not None else ""

    async def run(self) -> None:
        """Connect, read until the connection ends, and say how it ended. Cancelling cuts the connection."""
        if self._closed.is_set():
            return
        self._runner = asyncio.current_task()
        try:
            connection = await self._connect()
            if connection is not None:
                await self._converse(connection)
        finally:
            if not self._closed.is_set():
                self._enter(State.CLOSED)

    async def send(self, content: str | bytes, *, to: str = "", raw: bool = False, label: str = "") -> None:
        """Send one message: text or binary, as the type says; in the chat subprotocol wrapped unless it is ``raw``.

        ``to`` is the one client it is for, ``label`` stands beside bytes in the chat. Raises SendFailed.
        """
        if to and (raw or not self.speaks_chat):
            raise SendFailed(NO_CHAT)
        payloads = wrapped(content, to, label) if self.speaks_chat and not raw else bare(content)
        record = await self._send(payloads)
        self._inbox.round_trips.sent(content, record.at_ns)
        if isinstance(content, str):
            kind, text, data = EntryKind.OWN, content, b""
        else:
            kind, text, data = EntryKind.BINARY, label, content
        own = Entry(kind, record.at_ns, text, self.name, data, Direction.SENT, to=to, size=record.size)
        self._on_entry(own)

    async def ping(self, data: bytes = b"") -> None:
        """Send a ping with up to PING_LIMIT bytes (RFC 6455, section 5.5.2). Raises SendFailed."""
        if len(data) > PING_LIMIT:
            raise SendFailed(f"A ping carries at most {PING_LIMIT} bytes; these are {len(data)}.")
        connection = await self._ready()
        self._inbox.pings.wanted(data)
        connection.protocol.send_ping(data)
        connection.send_data()

    async def rename(self, name: str) -> None:
        """Ask the server for another name, in the chat subprotocol. Raises SendFailed."""
        await self._ask(ChatMessage(ChatKind.NAME, name))

    async def ask_names(self) -> None:
        """Ask the server who is in the room, in the chat subprotocol. Raises SendFailed."""
        await self._ask(ChatMessage(ChatKind.LIST))

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        """Close the connection, or give up connecting, and wait until that is done: CLOSE_TIMEOUT at most.

        Raises ValueError with a sentence for a code or reason that a client may not send (see ``check_close``).
        """
        check_close(code, reason, CLIENT_CODES)
        await self._end(code, reason)

    async def leave(self) -> None:
        """Close with 1001, as a client does that goes away (RFC 6455, section 7.4.1)."""
        await self._end(GOING_AWAY, "")

    async def _connect(self) -> "RecordedConnection | None":
        from desktop.chat.connecting.address import without_credentials
        from desktop.chat.connecting.failures import ConnectFailed
        from desktop.chat.connecting.handshake import open_connection

        try:
            connection = await open_connection(self.target, self._surroundings, self._on_frame)
        except ConnectFailed as failure:
            self.failed, self.retryable, self.outcome = True, failure.retryable, str(failure)
            self.handshake = failure.exchange
            self._tell(EntryKind.ERROR, self.outcome)
            return None
        self._connection, self.handshake = connection, connection.exchange
        self._inbox.speaks_chat = connection.subprotocol == SUBPROTOCOL
        text = f"Connected to {without_credentials(self.target.url)} ({connection.subprotocol or 'plain client'})."
        self._on_entry(Entry(EntryKind.OPEN, connection.exchange.responded_ns, text))
        self._enter(State.OPEN)
        connection.hand_to(self._record)
        return connection

    async def _converse(self, connection: "RecordedConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        count = 0
        try:
            async for message in connection:
                if self._inbox.receive(message):
                    self._on_state()
                count += 1
                if not count % _TOGETHER:
                    await asyncio.sleep(0)  # a flood that is buffered already would not let the window answer
        except ConnectionClosed:
            pass  # with a code other than 1000 and 1001, which the closure tells
        finally:
            connection.transport.abort()
            await connection.wait_closed()
            self._conclude(connection)

    def _conclude(self, connection: "RecordedConnection") -> None:
        if self._cut is not None:
            self._cut.cancel()
        self._inbox.end()
        self.closure = closure_of(connection.protocol)
        self.outcome = str(self.closure)
        self.retryable = self.closure.is_loss
        self._tell(EntryKind.CLOSE, self.outcome)

    async def _ask(self, question: ChatMessage) -> None:
        if not self.speaks_chat:
            raise SendFailed(NO_CHAT)
        await self._send(asked(question))

    async def _send(self, payloads: Sequence[Payload]) -> Message:
        """Write at once, so that nothing comes between; returns the record of the last one."""
        connection = await self._ready()
        for data, is_text in payloads:
            (connection.protocol.send_text if is_text else connection.protocol.send_binary)(data)
        connection.send_data()
        return self._written[-1]

    async def _ready(self) -> "RecordedConnection":
        """The connection, once it has room: what has been written cannot be taken back, and may be sent again."""
        from websockets.protocol import OPEN

        connection = self._connection
        if connection is None or self.state is not State.OPEN:
            raise SendFailed("There is no connection, so nothing was sent. Connect first.")
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                await connection.drain()
        except TimeoutError:
            raise SendFailed("The server does not read, so nothing was sent. Try again later.") from None
        except OSError:
            pass  # the connection broke, as its state says
        if connection.state is not OPEN:
            raise SendFailed("The connection has ended, so nothing was sent. Connect again.")
        return connection

    async def _end(self, code: int, reason: str) -> None:
        self.left = True
        if self.state is State.CONNECTING:
            self._give_up()
        elif self.state is State.OPEN and self._connection is not None:
            await self._connection.close(code, reason)
        await self._closed.wait()

    def _give_up(self) -> None:
        if self._runner is not None:
            self._runner.cancel()
        self.outcome = "Connecting was given up."
        self._tell(EntryKind.CLOSE, self.outcome)
        self._enter(State.CLOSED)

    def _record(self, message: Message) -> None:
        self._surroundings.recorder.append(message)
        self._inbox.record(message)
        if message.direction is Direction.SENT:
            self._written.append(message)
        if message.kind is Kind.PONG:
            self._on_state()  # there may be a new latency
        if message.kind is Kind.CLOSE and self.state is State.OPEN and self._connection is not None:
            self._cut = self._connection.loop.call_later(CLOSE_TIMEOUT, self._connection.transport.abort)
            self._enter(State.CLOSING)

    def _tell(self, kind: EntryKind, text: str) -> None:
        self._on_entry(Entry(kind, perf_counter_ns(), text))

    def _enter(self, state: State) -> None:
        if state not in _NEXT[self.state]:
            raise RuntimeError(f"a {self.state.value} session cannot become {state.value}")
        self.state = state
        if state is State.CLOSED:
            self._closed.set()
        self._on_state()
