"""What the HTTP and the REST server share: sockets, guard, the boundary that turns faults into answers, recording."""

import abc
import logging
import secrets
from socket import socket
from time import perf_counter_ns
from typing import TypeVar

from aiohttp import web
from aiohttp.web_protocol import RequestPayloadError

from servers import guard
from servers.connections.listener import Listener
from servers.connections.repeats import Repeats
from servers.cors import cors_headers, is_admitted
from servers.guard import Refusal
from servers.listening import BACKLOG, accept_no_more, listen, most_connections
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.server import Address, Server
from servers.settings import Cors, WebSettings
from servers.traffic_log import NOTES, Notes, TrafficLog

log = logging.getLogger("portside.web")

W = TypeVar("W", bound=WebSettings)

KEEP_ALIVE = 30.0
"""Seconds that an idle connection stays open (aiohttp's embedded default is about an hour)."""

LINGER = 1.0
"""Seconds for which the rest of a refused body is read and thrown away, so that the client gets to read why."""

ACCEPTED_AT_ONCE = 64
"""Connections that are accepted before others have their turn: all of them are open before the first can be cut."""

SHUTDOWN = 0.75
"""Seconds that requests in progress get to finish when the server stops; twice that until they are cut."""

EXTRAS = web.RequestKey("extras", dict[str, str])
"""Header fields for every response to a request: see add_extras."""


class WebServer(Server[W]):
    """An aiohttp server whose subclasses answer one request at a time.

    Every exchange, also a malformed or refused one, becomes one record in the recorder. ``readable`` names the response
    header fields that pages of other origins get to read, where CORS lets them.
    """

    readable = ""

    def __init__(self, settings: W, recorder: Recorder) -> None:
        super().__init__(settings)
        self._recorder = recorder
        self._log = TrafficLog(self.name, recorder)
        self._own_names: frozenset[str] = frozenset()
        self._sockets: list[socket] = []
        self._manager: Listener | None = None
        self._runner: web.ServerRunner | None = None

    @abc.abstractmethod
    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request that the guard let in; raise Refusal for an error status."""

    @abc.abstractmethod
    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        """The error response in the form that this server's clients read; the request may be a malformed one."""

    def extras(self, request: web.BaseRequest) -> dict[str, str]:
        """Header fields for every response to this request that is well-formed HTTP: see add_extras."""
        cors = self.settings.cors
        if cors is Cors.OFF:
            return {}
        return cors_headers(cors, request.headers.getall("Origin", ()), self._own_names, self.readable)

    def admits(self, request: web.BaseRequest) -> bool:
        """Whether CORS lets the page that sends this request read the answer."""
        return is_admitted(self.settings.cors, request.headers.getall("Origin", ()), self._own_names)

    def check_site(self, request: web.BaseRequest) -> None:
        """Refuse what a page of another site makes a browser send."""
        method, headers = request.method, request.headers
        if method not in guard.SAFE_METHODS:
            origins, fetch_site = headers.getall("Origin", ()), headers.get("Sec-Fetch-Site")
            guard.check_cross_site(method, origins, fetch_site, self._own_names, admitted=self.admits(request))

    async def _start(self) -> Address:
        await self._tls()
        self._sockets = listen(self.settings.host, self.settings.port)
        address = self._address("http", self._sockets)
        self._own_names = guard.own_names(address.bound)
        self._manager = Listener(
            self._respond,
            self.render,
            self._secure,
            Repeats(self._recorder),
            most_connections() * 3 // 4,
            protocol_logger(self.name),
            access_log_class=self._log,
            keepalive_timeout=KEEP_ALIVE,
            lingering_time=LINGER,
            auto_decompress=False,
        )
        self._runner = web.ServerRunner(self._manager, shutdown_timeout=SHUTDOWN)
        await self._runner.setup()
        for sock in self._sockets:
            await web.SockSite(self._runner, sock, backlog=ACCEPTED_AT_ONCE).start()
            sock.listen(BACKLOG)
        return address

    async def _stop(self) -> None:
        try:
            if self._runner is not None and self._manager is not None:
                await accept_no_more(self._sockets)
                await self._runner.cleanup()
                await self._manager.crowd.finish()
        finally:
            if self._manager is not None:
                self._manager.crowd.end()
            for sock in self._sockets:
                sock.close()
            self._sockets, self._runner, self._manager = [], None, None

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        notes = request[NOTES] = Notes()
        extras = self.extras(request)
        if extras:
            request[EXTRAS] = extras
        try:
            guard.check_host(_authorities(request), self._own_names)
            self.check_site(request)
            response = await self.answer(request)
        except Refusal as refusal:
            response = self.render(request, refusal)
            if refusal.headers.get("Connection") == "close":
                response.force_close()
        except ConnectionError:
            raise
        except RequestPayloadError:
            response = self.render(request, Refusal(400, "The request body is not well-formed."))
            response.force_close()
        except Exception as error:  # noqa: BLE001 - whatever a handler does wrong ends in a 500, never in a dead server
            response = self.render(request, _unexpected(request, error))
        if not response.prepared:
            add_extras(request, response)
        notes.responded_ns = notes.responded_ns or perf_counter_ns()
        return response


def _authorities(request: web.BaseRequest) -> list[str]:
    """The Host fields; a target in absolute form counts instead of the only one (RFC 9112, section 3.2.2)."""
    hosts: list[str] = request.headers.getall("Host", [])
    target = request.raw_path
    if target.startswith("/"):
        return hosts
    scheme, is_absolute, rest = target.partition("://")
    return [rest.partition("/")[0]] if is_absolute and scheme.isalpha() and len(hosts) == 1 else hosts


def add_extras(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Add the fields in EXTRAS to a response that has none of its own; a handler that streams calls this first."""
    extras = request.get(EXTRAS)
    for name, value in extras.items() if extras else ():
        if name == "Vary" and name in response.headers:
            response.headers[name] = f"{response.headers[name]}, {value}"
        else:
            response.headers.setdefault(name, value)


def _unexpected(request: web.BaseRequest, error: Exception) -> Refusal:
    """Log the error under an id, and tell the client nothing but that id."""
    incident = secrets.token_hex(4)
    log.error("Request failed (incident %s): %s %r", incident, request.method, request.raw_path, exc_info=error)
    return Refusal(500, f"The server failed to process the request; its log has the cause under {incident}.")
