"""What the HTTP and the REST server share: sockets, guard, the boundary that turns faults into answers, recording."""

import abc
import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from socket import socket
from time import perf_counter_ns
from typing import Any

from aiohttp import HttpVersion10, HttpVersion11, web
from aiohttp.http_exceptions import BadHttpMethod

from servers import guard
from servers.guard import Refusal
from servers.listening import listen
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.server import Address, S, Server
from servers.traffic_log import NOTES, Notes, TrafficLog

log = logging.getLogger("portside.web")

KEEP_ALIVE = 30.0
"""Seconds that an idle connection stays open (aiohttp's embedded default is about an hour)."""

BODY_DEADLINE = 30.0
"""Seconds in which a request body must have arrived."""

LINGER = 1.0
"""Seconds for which the rest of a refused body is read and thrown away, so that the client gets to read why."""

SHUTDOWN = 0.75
"""Seconds that requests in progress get to finish when the server stops; twice that until they are cut."""

EXTRAS = web.RequestKey("extras", dict[str, str])
"""Header fields for every response to a request: see add_extras."""

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Render = Callable[[web.BaseRequest, Refusal], web.Response]
Secure = Callable[[asyncio.BaseTransport, asyncio.BaseProtocol], bool]
_UNKNOWN_METHOD = re.compile(r"""b['"][!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP/1\.[01]['"]""")
_VERSIONS = (HttpVersion10, HttpVersion11)


class WebServer(Server[S]):
    """An aiohttp server whose subclasses answer one request at a time.

    Every exchange, also a malformed or refused one, becomes one record in the recorder.
    """

    def __init__(self, settings: S, recorder: Recorder) -> None:
        super().__init__(settings)
        self._log = TrafficLog(self.name, recorder)
        self._own_names: frozenset[str] = frozenset()
        self._sockets: list[socket] = []
        self._manager: web.Server | None = None
        self._runner: web.ServerRunner | None = None

    @abc.abstractmethod
    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request that the guard let in; raise Refusal for an error status."""

    @abc.abstractmethod
    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        """The error response in the form that this server's clients read; the request may be a malformed one."""

    def extras(self, request: web.BaseRequest) -> dict[str, str]:
        """Header fields for every response to this request that is well-formed HTTP: see add_extras."""
        return {}

    def check_site(self, request: web.BaseRequest) -> None:
        """Refuse what a page of another site makes a browser send."""
        headers = request.headers
        guard.check_cross_site(
            request.method, headers.getall("Origin", ()), headers.get("Sec-Fetch-Site"), self._own_names
        )

    async def _start(self) -> Address:
        await self._tls()
        self._sockets = listen(self.settings.host, self.settings.port)
        address = self._address("http", self._sockets)
        self._own_names = guard.own_names(address.bound)
        self._manager = _Listener(
            self._respond,
            self.render,
            self._secure,
            access_log_class=self._log,
            keepalive_timeout=KEEP_ALIVE,
            lingering_time=LINGER,
            auto_decompress=False,
            logger=protocol_logger(self.name),
        )
        self._runner = web.ServerRunner(self._manager, shutdown_timeout=SHUTDOWN)
        await self._runner.setup()
        for sock in self._sockets:
            await web.SockSite(self._runner, sock, backlog=1024).start()
        return address

    async def _stop(self) -> None:
        try:
            if self._runner is not None:
                await self._runner.cleanup()
        finally:
            for connection in self._manager.connections if self._manager is not None else ():
                connection.force_close()
            for sock in self._sockets:
                sock.close()
            self._sockets, self._runner, self._manager = [], None, None

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        notes = request[NOTES] = Notes(request.protocol.sockname)
        request[EXTRAS] = self.extras(request)
        try:
            if request.version not in _VERSIONS:
                raise Refusal(400, "This server speaks HTTP/1.1.", {"Connection": "close"})
            guard.check_host(_authorities(request), self._own_names)
            self.check_site(request)
            response = await self.answer(request)
        except Refusal as refusal:
            response = self.render(request, refusal)
            if refusal.headers.get("Connection") == "close":
                response.force_close()
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler does wrong ends in a 500, never in a dead server
            response = self.render(request, _unexpected(request, error))
        if not response.prepared:
            add_extras(request, response)
        notes.responded_ns = notes.responded_ns or perf_counter_ns()
        return response


class _Listener(web.Server):
    """aiohttp's server, with connections of our own."""

    def __init__(self, handler: Handler, render: Render, secure: Secure, **options: Any) -> None:
        super().__init__(handler, **options)
        self._render = render
        self._secure = secure

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, self._render, self._secure, loop=self._loop, **self._kwargs)


class _Connection(web.RequestHandler):
    """A connection that answers malformed HTTP in the form of all other faults; aiohttp would quote it as text."""

    def __init__(self, manager: web.Server, render: Render, secure: Secure, **options: Any) -> None:
        super().__init__(manager, **options)
        self._render = render
        self._secure = secure

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self._secure(transport, self):
            super().connection_made(transport)

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        super().handle_error(request, status, exc, message)  # logs, and raises where a response has begun
        response = self._render(request, _malformed(status, exc))
        response.force_close()
        return response


def _authorities(request: web.BaseRequest) -> list[str]:
    """The Host fields; a target in absolute form counts instead of the only one (RFC 9112, section 3.2.2)."""
    hosts: list[str] = request.headers.getall("Host", [])
    scheme, is_absolute, rest = request.raw_path.partition("://")
    return [rest.partition("/")[0]] if is_absolute and scheme.isalpha() and len(hosts) == 1 else hosts


def add_extras(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Add the fields in EXTRAS to a response that has none of its own; a handler that streams calls this first."""
    for name, value in request.get(EXTRAS, {}).items():
        if name == "Vary" and name in response.headers:
            response.headers[name] = f"{response.headers[name]}, {value}"
        else:
            response.headers.setdefault(name, value)


def _malformed(status: int, error: BaseException | None) -> Refusal:
    """What to answer to what aiohttp's parser has refused; it tells in its message alone what it had read."""
    if isinstance(error, BadHttpMethod) and _UNKNOWN_METHOD.search(error.message):
        return Refusal(501, "This server does not know the request's method.")
    return Refusal(status, "The request is not well-formed HTTP.")


async def read_body(request: web.BaseRequest, limit: int) -> bytes:
    """The whole request body; Refusal 413 above ``limit`` bytes, 415 for a Content-Encoding, 408 when it stalls."""
    check_encoding(request)
    if (request.content_length or 0) <= limit:
        try:
            async with asyncio.timeout(BODY_DEADLINE):
                body = request[NOTES].body = await _collect(request, limit)
        except TimeoutError:
            # aiohttp tells a waiting handler nothing about chunks that it cannot read, so those end here too
            raise Refusal(408, "The request body did not arrive in time.", {"Connection": "close"}) from None
        if len(body) <= limit:
            return body
    raise Refusal(413, f"The request body is larger than {limit:,} bytes.", {"Connection": "close"})


def check_encoding(request: web.BaseRequest) -> None:
    """Refuse (415) a body with a Content-Encoding: what it inflates to has no bounds."""
    encoding = ", ".join(request.headers.getall("Content-Encoding", ("identity",)))
    if encoding.lower() != "identity":
        raise Refusal(415, "Request bodies must be sent without a Content-Encoding.", {"Accept-Encoding": "identity"})


async def _collect(request: web.BaseRequest, limit: int) -> bytes:
    """The body, or the beginning of one that is longer than ``limit``."""
    await invite(request)
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            break
    return bytes(body)


async def invite(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send the body (RFC 9110, section 10.1.1)."""
    if request.version == HttpVersion11 and request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # the response proper has not begun


def _unexpected(request: web.BaseRequest, error: Exception) -> Refusal:
    """Log the error under an id, and tell the client nothing but that id."""
    incident = secrets.token_hex(4)
    log.error("Request failed (incident %s): %s %r", incident, request.method, request.raw_path, exc_info=error)
    return Refusal(500, f"The server failed to process the request; its log has the cause under {incident}.")
