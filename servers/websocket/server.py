"""The WebSocket server: takes clients in, and answers each message as the mode says."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from socket import socket
from time import perf_counter_ns
from typing import Any

from websockets.asyncio.server import Server as Listener
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.protocol import Event
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from servers import guard
from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, decode, encode, now
from servers.exchange import End, Exchange, endpoint, next_id
from servers.frames import FrameLog
from servers.guard import Refusal
from servers.listening import listen
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.server import Address, Server
from servers.settings import Mode, WebSocketSettings
from servers.websocket.hub import Client, Hub

log = logging.getLogger("portside.websocket")

READ_AT_ONCE = 16 * 1024

CLOSE_TIMEOUT = 1.0
"""Seconds that a client gets to answer the close frame before the connection is cut."""


class WebSocketServer(Server[WebSocketSettings]):
    """RFC 6455 for any number of clients, plain ones and those of the chat subprotocol alike.

    The mode may change while clients are connected; it counts from the next message.
    """

    name = "ws"

    def __init__(self, settings: WebSocketSettings, recorder: Recorder) -> None:
        super().__init__(settings)
        self.hub = Hub(settings.max_pending)
        self._recorder = recorder
        self._sockets: list[socket] = []
        self._listeners: list[Listener] = []
        self._alive: set[ServerConnection] = set()
        self._own_names: frozenset[str] = frozenset()

    @property
    def mode(self) -> Mode:
        """What is done with a message."""
        return self.settings.mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self.settings = replace(self.settings, mode=mode)

    async def _start(self) -> Address:
        self._sockets = listen(self.settings.host, self.settings.port)
        bound = tuple(sock.getsockname()[:2] for sock in self._sockets)
        self._own_names = guard.own_names(bound)
        self.hub = Hub(self.settings.max_pending)
        for sock in self._sockets:
            listener = await serve(
                self._converse,
                sock=sock,
                process_request=self._refuse,
                process_response=self._record_handshake,
                select_subprotocol=_select_subprotocol,
                create_connection=self._connection,  # type: ignore[arg-type] # "a wrapper or a subclass", say its docs
                max_size=self.settings.max_message,
                close_timeout=CLOSE_TIMEOUT,
                logger=protocol_logger(self.name),
            )
            self._listeners.append(listener)
        return Address("ws", self.settings.host, bound[0][1], bound)

    async def _stop(self) -> None:
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener.close()
        # websockets waits 10 s for a handshake that never comes, and without end for a client that does not read
        _abort([connection for connection in self._alive if connection.request is None])
        cut = asyncio.get_running_loop().call_later(CLOSE_TIMEOUT * 1.5, _abort, self._alive)
        try:
            await asyncio.gather(*(listener.wait_closed() for listener in listeners))
        except asyncio.CancelledError:
            _abort(self._alive)
            raise
        finally:
            cut.cancel()
            for sock in self._sockets:
                sock.close()

    def _connection(self, protocol: ServerProtocol, listener: Listener, **options: Any) -> ServerConnection:
        connection = _Connection(protocol, listener, **options)
        connection.alive = self._alive
        return connection

    async def _converse(self, connection: ServerConnection) -> None:
        hub = self.hub
        client = hub.admit(connection)
        try:
            async for message in connection:
                await self._answer(client, message)
                await asyncio.sleep(0)  # neither send() nor broadcast() waits while the buffers have room
        except ConnectionClosed:
            log.debug("%s went away without a closing handshake", client.name)
        finally:
            hub.remove(client)

    async def _answer(self, client: Client, message: str | bytes) -> None:
        mode = self.settings.mode
        if mode is Mode.VERBATIM:
            await client.connection.send(message)
            return
        try:
            content = _said(message) if client.speaks_chat and isinstance(message, str) else message
        except ValueError as error:
            self.hub.complain(client, str(error))
            return
        if mode is Mode.ECHO:
            await client.connection.send(_echo(client, content))
            return
        number = self.hub.broadcast(client, content)
        if mode is Mode.BROADCAST_REPLY:
            self.hub.reply(client, content, number)

    def _refuse(self, connection: ServerConnection, request: Request) -> Response | None:
        try:
            guard.check_host(request.headers.get_all("Host"), self._own_names)
            if not guard.origins_allowed(request.headers.get_all("Origin"), self._own_names):
                raise Refusal(403, "Pages of other sites may not connect to this server.")
            if len(self.hub.clients) >= self.settings.max_clients:
                raise Refusal(503, f"{self.settings.max_clients} clients are connected; no more are let in.")
        except Refusal as refusal:
            return connection.respond(refusal.status, f"{refusal.detail}\n")
        return None

    def _record_handshake(self, connection: ServerConnection, request: Request, response: Response) -> None:
        answered_ns = perf_counter_ns()
        body = bytes(response.body or b"")
        exchange = Exchange(
            source=self.name,
            end=End.SERVER,
            method="GET",
            target=request.path,
            version="1.1",
            request_headers=tuple(request.headers.raw_items()),
            request_body=b"",
            request_size=0,
            status=response.status_code,
            reason=response.reason_phrase,
            response_headers=tuple(response.headers.raw_items()),
            response_body=body,
            response_size=len(body),
            started_ns=connection.arrived_ns if isinstance(connection, _Connection) else answered_ns,
            responded_ns=answered_ns,
            finished_ns=answered_ns,
            local=endpoint(connection.local_address),
            remote=endpoint(connection.remote_address),
            id=next_id(),
        )
        self._recorder.append(exchange)
        if response.status_code == 101:
            FrameLog(connection.protocol, self._recorder.append).opened(exchange)


class _Connection(ServerConnection):
    """A connection that notes when its handshake request arrived, and is in ``alive`` from accept to its end."""

    arrived_ns = 0
    alive: set[ServerConnection]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # bytes that asyncio reads at once: a chunk of thousands of tiny frames would hold the loop
        transport.max_size = READ_AT_ONCE  # type: ignore[attr-defined]
        super().connection_made(transport)
        self.alive.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.alive.discard(self)
        super().connection_lost(exc)

    def process_event(self, event: Event) -> None:
        if self.request is None:
            self.arrived_ns = perf_counter_ns()
        super().process_event(event)


def _abort(connections: Collection[ServerConnection]) -> None:
    for connection in connections:
        connection.transport.abort()


def _said(message: str) -> str:
    """The text of a chat client's message. Raises ValueError with a sentence."""
    said = decode(message)
    if said.kind is not ChatKind.SAY:
        raise ValueError(f"Clients send the kind {ChatKind.SAY.value}; {said.kind.value} is for the server.")
    return said.text


def _echo(client: Client, content: str | bytes) -> str | bytes:
    if isinstance(content, bytes):
        return content
    text = f"ECHO! {content}"
    return encode(ChatMessage(ChatKind.ECHO, text, "", now())) if client.speaks_chat else text


def _select_subprotocol(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    return Subprotocol(SUBPROTOCOL) if SUBPROTOCOL in offered else None
