"""Sends one request through aiohttp without letting it change a byte, and notes what happens on the connection."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter_ns
from types import SimpleNamespace

from aiohttp import (
    ClientConnectorError,
    ClientOSError,
    ClientPayloadError,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    TraceConfig,
    TraceConnectionReuseconnParams,
)
from aiohttp.client_middlewares import ClientHandlerType
from aiohttp.connector import Connection
from aiohttp.helpers import set_exception
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDict
from yarl import URL

from desktop.explorer.request import PreparedRequest
from servers.exchange import BODY_CAP, End, Endpoint, Exchange, endpoint, next_id

CONNECT_TIMEOUT = 10.0
"""Seconds to find the host, connect and agree on TLS."""

BODY_LIMIT = 32 * 1024 * 1024
"""Reading stops after this many bytes of a body."""

_HEAD_LIMIT = 64 * 1024
_HEADER_COUNT = 1000


class Unanswered(Exception):
    """The server took the request on a connection made for it and closed that without a response."""


class Attempt:
    """One request on its way: what came back so far, and when."""

    def __init__(self, request: PreparedRequest) -> None:
        self.request = request
        self.body = bytearray()
        self.complete = True
        self.error: str | None = None
        self.reused = False
        self._started_ns = perf_counter_ns()
        self._outgoing: ClientRequest | None = None
        self._response: ClientResponse | None = None

    async def run(self, session: ClientSession, progress: Callable[[int], None] | None) -> None:
        """Send, and read the response; ``progress`` takes the number of body bytes so far."""
        request = self.request
        target = request.target
        async with session.request(
            request.method,
            URL.build(scheme=target.scheme, authority=target.authority, path=target.path, encoded=True),
            data=request.body if request.body or request.chunked else None,
            expect100=request.waits_for_continue,
            skip_auto_headers=("Content-Type",),
            allow_redirects=False,
            middlewares=(self._keep_exact,),
            trace_request_ctx=self,
        ) as response:
            self._response = response
            if response.status == 101:
                response.close()
            else:
                with _fails_with_its_connection(response):
                    await self._read(response, progress)

    def record(self) -> Exchange:
        """The attempt as it stands now."""
        finished_ns = perf_counter_ns()
        request, response = self.request, self._response
        contact = self._outgoing.response if self._outgoing is not None else None
        local, remote = (contact.local, contact.remote) if isinstance(contact, NotingResponse) else (None, None)
        responded_ns = response.responded_ns if isinstance(response, NotingResponse) else finished_ns
        version = response.version if response is not None else None
        raw = response.raw_headers if response is not None else ()
        return Exchange(
            source="explorer",
            end=End.CLIENT,
            method=request.method,
            target=request.target.path,
            version=f"{version.major}.{version.minor}" if version is not None else "1.1",
            request_headers=request.headers,
            request_body=request.body[:BODY_CAP],
            request_size=len(request.body),
            status=response.status if response is not None else 0,
            reason=(response.reason or "") if response is not None else "",
            response_headers=tuple((_text(name), _text(value)) for name, value in raw),
            response_body=bytes(self.body[:BODY_CAP]),
            response_size=len(self.body),
            started_ns=self._started_ns,
            responded_ns=responded_ns,
            finished_ns=finished_ns,
            local=local,
            remote=remote,
            id=next_id(),
            error=self.error,
        )

    async def _keep_exact(self, outgoing: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Undo what aiohttp does to method and headers, which it folds and completes by its own rules."""
        request = self.request
        outgoing.method = request.method
        outgoing.headers = CIMultiDict(request.headers)
        outgoing.chunked = request.chunked or None
        self._outgoing = outgoing
        self.reused = False
        try:
            return await handler(outgoing)
        except ClientConnectorError:
            raise
        except (ClientOSError, ServerDisconnectedError) as error:
            # aiohttp repeats a request after these; that is right only if the connection had been waiting for one.
            if self.reused:
                raise
            raise Unanswered(str(error)) from error

    async def _read(self, response: ClientResponse, progress: Callable[[int], None] | None) -> None:
        async for chunk in response.content.iter_any():
            self.body += chunk
            if progress is not None:
                progress(len(self.body))
            if len(self.body) > BODY_LIMIT:
                del self.body[BODY_LIMIT:]
                self.complete = False
                response.close()
                return


class NotingResponse(ClientResponse):
    """A response that notes both ends of its connection, which aiohttp gives back early, and when its head came."""

    local: Endpoint | None = None
    remote: Endpoint | None = None
    responded_ns = 0

    async def start(self, connection: Connection) -> ClientResponse:
        """Wait for the head."""
        transport = connection.transport
        if transport is not None:
            self.local = endpoint(transport.get_extra_info("sockname"))
            self.remote = endpoint(transport.get_extra_info("peername"))
        await super().start(connection)
        self.responded_ns = perf_counter_ns()
        return self


def open_session() -> ClientSession:
    """A session that follows nothing, remembers nothing and decodes nothing by itself."""
    trace = TraceConfig()
    trace.on_connection_reuseconn.append(_note_reuse)
    return ClientSession(
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        response_class=NotingResponse,
        timeout=ClientTimeout(total=None, connect=CONNECT_TIMEOUT),
        trace_configs=[trace],
        max_line_size=_HEAD_LIMIT,
        max_field_size=_HEAD_LIMIT,
        max_headers=_HEADER_COUNT,
    )


@contextmanager
def _fails_with_its_connection(response: ClientResponse) -> Iterator[None]:
    """End the wait for a body whose framing breaks: aiohttp 3.14 closes the connection then, and tells no reader."""
    protocol = response.connection.protocol if response.connection is not None else None
    closed = protocol.closed if protocol is not None else None
    if protocol is None or closed is None:
        yield
        return

    def fail(_: object) -> None:
        fault = protocol.exception()
        if isinstance(fault, HttpProcessingError) and response.content.exception() is None:
            set_exception(response.content, ClientPayloadError(fault.message), fault)

    closed.add_done_callback(fail)
    closed.remove_done_callback(_mark_retrieved)
    closed.add_done_callback(_mark_retrieved)
    try:
        yield
    finally:
        closed.remove_done_callback(fail)


def _mark_retrieved(closed: "asyncio.Future[None]") -> None:
    """A kept connection may be reset at any later time; nobody needs to hear of it."""
    if not closed.cancelled():
        closed.exception()


async def _note_reuse(_: ClientSession, context: SimpleNamespace, __: TraceConnectionReuseconnParams) -> None:
    context.trace_request_ctx.reused = True


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
