"""The WebSocket server: listens, lets clients in, records what passes, and ends in good order."""

import asyncio
import logging
from collections.abc import Collection
from socket import socket
from typing import Any

from websockets.asyncio.server import Server as Listener
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from servers import guard
from servers.guard import Refusal
from servers.listening import accept_no_more, listen, most_connections
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.server import Address, Server
from servers.settings import WebSocketSettings
from servers.websocket import handshake
from servers.websocket.compression import DeflateFactory
from servers.websocket.connection import CUT_AFTER, Connection
from servers.websocket.conversation import converse
from servers.websocket.hub import Hub

log = logging.getLogger("portside.websocket")

STOP_WITHIN = 1.5
"""Seconds that clients get to answer the close frame of a server that stops, before their connections are cut."""

_DEFLATE = DeflateFactory()


class WebSocketServer(Server[WebSocketSettings]):
    """RFC 6455 for any number of clients, plain ones and those of the chat subprotocol alike.

    What the settings say counts from the next message, or connection, on: see WebSocketSettings. ``hub`` holds the
    clients while it runs.
    """

    name = handshake.SOURCE

    def __init__(self, settings: WebSocketSettings, recorder: Recorder) -> None:
        super().__init__(settings)
        self.hub = Hub(self._settings_now, recorder)
        self._recorder = recorder
        self._sockets: list[socket] = []
        self._listeners: list[Listener] = []
        self._alive: set[Connection] = set()
        self._own_names: frozenset[str] = frozenset()
        self._most = 0

    async def _start(self) -> Address:
        await self._tls()
        self._most = most_connections()
        self._sockets = listen(self.settings.host, self.settings.port)
        address = self._address("ws", self._sockets)
        self._own_names = guard.own_names(address.bound)
        self.hub.open()
        options: dict[str, Any] = {  # all of these take the connections that create_connection makes
            "handler": self._converse,
            "process_request": self._admit,
            "process_response": self._record_handshake,
            "create_connection": self._connection,
        }
        for sock in self._sockets:
            listener = await serve(
                sock=sock,
                select_subprotocol=handshake.chosen_subprotocol,
                compression=None,
                close_timeout=CUT_AFTER,
                logger=protocol_logger(self.name),
                **options,
            )
            self._listeners.append(listener)
        return address

    async def _stop(self) -> None:
        self.hub.silence()
        listeners, self._listeners = self._listeners, []
        cut = asyncio.get_running_loop().call_later(STOP_WITHIN, _abort, self._alive)
        try:
            await accept_no_more(self._sockets)
            for listener in listeners:
                listener.close()
            # websockets waits 10 s for a handshake that never comes, and without end for a client that does not read
            _abort([connection for connection in self._alive if connection.request is None])
            await asyncio.gather(*(listener.wait_closed() for listener in listeners))
        except asyncio.CancelledError:
            _abort(self._alive)
            raise
        finally:
            cut.cancel()
            for sock in self._sockets:
                sock.close()

    def _settings_now(self) -> WebSocketSettings:
        return self.settings

    def _connection(self, protocol: ServerProtocol, listener: Listener, **options: Any) -> Connection:
        settings = self.settings
        protocol.max_message_size = settings.max_message
        protocol.available_extensions = [_DEFLATE] if settings.compression else None
        options["ping_interval"] = options["ping_timeout"] = settings.ping_interval or None
        return Connection(protocol, listener, self._alive, self._most, self._ended, self._secure, **options)

    async def _converse(self, connection: Connection) -> None:
        hub = self.hub
        client = hub.admit(connection)
        connection.take_frames()
        try:
            await hub.introduce(client)
            await converse(hub, client, self._settings_now)
        except (ConnectionClosed, OSError):
            log.debug("%s went away without a closing handshake", client.name)
        finally:
            await hub.remove(client)

    def _admit(self, connection: Connection, request: Request) -> Response | None:
        settings = self.settings
        most = min(settings.max_clients, self._most)
        try:
            connection.room = handshake.admit(request, settings, self._own_names, len(self.hub.clients), most)
        except Refusal as refusal:
            response = connection.respond(refusal.status, f"{refusal.detail}\n")
            response.headers.update(refusal.headers)
            return response
        return None

    def _record_handshake(self, connection: Connection, request: Request, response: Response) -> None:
        exchange = handshake.answered(connection, request, response)
        self._recorder.append(exchange)
        if response.status_code == 101:
            connection.record_frames(exchange, self._recorder.append)

    def _ended(self, connection: Connection) -> None:
        failed = handshake.unanswered(connection) if connection.request is None else None
        if failed is not None:
            self._recorder.append(failed)


def _abort(connections: Collection[Connection]) -> None:
    for connection in list(connections):
        connection.transport.abort()
