"""One connection: aiohttp's, with a deadline for every step, and error pages also for what is no HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, cast

from aiohttp import HttpVersion10, HttpVersion11, web
from aiohttp.http import RawRequestMessage
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import EMPTY_PAYLOAD, StreamReader
from aiohttp.web_protocol import RequestPayloadError, _ErrInfo

from servers.connections.inline import without_tasks
from servers.connections.lingering import Rest
from servers.connections.malformed import (
    MAX_FIELDS,
    MAX_HEAD,
    MAX_TARGET,
    fault,
    refusal_of,
    too_large,
    unknown_coding,
    wrong_version,
)
from servers.connections.progress import Progress
from servers.connections.trailers import Tail, brought_host
from servers.exchange import Endpoint, Exchange, endpoint
from servers.guard import Refusal

if TYPE_CHECKING:
    from servers.connections.listener import Listener

HEADER_DEADLINE = 10.0
"""Seconds in which the head of a request must have arrived, from its first byte or the connection's beginning."""

READ_AT_ONCE = 64 * 1024
"""Bytes that are read at once; for asyncio's 256 KiB the system is asked for memory with every request."""

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Render = Callable[[web.BaseRequest, Refusal], web.Response]
Secure = Callable[[asyncio.BaseTransport, asyncio.BaseProtocol], bool]

_END_OF_HEAD = b"\r\n\r\n"
_MALFORMED_BODY = "The request body is not well-formed."
_GONE = "The client went away."


class Connection(web.RequestHandler):
    """A connection that is in the listener's crowd from accept, or the end of its TLS handshake, to its end."""

    __slots__ = (
        "_fed",
        "_has_begun",
        "_head_since",
        "_is_clean",
        "_is_refused",
        "_listener",
        "_payload",
        "_progress",
        "_rest",
        "_tail",
        "_wire",
        "address",
        "asked",
        "local",
        "remote",
    )

    def __init__(self, listener: "Listener", **options: Any) -> None:
        super().__init__(listener, max_line_size=MAX_TARGET, max_field_size=MAX_HEAD, max_headers=MAX_FIELDS, **options)
        self._listener = listener
        self.address = ""
        self.local: Endpoint | None = None
        self.remote: Endpoint | None = None
        self._wire: asyncio.Transport | None = None  # aiohttp forgets its own before all is sent
        self._progress = Progress()
        self._payload: StreamReader = EMPTY_PAYLOAD
        self._tail: Tail | None = None
        self._rest: Rest | None = None
        self._fed = 0
        self._head_since = 0.0
        self._has_begun = self._is_refused = False
        self._is_clean = True  # until something comes that is not one whole request without a body at a time
        self.asked = b""

    @property
    def is_idle(self) -> bool:
        """Whether it may be cut for another: it waits for a request, or for the client's end."""
        return self._is_refused or self._waits

    @property
    def _waits(self) -> bool:
        return self._waiter is not None and not self._waiter.done()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._listener.secure(transport, self):
            return
        self._wire = cast(asyncio.Transport, transport)
        if hasattr(transport, "max_size"):
            transport.max_size = READ_AT_ONCE
        super().connection_made(transport)
        self._loop = without_tasks(self._loop, self._messages)
        self.local, self.remote = endpoint(self.sockname), endpoint(self.peername)
        self.address = self.remote[0] if self.remote is not None else ""
        self._head_since = self._loop.time()
        if not self._listener.crowd.enter(self):
            self._request_handler = self._listener.answer_full

    def connection_lost(self, exc: BaseException | None) -> None:
        self._listener.crowd.leave(self)
        if self._rest is not None:
            self._rest.feed_eof()
        if self._current_request is None and not self._payload.is_eof():  # aiohttp lets the rest of it be waited for
            self._payload.set_exception(exc or ConnectionResetError(_GONE))
        super().connection_lost(exc)

    def cut(self) -> None:
        """End at once."""
        if self._wire is not None:
            self._wire.abort()

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        is_whole = self._is_clean and data.find(_END_OF_HEAD) == len(data) - len(_END_OF_HEAD)
        if is_whole and self._waits and self._answer_again(data):
            return
        self.asked = data if is_whole and self._waits else b""
        before = self._request_count
        self._fed = self._fed + len(data) if self._payload.is_eof() else 0
        super().data_received(data)
        new = self._request_count - before
        self._is_clean = is_whole and new == 1 and self._messages[-1][1] is EMPTY_PAYLOAD
        if self._tail is not None:
            self._follow_chunks(self._tail, data, new)
        if new:
            self._take(data, new)
        elif self._waits:
            self._wait_for_head()
        elif self._fed > MAX_HEAD + MAX_TARGET and self._payload.is_eof():
            self._refuse(too_large())  # a head that nobody waits for yet

    def note(self, response: web.StreamResponse, exchange: Exchange) -> None:
        """Keep what was answered, in case that the same is asked again."""
        if self.asked:
            self._listener.repeats.note(self.asked, response, exchange)

    def _answer_again(self, data: bytes) -> bool:
        """Answer a request as it was answered before, unless that must be thought over."""
        wire, listener = self._wire, self._listener
        is_free = not (self._close or self._force_close or self._paused or self._upgraded)
        if wire is None or not is_free or self._request_handler is not listener.request_handler:
            return False
        found = listener.repeats.find(data)
        if found is None or wire.is_closing() or wire.get_write_buffer_size():
            return False
        self._has_arrived()
        self._next_keepalive_close_time = self._loop.time() + self._keepalive_timeout
        listener.repeats.send(*found, wire.write, (self.local, self.remote))
        return True

    def look(self, now: float) -> None:
        """End what takes too long; ``now`` is the loop's time."""
        if self._head_since:
            if now - self._head_since >= HEADER_DEADLINE:
                self._give_up()
        elif self.is_idle and now >= self._next_keepalive_close_time and not self._is_refused:
            self.force_close()
        wire = self._wire
        if wire is not None and self._progress.is_stuck(wire.get_write_buffer_size(), self._current_request, now):
            wire.abort()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        self._listener.quiet.log(self.address, exc)
        response = self._listener.render(request, refusal_of(exc))
        response.force_close()
        return response

    def log_exception(self, *args: Any, **options: Any) -> None:
        error = options.get("exc_info")
        if isinstance(error, RequestPayloadError):
            self._listener.quiet.log(self.address, error)
        elif not isinstance(error, ConnectionError):  # the record says that the client went away
            super().log_exception(*args, **options)

    def _process_keepalive(self) -> None:
        """Nothing: ``look`` does it, also where half a request has come."""

    def _take(self, data: bytes, new: int) -> None:
        """Look at the requests whose heads have come; almost always there is one, and it is as it should be."""
        self._has_arrived()
        message, payload = self._messages[-1]
        if new > 1 or self._fed > MAX_HEAD or _is_special(message):
            self._examine(data, new)
        else:
            self._payload = payload
        self._fed = 0
        if self._upgraded:
            self.close()  # after the answer: aiohttp reads on behind it without a look by ``_examine``

    def _has_arrived(self) -> None:
        """A whole request head is there."""
        if self._head_since:
            self._head_since = 0.0
            self._has_begun = False
            self._listener.crowd.fresh.pop(self, None)

    def _examine(self, data: bytes, new: int) -> None:
        """Take those out of ``new`` messages that are not as they should be, and what comes after them."""
        first = len(self._messages) - new
        for index in range(first, len(self._messages)):
            message, payload = self._messages[index]
            error = _fault_in(message)
            if error is not None:
                while len(self._messages) > index:
                    self._messages.pop()
                self._refuse(error)
                return
            self._payload = payload
            if _is_chunked(message):
                self._tail = Tail()
                self._follow_chunks(self._tail, data, len(self._messages) - index - 1)

    def _refuse(self, error: HttpProcessingError) -> None:
        """Answer an error when what came before is answered, and read no more."""
        self._is_refused = True
        self._head_since = 0.0
        if not self._payload.is_eof():  # aiohttp lets its reader wait
            self._payload.set_exception(RequestPayloadError(_MALFORMED_BODY))
        if self._wire is None:
            return
        self._rest = Rest(self._wire)
        self._messages.append((_ErrInfo(error.code, error, ""), self._rest))
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _follow_chunks(self, tail: Tail, data: bytes, later: int) -> None:
        """Look for the end of a chunked body; ``later`` requests came behind it."""
        tail.add(data)
        if not self._payload.is_eof():
            return
        if later or not tail.has_no_trailer:
            if not later and self._parser is not None and brought_host(self._parser):
                self._payload.set_exception(RequestPayloadError(_MALFORMED_BODY))
            self.close()  # once it is answered; what comes behind a trailer cannot be trusted
        self._tail = None

    def _wait_for_head(self) -> None:
        """Note that a part of a request head has come."""
        self._has_begun = True
        if not self._head_since:
            self._head_since = self._loop.time()
        if self._fed > MAX_HEAD + MAX_TARGET:
            self._refuse(too_large())

    def _give_up(self) -> None:
        if self._has_begun:
            self._refuse(fault(408, "The request did not arrive in time."))
        else:
            self.force_close()


def _is_special(message: RawRequestMessage | _ErrInfo) -> bool:
    return isinstance(message, _ErrInfo) or message.version is not HttpVersion11 or bool(message.chunked)


def _is_chunked(message: RawRequestMessage | _ErrInfo) -> bool:
    return isinstance(message, RawRequestMessage) and bool(message.chunked)


def _fault_in(message: RawRequestMessage | _ErrInfo) -> HttpProcessingError | None:
    """What aiohttp's parser refused, or lets through and should not."""
    if isinstance(message, _ErrInfo):
        return cast(HttpProcessingError, message.exc)
    if message.version not in (HttpVersion11, HttpVersion10):
        return wrong_version()
    if message.chunked:
        if message.version == HttpVersion10:
            return fault(400, "HTTP/1.0 has no transfer codings.")
        if message.headers["Transfer-Encoding"].lower() != "chunked":
            return unknown_coding()
    if sum(len(name) + len(value) for name, value in message.raw_headers) > MAX_HEAD:
        return too_large()
    return None
