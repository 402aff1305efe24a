"""From the recorder to the tables: a feed that hands records on in batches, and the columns that show them."""

import codecs
import time
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.widgets.ring_table import Column
from servers.exchange import Direction, End, Exchange, Kind, Message, Record, header, wall_time
from servers.logs import visible

FLUSH_MS = 100
ROWS = 5_000
BYTES = 32 * 1024 * 1024
"""Memory that the records of one table may take, about."""

_SHOWN = 200
"""Characters of a message's content in its row."""


class TrafficFeed(QObject):
    """Collects records as they come and emits them as one list ten times a second; idle when nothing comes."""

    flushed = Signal(list)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pending: list[Record] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self._flush)

    def push(self, record: Record) -> None:
        """Take one record; this is the recorder's subscriber."""
        self._pending.append(record)
        if len(self._pending) == 1:
            self._timer.start()

    def _flush(self) -> None:
        records, self._pending = self._pending, []
        self.flushed.emit(records)


def by_server(records: list[Record]) -> dict[str, list[Record]]:
    """The records that servers made, by the server's name; what the app's own clients saw of them is left out."""
    sorted_out: dict[str, list[Record]] = {}
    for record in records:
        exchange = _exchange(record)
        if exchange.end is End.SERVER:
            sorted_out.setdefault(exchange.source, []).append(record)
    return sorted_out


def size_text(size: int) -> str:
    """A number of bytes for people: exact below 10 kB, then in kB or MB (powers of ten)."""
    if size < 10_000:
        return f"{size:,} B"
    return f"{size / 1000:,.1f} kB" if size < 10_000_000 else f"{size / 1_000_000:,.1f} MB"


def _exchange(record: Record) -> Exchange:
    return record if isinstance(record, Exchange) else record.exchange


def _time(record: Record) -> str:
    seconds = wall_time(record.at_ns).timestamp()
    return f"{_clock(int(seconds))}.{int(seconds % 1 * 1000):03d}"


@lru_cache(maxsize=64)
def _clock(seconds: int) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))


def _client(record: Record) -> str:
    remote = _exchange(record).remote
    return "" if remote is None else f"{remote[0]} {remote[1]}"


def _for_exchange(show: Callable[[Exchange], str]) -> Callable[[Record], str]:
    """A column of exchanges that stays empty for messages."""
    return lambda record: show(record) if isinstance(record, Exchange) else ""


def _status(exchange: Exchange) -> str:
    return str(exchange.status) if exchange.error is None else f"{exchange.status or ''} interrupted".strip()


def _media_type(exchange: Exchange) -> str:
    return visible((header(exchange.response_headers, "Content-Type") or "").partition(";")[0])


HTTP_COLUMNS: tuple[Column[Record], ...] = (
    Column("Time", 96, _time, fits=True),
    Column("Method", 64, _for_exchange(lambda one: visible(one.method))),
    Column("Path", 0, _for_exchange(lambda one: visible(one.target))),
    Column("Status", 56, _for_exchange(_status)),
    Column("Type", 112, _for_exchange(_media_type)),
    Column("Size", 72, _for_exchange(lambda one: size_text(one.response_size)), numeric=True, fits=True),
    Column("Duration", 76, _for_exchange(lambda one: f"{one.duration_ns / 1e6:.2f} ms"), numeric=True, fits=True),
    Column("Client", 124, _client),
)


def _direction(record: Record) -> str:
    if isinstance(record, Exchange):
        return "⇄"
    return "← from client" if record.direction is Direction.RECEIVED else "→ to client"


def _kind(record: Record) -> str:
    return "handshake" if isinstance(record, Exchange) else record.kind.value


def _content(record: Record) -> str:
    if isinstance(record, Exchange):
        return visible(f"{record.method} {record.target} {record.status} {record.reason}")
    if record.kind is Kind.CLOSE:
        return _close_text(record)
    if record.kind is Kind.TEXT:
        return visible(record.data[: 4 * _SHOWN].decode("utf-8", errors="replace")[:_SHOWN])
    return record.data[: _SHOWN // 3].hex(" ")


def _close_text(message: Message) -> str:
    """Code and reason of a close frame (RFC 6455, section 5.5.1)."""
    if len(message.data) < 2:
        return "no code"
    reason = message.data[2:].decode("utf-8", errors="replace")
    return visible(f"{int.from_bytes(message.data[:2])} {reason}".strip())


def _size(record: Record) -> str:
    return size_text(record.response_size if isinstance(record, Exchange) else record.size)


WS_COLUMNS: tuple[Column[Record], ...] = (
    Column("Time", 100, _time, fits=True),
    Column("Client", 140, _client),
    Column("Direction", 110, _direction, fits=True),
    Column("Kind", 80, _kind, fits=True),
    Column("Size", 80, _size, numeric=True, fits=True),
    Column("Content", 0, _content),
)


def describe(record: Record) -> str:
    """A record in full, as text: heads and bodies of an exchange, or the whole content of a message."""
    if isinstance(record, Message):
        way = "Received" if record.direction is Direction.RECEIVED else "Sent"
        return f"{way} {record.kind.value}, {record.size:,} bytes\n\n{_body(record.data, record.size)}"
    request = f"{record.method} {record.target} HTTP/{record.version}"
    response = f"HTTP/{record.version} {record.status} {record.reason}"
    parts = [
        _block(request, record.request_headers, record.request_body, record.request_size),
        _block(response, record.response_headers, record.response_body, record.response_size),
    ]
    return "\n\n".join([*parts, record.error] if record.error else parts)


def _block(first: str, headers: tuple[tuple[str, str], ...], body: bytes, size: int) -> str:
    head = "\n".join([visible(first), *(visible(f"{name}: {value}") for name, value in headers)])
    return f"{head}\n\n{_body(body, size)}".rstrip()


def _body(data: bytes, size: int) -> str:
    try:
        decoded, _ = codecs.utf_8_decode(data, "strict", len(data) == size)  # the cap may cut a character
        text = "\n".join(visible(line) for line in decoded.split("\n"))
    except UnicodeDecodeError:
        text = data[:4096].hex(" ")
    more = f"\n… {size:,} bytes in all, of which {len(data):,} are kept" if len(data) < size else ""
    return text + more
