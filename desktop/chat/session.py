"""One client connection of a chat window, from the attempt to connect to its end; knows nothing of Qt."""

import asyncio
import enum
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING

from desktop.chat.closing import CloseFrame, Closure
from desktop.chat.entry import Entry, EntryKind, read
from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, encode
from servers.close_codes import CLIENT_CODES, GOING_AWAY, NORMAL, check_close
from servers.exchange import Direction, Kind, Message
from servers.recorder import Recorder

if TYPE_CHECKING:  # websockets loads with the first connection
    from websockets.frames import Close

    from desktop.chat.connecting.handshake import RecordedConnection

SEND_TIMEOUT = 5.0
"""Seconds that a message waits for a server that does not read."""

CLOSE_TIMEOUT = 1.0
"""Seconds from either side's close frame to the end of the connection, which is cut then."""


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


class SendFailed(Exception):
    """The message was not sent, no byte of it; the text is a sentence for its author."""


class Session:
    """One connection to ``url`` (ws or wss) under ``name``, which is left to the server where it is empty.

    ``run`` is its whole life. ``on_entry`` is called with everything that the transcript shows, ``on_state`` after
    every change of state. ``name`` becomes what the server calls this client. Once closed, ``outcome`` says why in
    words, and ``closure`` what both sides said; it is None where no connection came about. The certificate at
    ``authority`` is trusted, too, if it is there.
    """

    def __init__(
        self,
        url: str,
        name: str,
        recorder: Recorder,
        *,
        on_entry: Callable[[Entry], None],
        on_state: Callable[[], None],
        authority: Path | None = None,
    ) -> None:
        self.url = url
        self.name = name
        self.state = State.CONNECTING
        self.speaks_chat = False
        self.failed = False
        self.outcome = ""
        self.closure: Closure | None = None
        self._recorder = recorder
        self._on_entry = on_entry
        self._on_state = on_state
        self._authority = authority
        self._connection: RecordedConnection | None = None
        self._runner: asyncio.Task[None] | None = None
        self._announced: ChatMessage | None = None
        self._cut: asyncio.TimerHandle | None = None
        self._closed = asyncio.Event()

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

    async def send_text(self, text: str) -> None:
        """Send ``text`` as one message. Raises SendFailed."""
        try:
            text.encode()
        except UnicodeEncodeError:
            raise SendFailed("The text has a character that UTF-8 cannot carry. It was not sent.") from None
        await self._send(encode(ChatMessage(ChatKind.SAY, text)) if self.speaks_chat else text)
        self._tell(EntryKind.OWN, text, sender=self.name, direction=Direction.SENT)

    async def send_bytes(self, data: bytes) -> None:
        """Send ``data`` as one binary message. Raises SendFailed."""
        await self._send(data)
        self._tell(EntryKind.BINARY, sender=self.name, data=data, direction=Direction.SENT)

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
        from desktop.chat.connecting.failures import ConnectFailed
        from desktop.chat.connecting.handshake import open_connection

        try:
            connection = await open_connection(self.url, self.name, self._recorder, self._authority)
        except ConnectFailed as failure:
            self.failed, self.outcome = True, str(failure)
            self._tell(EntryKind.ERROR, self.outcome)
            return None
        self._connection = connection
        self.speaks_chat = connection.subprotocol == SUBPROTOCOL
        self._tell(EntryKind.OPEN, f"Connected to {self.url} ({SUBPROTOCOL if self.speaks_chat else 'plain client'}).")
        self._enter(State.OPEN)
        connection.hand_to(self._record)
        return connection

    async def _converse(self, connection: "RecordedConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            async for message in connection:
                self._receive(message)
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
        protocol = connection.protocol
        sent, received = _frame(protocol.close_sent), _frame(protocol.close_rcvd)
        self.closure = Closure(sent, received, by_server=bool(protocol.close_rcvd_then_sent))
        self.outcome = str(self.closure)
        self._tell(EntryKind.CLOSE, self.outcome)

    def _receive(self, message: str | bytes) -> None:
        entries, self._announced = read(
            message, self._announced, speaks_chat=self.speaks_chat, own_name=self.name, at_ns=perf_counter_ns()
        )
        for entry in entries:
            if entry.kind in {EntryKind.JOIN, EntryKind.NAME} and entry.mine and entry.sender != self.name:
                self.name = entry.sender
                self._on_state()
            self._on_entry(entry)

    async def _send(self, payload: str | bytes) -> None:
        from websockets.asyncio.connection import broadcast
        from websockets.protocol import OPEN

        connection = self._connection
        if connection is None or self.state is not State.OPEN:
            raise SendFailed("There is no connection, so nothing was sent. Connect first.")
        # Room first: what has been written cannot be taken back, and its author may send it again.
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                await connection.drain()
        except TimeoutError:
            raise SendFailed("The server does not read, so nothing was sent. Try again later.") from None
        except OSError:
            pass  # the connection broke, as its state says
        if connection.state is not OPEN:
            raise SendFailed("The connection has ended, so nothing was sent. Connect again.")
        broadcast([connection], payload)  # writes at once, so that the entry comes before any answer

    async def _end(self, code: int, reason: str) -> None:
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
        self._recorder.append(message)
        if message.kind is Kind.CLOSE and self.state is State.OPEN and self._connection is not None:
            self._cut = self._connection.loop.call_later(CLOSE_TIMEOUT, self._connection.transport.abort)
            self._enter(State.CLOSING)

    def _tell(
        self,
        kind: EntryKind,
        text: str = "",
        *,
        sender: str = "",
        data: bytes = b"",
        direction: Direction = Direction.RECEIVED,
    ) -> None:
        self._on_entry(Entry(kind, perf_counter_ns(), text, sender, data, direction))

    def _enter(self, state: State) -> None:
        if state not in _NEXT[self.state]:
            raise RuntimeError(f"a {self.state.value} session cannot become {state.value}")
        self.state = state
        if state is State.CLOSED:
            self._closed.set()
        self._on_state()


def _frame(close: "Close | None") -> CloseFrame | None:
    return CloseFrame(close.code, close.reason) if close is not None else None
