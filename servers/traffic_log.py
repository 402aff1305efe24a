"""Records the exchanges of an aiohttp server when their last byte is written."""

from time import perf_counter_ns

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from servers.exchange import BODY_CAP, End, Exchange, endpoint, next_id
from servers.recorder import Recorder

_GONE = "The client went away before the whole response was sent."


class Notes:
    """What the record needs and only the handling of a request knows.

    ``local`` is the server's own address, ``body`` the request body as far as it was read. A handler that sends a
    response piece by piece notes when its head went out (``responded_ns``), how many bytes of its body (``streamed``),
    and a sentence about what kept it from sending all (``fault``).
    """

    __slots__ = ("body", "fault", "local", "responded_ns", "streamed")

    def __init__(self, local: object) -> None:
        self.local = local
        self.body = b""
        self.responded_ns = 0
        self.streamed: int | None = None
        self.fault: str | None = None


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
        protocol = request.protocol
        notes = request.get(NOTES) or Notes(protocol.sockname)
        gone = request.transport is None
        answered = notes.responded_ns or not gone
        body = response.body if isinstance(response, web.Response) else None
        sent = body if isinstance(body, bytes) and request.method != "HEAD" else b""
        self._recorder.append(
            Exchange(
                source=self._source,
                end=End.SERVER,
                method=request.method,
                target=request.raw_path,
                version="%d.%d" % request.version,  # noqa: UP031 - a named pair of numbers
                request_headers=tuple(request.headers.items()),
                request_body=notes.body[:BODY_CAP],
                request_size=max(len(notes.body), request.content_length or 0),
                status=response.status if answered else 0,
                reason=response.reason if answered else "",
                response_headers=tuple(response.headers.items()) if answered else (),
                response_body=sent[:BODY_CAP],
                response_size=len(sent) if notes.streamed is None else notes.streamed,
                started_ns=finished_ns - int(time * 1e9),
                responded_ns=notes.responded_ns or finished_ns,
                finished_ns=finished_ns,
                local=endpoint(notes.local),
                remote=endpoint(protocol.peername),
                id=next_id(),
                error=notes.fault or (_GONE if gone else None),
            )
        )
