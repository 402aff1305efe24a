"""Sends a request through aiohttp to the byte as it was prepared, and notes what happens on its connection."""

import asyncio
from typing import Any

from aiohttp import ClientConnectionError, ClientOSError, ClientRequest, ClientResponse, ServerDisconnectedError
from aiohttp.connector import Connection
from aiohttp.helpers import TimerNoop
from aiohttp.http_writer import StreamWriter
from multidict import CIMultiDict
from yarl import URL

from desktop.explorer.model.body import size_of
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.sending.fault import Fault
from desktop.explorer.sending.proxies import Proxy
from desktop.explorer.sending.timing import Stopwatch
from desktop.explorer.sending.upload import chunk, write_body
from desktop.explorer.sending.wire import Wire
from desktop.tasks import TaskSet
from servers.exchange import Headers

CONTINUE_TIMEOUT = 1.0
"""Seconds to wait for the interim response 100: a server need not send it (RFC 9110, section 10.1.1)."""

_AT_ONCE = 32 * 1024  # a longer body is written by a task of its own, for the server may answer before its end
_NO_HEADERS: CIMultiDict[str] = CIMultiDict()
_NO_TIMER = TimerNoop()


class Unanswered(Exception):
    """The server took the request on a connection made for it and closed that without a whole response head."""


class Trip:
    """One request under way, and what is noted about it.

    aiohttp takes it for the body, and hands it on when it repeats a request whose kept connection had died.
    """

    consumed = False

    def __init__(self, request: PreparedRequest, uploads: TaskSet) -> None:
        self.request = request
        self.proxy: Proxy | None = None
        self.uploads = uploads
        self.stopwatch = Stopwatch()
        self.reused = True
        self.unsent = False
        self.wire: Wire | None = None
        self.fault: Fault | None = None

    async def close(self) -> None:
        """Nothing: aiohttp closes bodies when they have been sent."""

    @property
    def headers(self) -> Headers:
        """The header fields as they go to the wire."""
        proxy = self.proxy
        if proxy is None or not proxy.authorization or self.request.target.scheme == "https":
            return self.request.headers
        return (*self.request.headers, ("Proxy-Authorization", proxy.authorization))

    def head(self) -> bytes:
        """Request line and header fields (RFC 9112, section 2.1), for a proxy with the target in absolute form."""
        request = self.request
        plain = self.proxy is not None and request.target.scheme == "http"
        lines = [f"{request.method} {request.target if plain else request.target.path} HTTP/1.1\r\n"]
        lines += [f"{name}: {value}\r\n" for name, value in self.headers]
        lines.append("\r\n")
        return "".join(lines).encode()

    def board(self, connection: Connection) -> Wire:
        """Note the connection that the request goes over."""
        wire = connection.protocol
        if not isinstance(wire, Wire):
            raise TypeError("the connector makes no other connections")
        self.wire = wire
        return wire


class ExactRequest(ClientRequest):
    """A request whose body is a Trip: its bytes are those of the trip, nothing of aiohttp's is added."""

    # What aiohttp's own initialization does with headers and bodies is what must not happen here.
    def __init__(
        self,
        method: str,
        url: URL,
        *,
        data: Trip,
        loop: asyncio.AbstractEventLoop,
        session: Any,
        ssl: Any,
        proxy: URL | None,
        proxy_headers: Any,
        **_: object,
    ) -> None:
        self.trip = data
        data.reused = True
        self._body = data  # type: ignore[assignment] # it only asks whether it is consumed
        self.method = data.request.method
        self.url = self.original_url = url
        self.headers = _NO_HEADERS
        self.loop = loop
        self.server_hostname = None
        self._session = session
        self._ssl = ssl
        self._timer = _NO_TIMER
        self._traces = []
        self.update_proxy(proxy, None, proxy_headers)

    @property
    def stopwatch(self) -> Stopwatch:
        """Measures the steps of connecting, too."""
        return self.trip.stopwatch

    async def send(self, conn: Connection) -> ClientResponse:
        """Write the request, a long body in the background."""
        trip, request = self.trip, self.trip.request
        writer = StreamWriter(trip.board(conn), self.loop)
        task: asyncio.Task[None] | None = None
        if isinstance(request.body, bytes) and len(request.body) <= _AT_ONCE and not _waits(request):
            await writer.write(trip.head() + (_chunked(request.body) if request.chunked else request.body))
            trip.stopwatch.sent()
        else:
            self._continue = self.loop.create_future() if _waits(request) else None
            task = self._writer = trip.uploads.spawn(self._upload(conn, writer), name="upload")
        answer = Answer(
            self.method,
            self.url,
            writer=task,
            continue100=self._continue,
            timer=self._timer,
            request_info=self.request_info,
            traces=self._traces,
            loop=self.loop,
            session=self._session,
            stream_writer=writer,
        )
        answer.trip = trip
        return answer

    async def _upload(self, conn: Connection, writer: StreamWriter) -> None:
        trip = self.trip
        trip.unsent = True
        try:
            await writer.write(trip.head())
            if self._continue is not None:
                await asyncio.wait((self._continue,), timeout=CONTINUE_TIMEOUT)
            await write_body(writer, trip.request.body, trip.request.chunked)
        except Fault as fault:
            trip.fault = fault
            writer.protocol.set_exception(fault)  # type: ignore[attr-defined] # it is a Wire
        except (ClientConnectionError, OSError):
            pass  # whoever waits for the response hears of it, perhaps after a response
        except BaseException:
            conn.close()  # the server still waits for the rest
            raise
        else:
            trip.unsent = False
            trip.stopwatch.sent()


class Answer(ClientResponse):
    """A response that leaves its marks on the trip."""

    trip: Trip

    async def start(self, connection: Connection) -> ClientResponse:
        """Wait for the head."""
        trip = self.trip
        try:
            await super().start(connection)
        except (ClientOSError, ServerDisconnectedError) as error:
            # aiohttp repeats a request after these; that is right only if the connection had been waiting for one.
            if trip.reused and not (trip.wire is not None and trip.wire.said):
                raise
            raise Unanswered(str(error)) from error
        trip.stopwatch.responded()
        return self


def _waits(request: PreparedRequest) -> bool:
    return request.waits_for_continue and size_of(request.body) > 0


def _chunked(body: bytes) -> bytes:
    return chunk(body) + chunk(b"") if body else chunk(b"")
