"""The entries of a transcript: the newest within a number and a memory, gathered, flushed together, filtered."""

import html
import math
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.chat.entry import Entry
from desktop.chat.transcript.looks import about, body_of, heading, spoken
from desktop.widgets.newest import Newest
from desktop.widgets.ring_model import Accepts, Column, Index, RingTableModel

ENTRY_ROLE = Qt.ItemDataRole.UserRole

FLUSH_MS = 50
"""Milliseconds for which arriving entries are gathered before they are shown together."""

FLOOD, FLOOD_MS = 100, 120
"""Entries of one flush from which on nobody can read them all, and the milliseconds that the next then waits for."""

GAP_MS = 15
"""Milliseconds from one transcript's flush to another's, so that many windows do not draw in the same moment."""

LIMIT = 100_000
MAX_BYTES = 64 * 1024 * 1024

_SLICE = 0.003  # seconds at a time for trying a filter
_TEXT = 500


class _NewestStays(Newest[Entry]):
    """Makes room for the newest entry, however big it is."""

    def __init__(self, limit: int, max_bytes: int) -> None:
        super().__init__(limit, max_bytes)
        self._budget = max_bytes

    def extend(self, records: Sequence[Entry]) -> int:
        self._max_bytes = max(self._budget, records[-1].weight)
        return super().extend(records)


class TranscriptModel(RingTableModel[Entry]):
    """``rows`` are the entries shown, oldest first, of those kept: the newest ``limit`` within ``max_bytes``.

    The newest entry always stays. ``flushed`` follows whenever entries have come or gone.
    """

    flushed = Signal()

    _last_flush = _next_turn = 0.0  # of any transcript, on the clock of ``perf_counter``

    def __init__(self, parent: QObject, limit: int = LIMIT, max_bytes: int = MAX_BYTES) -> None:
        super().__init__((Column("Messages", 0, _text_of),), limit, max_bytes, parent)
        self._kept = _NewestStays(limit, max_bytes)
        self._added = self._flushed = 0
        self._waiting: list[Entry] = []
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._flush_in_turn)
        self._trying = QTimer(self, interval=0)
        self._trying.timeout.connect(self._try_on)

    @property
    def gone(self) -> int:
        """How many of the oldest entries have been dropped since the last clear."""
        return self._added - len(self._kept.rows)

    @property
    def kept(self) -> int:
        """How many entries there are, shown or not."""
        return len(self._kept.rows)

    def row_at(self, at_ns: int) -> int:
        """The first row that is not older than a time, a ``perf_counter_ns`` value; their number if there is none."""
        return bisect_left(self.rows, at_ns, key=attrgetter("at_ns"))

    def add(self, entry: Entry) -> None:
        """Take an entry; it is shown with the next flush."""
        self._waiting.append(entry)
        if not self._timer.isActive():
            self._take_turn(FLOOD_MS if self._flushed > FLOOD else FLUSH_MS)

    def flush(self) -> None:
        """Show what has come since the last flush: one trim, one insert."""
        if not self._waiting:
            return
        added, self._waiting = self._waiting, []
        self._added += len(added)
        self._flushed = len(added)
        self.extend(added)
        self._try_on()

    def filter(self, accepts: Accepts[Entry] | None) -> None:
        super().filter(accepts)
        self._try_on()

    def clear(self) -> None:
        self._waiting.clear()
        self._timer.stop()
        self._trying.stop()
        self._added = 0
        super().clear()
        self.flushed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.rows[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return _text_of(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(_tip_of(entry))}</p>"  # else Qt would take it for markup, if it looks so
        return None

    def _flush_in_turn(self) -> None:
        """Flush, unless another has just done so: where time was short, many turns come at once."""
        now = perf_counter()
        if now - TranscriptModel._last_flush < GAP_MS / 1000:
            self._take_turn(GAP_MS)
        else:
            TranscriptModel._last_flush = now
            self.flush()

    def _take_turn(self, after: int) -> None:
        """Flush after so many milliseconds, or when those have had their turn that came first."""
        now = perf_counter()
        turn = max(now + after / 1000, TranscriptModel._next_turn)
        TranscriptModel._next_turn = turn + GAP_MS / 1000
        self._timer.start(math.ceil((turn - now) * 1000))

    def _try_on(self) -> None:
        """Try a filter on more entries; come back for more until there are none left."""
        self.try_on(_SLICE)
        if self.tried_all:
            self._trying.stop()
        elif not self._trying.isActive():
            self._trying.start()
        self.flushed.emit()


def _text_of(entry: Entry) -> str:
    return body_of(entry, _TEXT)


def _tip_of(entry: Entry) -> str:
    return ", ".join([heading(entry), *about(entry)])
