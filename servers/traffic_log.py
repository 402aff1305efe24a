"""Records the exchanges of an aiohttp server when their last byte is written."""

from time import perf_counter_ns
from typing import TYPE_CHECKING, cast

from aiohttp import HttpVersion10, HttpVersion11, web
from aiohttp.abc import AbstractAccessLogger

from servers.exchange import BODY_CAP, End, Exchange, next_id
from servers.recorder import Recorder

if TYPE_CHECKING:
    from servers.connections.connection import Connection

_VERSIONS = {HttpVersion10: "1.0", HttpVersion11: "1.1"}
_GONE = "The client went away before the whole response was sent."


class Notes:
    """What the record needs and only the handling of a request knows.

    ``body`` is the request body as far as it was read and kept, ``received`` how many bytes of it came. A handler that
    sends a response piece by piece notes when its head went out (``responded_ns``), how many bytes of its body
    (``streamed``), and a sentence about what kept it from sending all (``fault``). A response ``is_endless`` that only
    the client's going ends.
    """

    __slots__ = ("body", "fault", "is_endless", "received", "responded_ns", "streamed")

    def __init__(self) -> None:
        self.body = b""
        self.received = 0
        self.responded_ns = 0
        self.streamed: int | None = None
        self.fault: str | None = None
        self.is_endless = False


NOTES = web.RequestKey("notes", Notes)


class TrafficLog(AbstractAccessLogger):
    """aiohttp's access log: the one place that sees every exchange, also a malformed one."""

    def __init__(self, source: str, recorder: Recorder) -> None:
        self._source = source
        self._recorder = recorder

    def __call__(self, *_: object) -> "TrafficLog":
        """Stand in for the log that aiohttp makes for every connection: all share this one."""
        return self

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Append one record; ``time`` is the duration in seconds."""
        finished_ns = perf_counter_ns()
        connection = cast("Connection", request.protocol)
        notes = request.get(NOTES) or Notes()
        gone = request.transport is None
        responded_ns = notes.responded_ns
        answered = responded_ns or not gone
        body = response.body if isinstance(response, web.Response) else None
        sent = body if isinstance(body, bytes) and request.method != "HEAD" else b""
        read = notes.body
        exchange = Exchange(  # by position, which takes half the time
            self._source,
            End.SERVER,
            request.method,
            request.raw_path,
            _VERSIONS[request.version],
            tuple(request.headers.items()),
            read[:BODY_CAP],
            max(len(read), notes.received, request.content_length or 0) if request.body_exists else 0,
            response.status if answered else 0,
            response.reason if answered else "",
            tuple(response.headers.items()) if answered else (),
            sent[:BODY_CAP],
            len(sent) if notes.streamed is None else notes.streamed,
            finished_ns - int(time * 1e9),
            responded_ns or finished_ns,
            finished_ns,
            connection.local,
            connection.remote,
            next_id(),
            notes.fault or (_GONE if gone and not notes.is_endless else None),
        )
        self._recorder.append(exchange)
        connection.note(response, exchange)
