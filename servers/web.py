"""What the HTTP and the REST server share: sockets, guard, the boundary that turns faults into answers, recording."""

import abc
import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator
from socket import socket
from time import perf_counter_ns

from aiohttp import HttpVersion11, web
from aiohttp.web_protocol import RequestPayloadError

from servers import guard
from servers.connections.listener import Listener
from servers.connections.repeats import Repeats
from servers.exchange import BODY_CAP
from servers.guard import Refusal
from servers.listening import BACKLOG, accept_no_more, listen, most_connections
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.server import Address, S, Server
from servers.traffic_log import NOTES, Notes, TrafficLog

log = logging.getLogger("portside.web")

KEEP_ALIVE = 30.0
"""Seconds that an idle connection stays open (aiohttp's embedded default is about an hour)."""

BODY_DEADLINE = 30.0
"""Seconds in which a request body must have arrived that is read as a whole, and that a longer one may pause."""

SLOWEST = 1024
"""Bytes a second that a longer request body must bring, once BODY_DEADLINE is over."""

LINGER = 1.0
"""Seconds for which the rest of a refused body is read and thrown away, so that the client gets to read why."""

ACCEPTED_AT_ONCE = 64
"""Connections that are accepted before others have their turn: all of them are open before the first can be cut."""

SHUTDOWN = 0.75
"""Seconds that requests in progress get to finish when the server stops; twice that until they are cut."""

EXTRAS = web.RequestKey("extras", dict[str, str])
"""Header fields for every response to a request: see add_extras."""


class WebServer(Server[S]):
    """An aiohttp server whose subclasses answer one request at a time.

    Every exchange, also a malformed or refused one, becomes one record in the recorder.
    """

    def __init__(self, settings: S, recorder: Recorder) -> None:
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
        return {}

    def check_site(self, request: web.BaseRequest) -> None:
        """Refuse what a page of another site makes a browser send."""
        method, headers = request.method, request.headers
        if method not in guard.SAFE_METHODS:
            origins, fetch_site = headers.getall("Origin", ()), headers.get("Sec-Fetch-Site")
            guard.check_cross_site(method, origins, fetch_site, self._own_names)

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
    raise _too_large(limit)


async def body_chunks(request: web.BaseRequest, limit: int) -> AsyncGenerator[bytes, None]:
    """The request body piece by piece, as it arrives; for bodies that may take long.

    Refusal 413 above ``limit`` bytes, 415 for a Content-Encoding, 408 when it pauses for BODY_DEADLINE seconds or
    brings less than SLOWEST bytes a second; ConnectionError when the client goes away. The time that the caller takes
    between two pieces is not the client's. The beginning of the body goes to the record.
    """
    check_encoding(request)
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    await invite(request)
    loop, notes = asyncio.get_running_loop(), request[NOTES]
    size, waited = 0, 0.0
    while True:
        before = loop.time()
        chunk = await _next_chunk(request, min(BODY_DEADLINE, BODY_DEADLINE + size / SLOWEST - waited))
        if not chunk:
            return
        waited += loop.time() - before
        size = notes.received = size + len(chunk)
        if size > limit:
            raise _too_large(limit)
        if len(notes.body) < BODY_CAP:
            notes.body += chunk[: BODY_CAP - len(notes.body)]
        yield chunk


async def _next_chunk(request: web.BaseRequest, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await request.content.readany()
    except TimeoutError:
        raise Refusal(408, "The request body did not arrive in time.", {"Connection": "close"}) from None


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"The request body is larger than {limit:,} bytes.", {"Connection": "close"})


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
