"""Server-sent events as a list that grows while they arrive, and the chosen one whole."""

from time import perf_counter_ns

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading.content import readable
from desktop.explorer.reading.events import Event, EventReader
from desktop.explorer.sending.blob import Blob
from desktop.widgets.code_view import CodeView
from desktop.widgets.json_text import pretty
from desktop.widgets.ring_table import Column, RingTable
from servers.exchange import clock_text
from servers.logs import visible

LIMIT = 10_000
"""At most this many events are listed, the newest ones."""

_BYTES = 32 * 1024 * 1024
_PIECE = 16 * 1024
_INDENTED = 64 * 1024
_LINE = 300


def _time(event: Event) -> str:
    return clock_text(event.at_ns) if event.at_ns else "—"


def _number(event: Event) -> str:
    return f"{event.number:,}"


def _name(event: Event) -> str:
    return visible(event.name[:_LINE])


def _id(event: Event) -> str:
    return visible(event.id[:_LINE])


def _data(event: Event) -> str:
    return visible(event.data[:_LINE])


_COLUMNS = (
    Column("#", 70, _number, numeric=True),
    Column("Time", 110, _time),
    Column("Event", 130, _name),
    Column("ID", 90, _id),
    Column("Data", 0, _data),
)


class EventsView(QWidget):
    """Reads a stream as far as it has come, a piece at a time, and shows the events in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blob: Blob | None = None
        self._read = 0
        self._live = False
        self._reader = EventReader()
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_on)
        self.list: RingTable[Event] = RingTable(_COLUMNS, LIMIT, _BYTES, self)
        self.list.setFont(theme.mono_font())
        self.list.setAccessibleName("Events of the stream")
        self.list.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.indented = QCheckBox("&Indent JSON", self)
        self.indented.setChecked(True)
        self.indented.toggled.connect(self._show_chosen)
        self.summary = QLabel(self)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.detail = CodeView(self)
        self.detail.setAccessibleName("Data of the chosen event")
        self.detail.setPlaceholderText("Choose an event to read its data.")
        self._lay_out()

    def show_stream(self, blob: Blob | None, live: bool) -> None:
        """Show what has come of a stream so far; the same blob again goes on where it was."""
        if blob is not self._blob:
            self._blob, self._read, self._count = blob, 0, 0
            self._reader = EventReader()
            self.list.ring.clear()
            self.detail.show_text("")
        self._live = live
        self._read_on()

    def _read_on(self) -> None:
        """Read a piece; come back for more at once, or when there is more."""
        blob = self._blob
        data = blob.read(self._read, _PIECE) if blob is not None else b""
        self._read += len(data)
        events = self._reader.feed(data, perf_counter_ns() if self._live else 0)
        self._count += len(events)
        self.list.extend(events)
        if blob is not None and self._read < blob.size:
            self._timer.start()
        else:
            self._timer.stop()
        self._summarize()

    def _summarize(self) -> None:
        words = [f"{self._count:,} event{'' if self._count == 1 else 's'}"]
        if self._count > len(self.list.ring.rows):
            words.append(f"the newest {len(self.list.ring.rows):,} are listed")
        if self._reader.retry is not None:
            words.append(f"to reconnect after {self._reader.retry:,} ms")
        words.append("the stream is open" if self._live else "the stream has ended")
        self.summary.setText("  ·  ".join(words))

    def _show_chosen(self) -> None:
        row = self.list.currentIndex().row()
        if not 0 <= row < len(self.list.ring.rows):
            return
        data = self.list.ring.rows[row].data
        printed = pretty(data) if self.indented.isChecked() and len(data) <= _INDENTED else None
        if printed is not None and printed.fault is None:
            self.detail.show_text(readable(printed.text), "json")
        else:
            self.detail.show_text(readable(data))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        row.addWidget(self.indented)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setObjectName("eventsSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.list)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(splitter, 1)
        layout.addLayout(row)
