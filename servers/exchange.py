"""Immutable records of what went over a connection, seen from one of its ends."""

import enum
import itertools
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

Headers = tuple[tuple[str, str], ...]
"""Header fields in order, with repetitions and in the case they had on the wire."""

Endpoint = tuple[str, int]
"""IP address literal and port."""

BODY_CAP = 256 * 1024
"""A record keeps at most this many bytes of a body; ``size`` fields always tell the whole."""

_EXCHANGE_OVERHEAD = 2048
_MESSAGE_OVERHEAD = 512
_ANCHOR_NS = time.perf_counter_ns()
_ANCHOR_TIME = datetime.now(UTC)

next_id = itertools.count(1).__next__
"""The number for the next exchange of this process."""


class End(enum.Enum):
    """Which end of the connection made the record."""

    SERVER = "server"
    CLIENT = "client"


class Direction(enum.Enum):
    """Which way a message went, from the view of the end that made the record."""

    RECEIVED = "received"
    SENT = "sent"


class Kind(enum.Enum):
    """What a WebSocket message or control frame is (RFC 6455, section 11.8)."""

    TEXT = "text"
    BINARY = "binary"
    PING = "ping"
    PONG = "pong"
    CLOSE = "close"


class Exchange(NamedTuple):
    """One request and its response, or a failed attempt.

    A named tuple, because a frozen dataclass takes five times as long to make, which is felt under load.

    ``source`` is the server or client that made the record: ``http``, ``rest``, ``ws``, ``explorer`` or ``chat``.
    Times are ``time.perf_counter_ns`` values, so records of both ends lie on one clock: the request's start, the
    response's head, the end of its body. ``status`` is 0 and ``error`` says why where no response came; an error
    response (RFC 9110, section 15) has its status and no ``error``. Bodies hold at most BODY_CAP bytes. ``id`` comes
    from ``next_id`` and grows.
    """

    source: str
    end: End
    method: str
    target: str
    version: str
    request_headers: Headers
    request_body: bytes
    request_size: int
    status: int
    reason: str
    response_headers: Headers
    response_body: bytes
    response_size: int
    started_ns: int
    responded_ns: int
    finished_ns: int
    local: Endpoint | None
    remote: Endpoint | None
    id: int
    error: str | None = None

    @property
    def truncated(self) -> bool:
        """Whether a body on the wire was longer than what is kept here."""
        return len(self.request_body) < self.request_size or len(self.response_body) < self.response_size

    @property
    def duration_ns(self) -> int:
        """From the start of the request to the end of the response, in nanoseconds."""
        return self.finished_ns - self.started_ns

    @property
    def at_ns(self) -> int:
        """When it began, on the clock that all records share."""
        return self.started_ns

    @property
    def weight(self) -> int:
        """About how many bytes of memory the record takes."""
        return (
            _EXCHANGE_OVERHEAD
            + len(self.target)
            + _size(self.request_headers)
            + _size(self.response_headers)
            + len(self.request_body)
            + len(self.response_body)
        )


class Message(NamedTuple):
    """One WebSocket message or control frame, hanging off the exchange that upgraded.

    ``data`` is the payload, at most BODY_CAP bytes of it; ``size`` is its whole length in bytes.
    """

    exchange: Exchange
    direction: Direction
    kind: Kind
    data: bytes
    size: int
    at_ns: int

    @property
    def truncated(self) -> bool:
        """Whether the payload was longer than what is kept here."""
        return len(self.data) < self.size

    @property
    def weight(self) -> int:
        """About how many bytes of memory the record takes."""
        return _MESSAGE_OVERHEAD + len(self.data)


Record = Exchange | Message


@lru_cache(maxsize=512)
def _size(headers: Headers) -> int:
    """The characters in header fields; under load the same ones come again and again."""
    return sum(map(len, itertools.chain.from_iterable(headers)))


def wall_time(at_ns: int) -> datetime:
    """The UTC time of a ``perf_counter_ns`` value, by the one anchor that this process took at its start."""
    return _ANCHOR_TIME + timedelta(microseconds=(at_ns - _ANCHOR_NS) / 1000)


def clock_text(at_ns: int) -> str:
    """The local time of day of a ``perf_counter_ns`` value, HH:MM:SS.mmm; quick, for tables that scroll."""
    milliseconds = _ZERO_MS + at_ns // 1_000_000
    return f"{_clock(milliseconds // 1000)}.{milliseconds % 1000:03d}"


@lru_cache(maxsize=64)
def _clock(seconds: int) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))


_ZERO_MS = int(wall_time(0).timestamp() * 1000)


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header field, whatever the case of its name (RFC 9110, section 5.1)."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


def endpoint(name: object) -> Endpoint | None:
    """A socket name as an endpoint; None where the system had none to tell, as of a connection that was reset."""
    return (name[0], name[1]) if isinstance(name, tuple) else None
