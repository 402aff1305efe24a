"""One request and its response, without redirects and cookies."""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from time import perf_counter_ns

from aiohttp import ClientError, ClientResponse, StreamReader
from yarl import URL

from desktop.explorer.model.body import size_of, start_of
from desktop.explorer.model.options import Options
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.url import Target
from desktop.explorer.sending.exact import Trip, Unanswered
from desktop.explorer.sending.failures import explain
from desktop.explorer.sending.fault import Fault
from desktop.explorer.sending.inflow import Inflow
from desktop.explorer.sending.proxies import Proxy, asks_system, proxy_for
from desktop.explorer.sending.remarks import remarks
from desktop.explorer.sending.reply import Reply, Watch
from desktop.explorer.sending.sessions import Sessions, timeouts
from desktop.explorer.sending.timing import Stopwatch
from desktop.tasks import TaskSet
from servers.exchange import BODY_CAP, End, Exchange, Headers, next_id

__all__ = ["Sessions", "attempt"]

_WATCH = 0.1  # seconds from one look at a growing body to the next
_PIECE = 1024 * 1024
_FIRST = 100  # the lowest status (RFC 9110, section 15)
_TEXT = ("utf-8", "surrogateescape")


async def attempt(
    request: PreparedRequest,
    sessions: Sessions,
    record: Callable[[Exchange], None],
    watch: Watch | None = None,
    folder: Path | None = None,
) -> Reply:
    """Send one request and read its whole response, following and answering nothing.

    A failure is a Reply, too: its ``exchange.error`` is a sentence. Only CancelledError is raised. ``record`` gets the
    exchange in every case. ``watch`` gets the reply as it stands when its head has come, and then, while data come,
    every 100 ms. ``folder`` is for bodies of more than a few megabytes.
    """
    one = _Attempt(request, sessions.uploads, watch, folder)
    try:
        await one.run(sessions)
    except asyncio.CancelledError:
        one.error = "Cancelled before the whole response had come."
        raise
    finally:
        reply = one.finished()
        record(reply.exchange)
    return reply


class _Attempt:
    """What came back so far."""

    def __init__(self, request: PreparedRequest, uploads: TaskSet, watch: Watch | None, folder: Path | None) -> None:
        self.error: str | None = None
        self._request = request
        self._trip = Trip(request, uploads)
        self._inflow = Inflow(folder)
        self._response: ClientResponse | None = None
        self._headers: Headers = ()
        self._id = 0
        self._watch = watch
        self._next_look = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def run(self, sessions: Sessions) -> None:
        """Do it all; ``error`` says what failed."""
        try:
            async with asyncio.timeout(self._request.options.timeout):
                await self._exchange(sessions)
        except (ClientError, OSError, UnicodeError, Unanswered, Fault) as error:
            self.error = explain(error, self._trip, answered=self._response is not None)
            error.__traceback__ = None  # the response keeps the error, and that would keep all of this, and its file
        try:
            await self._inflow.close()
        except Fault as fault:
            self.error = self.error or str(fault)

    def finished(self) -> Reply:
        """The reply as it remains."""
        if self._timer is not None:
            self._timer.cancel()
        return self._reply(finished=True)

    async def _exchange(self, sessions: Sessions) -> None:
        request, trip = self._request, self._trip
        options, target = request.options, request.target
        proxy = trip.proxy = await _proxy(options, target)
        secure = target.scheme == "https"
        needs_tls = secure or (proxy is not None and proxy.url.scheme == "https")
        context = await sessions.context(options) if needs_tls else True
        if context is not True or proxy is not None:
            trip.stopwatch = Stopwatch()  # nobody waits for a server yet
        async with sessions.open(options).request(
            request.method,
            _origin(target.scheme, target.authority),
            data=trip,
            allow_redirects=False,
            ssl=context,
            timeout=timeouts(options.connect_timeout),
            proxy=proxy.url if proxy is not None else None,
            proxy_headers=proxy.headers if proxy is not None and secure else None,
        ) as response:
            self._begin(response)
            if response.status == 101:
                response.close()
            else:
                await self._read(response.content)

    def _begin(self, response: ClientResponse) -> None:
        if response.status < _FIRST:
            raise Fault(f"{self._request.target.place} answered with a status that HTTP does not have: 000.")
        self._response = response
        raw = response.raw_headers
        self._headers = tuple([(name.decode(*_TEXT), value.decode(*_TEXT)) for name, value in raw])
        if "Content-Encoding" in response.headers:
            self._inflow.expect(self._headers)
        if self._watch is not None:
            self._look()

    async def _read(self, content: StreamReader) -> None:
        content.set_read_chunk_size(_PIECE)
        try:
            while not content.at_eof():
                await self._inflow.add(await content.readany())
                if self._watch is not None:
                    self._grown()
        except ClientError:
            if content._buffer:  # an error hides from readers what came before it
                await self._inflow.add(content._read_nowait(-1))
            raise

    def _grown(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            if loop.time() >= self._next_look:
                self._look()
            else:
                self._timer = loop.call_at(self._next_look, self._look)

    def _look(self) -> None:
        self._timer = None
        self._next_look = asyncio.get_running_loop().time() + _WATCH
        if self._watch is not None:
            self._watch(self._reply(finished=False))

    def _reply(self, *, finished: bool) -> Reply:
        inflow, now_ns = self._inflow, perf_counter_ns()
        exchange, timing = self._record(now_ns), self._trip.stopwatch.timing(now_ns)
        notes = remarks(self._trip, self._response) if finished else ()
        return Reply(self._request, exchange, inflow.body, inflow.decoded, timing, inflow.fault, finished, (), notes)

    def _record(self, now_ns: int) -> Exchange:
        request, trip, response, body = self._request, self._trip, self._response, self._inflow.body
        version = response.version if response is not None else None
        self._id = self._id or next_id()
        return Exchange(
            source="explorer",
            end=End.CLIENT,
            method=request.method,
            target=request.target.path,
            version=f"{version.major}.{version.minor}" if version is not None else "1.1",
            request_headers=trip.headers,
            request_body=start_of(request.body, BODY_CAP),
            request_size=size_of(request.body),
            status=response.status if response is not None else 0,
            reason=(response.reason or "") if response is not None else "",
            response_headers=self._headers,
            response_body=body.read(0, BODY_CAP),
            response_size=body.size,
            started_ns=trip.stopwatch.started_ns,
            responded_ns=trip.stopwatch.responded_ns or now_ns,
            finished_ns=now_ns,
            local=trip.wire.local if trip.wire is not None else None,
            remote=trip.wire.remote if trip.wire is not None else None,
            id=self._id,
            error=self.error,
        )


async def _proxy(options: Options, target: Target) -> Proxy | None:
    if asks_system(options, target):
        return await asyncio.to_thread(proxy_for, options, target)
    return proxy_for(options, target)


@lru_cache(maxsize=256)
def _origin(scheme: str, authority: str) -> URL:
    return URL.build(scheme=scheme, authority=authority, path="/", encoded=True)
