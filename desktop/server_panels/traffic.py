"""From the recorder to the tables: a feed that hands records on in batches, and whose record is whose."""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from servers.exchange import End, Exchange, Record

FLUSH_MS = 50

_SERVER = End.SERVER


class TrafficFeed(QObject):
    """Collects records as they come and emits them as one list twenty times a second; idle when nothing comes."""

    flushed = Signal(object)  # a list, which Qt would copy and convert if it were declared as one

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pending: list[Record] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self._flush)

    def push(self, records: Sequence[Record]) -> None:
        """Take what is new; this is the recorder's subscriber."""
        if not self._pending:
            self._timer.start()
        self._pending += records

    def _flush(self) -> None:
        records, self._pending = self._pending, []
        self.flushed.emit(records)


def by_server(records: list[Record]) -> dict[str, list[Record]]:
    """The records that servers made, by the server's name; what the app's own clients saw of them is left out."""
    sorted_out: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        exchange = record if isinstance(record, Exchange) else record.exchange
        if exchange.end is _SERVER:
            sorted_out[exchange.source].append(record)
    return sorted_out


def handshake_of(record: Record) -> Exchange:
    """The exchange that a record is, or that its connection began with."""
    return record if isinstance(record, Exchange) else record.exchange
