"""The client's end of a connection: what aiohttp's one does not tell of servers that misbehave."""

import asyncio
from typing import Any

from aiohttp import ClientPayloadError
from aiohttp.client_proto import ResponseHandler
from aiohttp.helpers import _EXC_SENTINEL, set_exception
from aiohttp.http_exceptions import HttpProcessingError

from desktop.explorer.sending.fault import Fault
from servers.exchange import Endpoint, endpoint

_HEAD_END = b"\r\n\r\n"
_SAID = 64
_INTERIM = 100


class Wire(ResponseHandler):
    """One connection. ``said`` is the start of what came since the last request, ``lost`` the error that ended it.

    A head that shares its packet with a broken body is parsed alone first, so that it is not lost. A body whose
    framing breaks ends with an error; aiohttp 3.14 closes the connection then, and tells no reader.
    """

    said = b""
    lost: BaseException | None = None
    local: Endpoint | None = None
    remote: Endpoint | None = None
    _in_head = False
    _interim = 0
    _after_head = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note both ends, which cannot be asked for after a reset."""
        super().connection_made(transport)
        self.local = endpoint(transport.get_extra_info("sockname"))
        self.remote = endpoint(transport.get_extra_info("peername"))

    def set_response_params(self, **parameters: Any) -> None:
        """Get ready for the next response."""
        self.said, self._in_head, self._interim, self._after_head = b"", True, 0, 0
        super().set_response_params(**parameters)

    def is_connected(self) -> bool:
        """Whether a request can be sent; not if its response would be one that nobody asked for."""
        return super().is_connected() and not len(self)

    def surplus(self, body: int) -> int:
        """How many bytes came behind a body of a Content-Length, ``body`` bytes."""
        return max(self._after_head - body, 0)

    def data_received(self, data: bytes) -> None:
        """Take what the transport has read."""
        if self._in_head and len(self.said) < _SAID:
            self.said += data[:_SAID]
        elif data and not self._in_head and self._idle() and self.transport is not None:
            self.transport.close()  # a late answer must not be taken for that to the next request
            return
        while self._in_head and self._exception is None and 0 <= (end := data.find(_HEAD_END)) < len(data) - 4:
            super().data_received(data[: end + 4])
            data = data[end + 4 :]
        if self._exception is None:
            if not self._in_head:
                self._after_head += len(data)
            super().data_received(data)

    def feed_data(self, data: Any, size: int = 0) -> None:
        """Take a parsed head; after too many interim ones (RFC 9110, section 15.2) give up."""
        code = data[0].code
        if 100 <= code < 200 and code != 101:
            self._interim += 1
            if self._interim > _INTERIM:
                self.set_exception(Fault(f"The server sent more than {_INTERIM} interim responses and no final one."))
                if self.transport is not None:
                    self.transport.abort()
                return
        else:
            self._in_head = False
        super().feed_data(data, size)

    def set_exception(self, exc: BaseException, exc_cause: BaseException = _EXC_SENTINEL) -> None:
        """Fail whoever waits for a head, or for the rest of a body."""
        super().set_exception(exc, exc_cause)
        if isinstance(exc, HttpProcessingError | Fault):
            self._fail_body(exc)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Note why; a body that lasts until the connection ends (RFC 9112, section 6.3) is not whole after an error."""
        self.lost = exc
        if exc is not None:
            self._fail_body(exc)
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return not self._upgraded and (self._payload is None or self._payload.is_eof())

    def _fail_body(self, cause: BaseException) -> None:
        body = self._payload
        if body is not None and not body.is_eof() and body.exception() is None:
            set_exception(body, cause if isinstance(cause, Fault) else ClientPayloadError(str(cause)), cause)
