"""A reply as a document in JSON, with its bodies beside it; and back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.explorer.model.body import FilePart, Payload, Upload, start_of
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.model.stored import Stored, restore, store
from desktop.explorer.model.url import Target
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Reply, Timing
from servers.exchange import BODY_CAP, End, Exchange, next_id, wall_time

Body = bytes | Blob
"""What lies beside a document; a Blob may be too long for memory."""

_KEPT = (
    "source",
    "method",
    "target",
    "version",
    "request_headers",
    "request_size",
    "status",
    "reason",
    "response_headers",
    "response_size",
    "local",
    "remote",
    "error",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Packer:
    """Collects the bodies of one document in ``bodies``; each stands in it as its number."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []

    def typed(self, request: Request) -> Stored:
        """A request as typed, its body beside it."""
        body = request.body
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        return {
            "request": store(replace(request, body=b"")),
            "is_text": isinstance(body, str),
            "body": self.body(data),
        }

    def reply(self, reply: Reply) -> Stored:
        """A reply with all that led to it. What can be made of the bodies again is left out."""
        body = self.body(reply.body)
        return {
            "sent": self._sent(reply.request),
            "exchange": _exchange(reply.exchange),
            "body": body,
            "decoded": body if reply.decoded is reply.body else self.body(reply.decoded),
            "timing": astuple(reply.timing),
            "fault": reply.fault,
            "notes": list(reply.notes),
            "hops": [self.reply(hop) for hop in reply.hops],
        }

    def body(self, body: Body) -> int:
        """Put a body beside the document."""
        self.bodies.append(body)
        return len(self.bodies) - 1

    def _sent(self, request: PreparedRequest) -> Stored:
        rows = tuple(Header(name, value) for name, value in request.headers)
        segments = request.body.segments if isinstance(request.body, Upload) else (request.body,)
        return {
            "head": store(Request(request.method, "", rows, auth=request.auth, options=request.options)),
            "target": astuple(request.target),
            "whole": isinstance(request.body, bytes),
            "body": [self.body(one) if isinstance(one, bytes) else [str(one.path), one.size] for one in segments],
        }


class Unpacker:
    """``body`` gives the body of a number."""

    def __init__(self, body: Callable[[int], Blob]) -> None:
        self._body = body

    def typed(self, stored: Stored) -> Request:
        """The request as typed. Raises ValueError, KeyError, TypeError, OSError for what is none."""
        data = self._body(stored["body"]).read()
        request = restore(stored["request"])
        return replace(request, body=data.decode("utf-8", "surrogatepass") if stored["is_text"] else data)

    def reply(self, stored: Stored) -> Reply:
        """The reply; its times are on the clock of this process. Raises as ``typed`` does."""
        sent = self._sent(stored["sent"])
        body = self._body(stored["body"])
        decoded = body if stored["decoded"] == stored["body"] else self._body(stored["decoded"])
        return Reply(
            sent,
            _restored_exchange(stored["exchange"], sent, body),
            body,
            decoded,
            Timing(*stored["timing"]),
            stored["fault"],
            hops=tuple(self.reply(hop) for hop in stored["hops"]),
            notes=tuple(stored["notes"]),
        )

    def _sent(self, stored: Stored) -> PreparedRequest:
        head = restore(stored["head"])
        headers = tuple((row.name, row.value) for row in head.headers)
        body = self._payload(stored["body"], whole=stored["whole"])
        return PreparedRequest(head.method, Target(*stored["target"]), headers, body, head.options, head.auth)

    def _payload(self, stored: Sequence[Any], *, whole: bool) -> Payload:
        parts = [FilePart(Path(one[0]), one[1]) if isinstance(one, list) else self._body(one).read() for one in stored]
        if whole and isinstance(parts[0], bytes):
            return parts[0]
        return Upload(tuple(parts))


def encode(document: Stored) -> str:
    """The text of a document; lone surrogates in it, from bytes that are no UTF-8, become escapes."""
    return json.dumps(document)


def microseconds(at_ns: int) -> int:
    """A ``perf_counter_ns`` value of this process as microseconds since 1970."""
    return (wall_time(at_ns) - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """Microseconds since 1970 as a time in UTC."""
    return _EPOCH + at * _MICROSECOND


def _exchange(exchange: Exchange) -> Stored:
    """All but the bodies; times as microseconds since 1970, and nanoseconds from the start."""
    started = exchange.started_ns
    times = [microseconds(started), exchange.responded_ns - started, exchange.finished_ns - started]
    return {name: getattr(exchange, name) for name in _KEPT} | {"times": times}


def _restored_exchange(stored: Stored, sent: PreparedRequest, body: Blob) -> Exchange:
    at, responded, finished = stored["times"]
    started = (moment(at) - wall_time(0)) // _MICROSECOND * 1000
    values = {name: stored[name] for name in _KEPT}
    for name in ("request_headers", "response_headers"):
        values[name] = tuple((one, value) for one, value in stored[name])
    for name in ("local", "remote"):
        values[name] = None if stored[name] is None else (stored[name][0], stored[name][1])
    return Exchange(
        **values,
        end=End.CLIENT,
        request_body=start_of(sent.body, BODY_CAP),
        response_body=body.read(0, BODY_CAP),
        started_ns=started,
        responded_ns=started + responded,
        finished_ns=started + finished,
        id=next_id(),
    )
