"""What the columns of the traffic tables say of a record; each cheap enough to filter thousands of records by."""

from collections.abc import Callable
from functools import lru_cache

from desktop.server_panels.traffic import handshake_of
from desktop.widgets.figures import size_text
from desktop.widgets.record_text import close_line
from desktop.widgets.ring_table import Column
from servers.exchange import Direction, Endpoint, Exchange, Kind, Record, clock_text, header
from servers.logs import visible

_SHOWN = 200
"""Characters of a message's content in its row."""

_RECEIVED = Direction.RECEIVED
_TEXT, _CLOSE = Kind.TEXT, Kind.CLOSE


def time_text(record: Record) -> str:
    """The local time of a record, to the millisecond."""
    return clock_text(record.at_ns)


def client_text(record: Record) -> str:
    """The address and port of the client, and the path of its WebSocket where that is not ``/``."""
    exchange = handshake_of(record)
    return _who(exchange.remote, exchange.target if exchange.source == "ws" else "/")


@lru_cache(maxsize=4096)
def _who(remote: Endpoint | None, target: str) -> str:
    path = visible(target.partition("?")[0])
    address = "" if remote is None else f"{remote[0]} {remote[1]}"
    return address if path in ("", "/") else f"{address} {path}"


def _for_exchange(show: Callable[[Exchange], str]) -> Callable[[Record], str]:
    """A column of exchanges that stays empty for messages."""
    return lambda record: show(record) if isinstance(record, Exchange) else ""


def _status(exchange: Exchange) -> str:
    return str(exchange.status) if exchange.error is None else f"{exchange.status or ''} interrupted".strip()


def _media_type(exchange: Exchange) -> str:
    return visible((header(exchange.response_headers, "Content-Type") or "").partition(";")[0])


HTTP_COLUMNS: tuple[Column[Record], ...] = (
    Column("Time", 96, time_text, fits=True),
    Column("Method", 64, _for_exchange(lambda one: visible(one.method))),
    Column("Path", 0, _for_exchange(lambda one: visible(one.target))),
    Column("Status", 56, _for_exchange(_status)),
    Column("Type", 112, _for_exchange(_media_type)),
    Column("Size", 72, _for_exchange(lambda one: size_text(one.response_size)), numeric=True, fits=True),
    Column("Duration", 76, _for_exchange(lambda one: f"{one.duration_ns / 1e6:.2f} ms"), numeric=True, fits=True),
    Column("Client", 124, client_text),
)


def _direction(record: Record) -> str:
    if isinstance(record, Exchange):
        return "⇄"
    return "← from client" if record.direction is _RECEIVED else "→ to client"


def _kind(record: Record) -> str:
    return "handshake" if isinstance(record, Exchange) else record.kind.value


def _content(record: Record) -> str:
    if isinstance(record, Exchange):
        return _handshake_line(record)
    if record.kind is _TEXT:
        return _text_line(record.data[: 4 * _SHOWN])
    return close_line(record.data) if record.kind is _CLOSE else _bytes_line(record.data[:_SHOWN])


def _handshake_line(exchange: Exchange) -> str:
    answer = f"{exchange.status or ''} {exchange.reason} {exchange.error or ''}"
    return visible(" ".join(f"{exchange.method} {exchange.target} {answer}".split()))


@lru_cache(maxsize=1024)
def _text_line(data: bytes) -> str:
    return visible(data.decode("utf-8", errors="replace")[:_SHOWN])


@lru_cache(maxsize=1024)
def _bytes_line(data: bytes) -> str:
    return data.hex(" ")


def _size(record: Record) -> str:
    return size_text(record.response_size if isinstance(record, Exchange) else record.size)


WS_COLUMNS: tuple[Column[Record], ...] = (
    Column("Time", 100, time_text, fits=True),
    Column("Client", 160, client_text, begins=True),
    Column("Direction", 110, _direction, fits=True),
    Column("Kind", 80, _kind, fits=True),
    Column("Size", 80, _size, numeric=True, fits=True),
    Column("Content", 0, _content, begins=True),
)
