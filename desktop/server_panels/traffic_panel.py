"""The live traffic of one server: a table that follows the newest record, and the chosen record in full."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.columns import HTTP_COLUMNS, WS_COLUMNS
from desktop.server_panels.control import ServerControl
from desktop.server_panels.filter_bar import FilterBar
from desktop.server_panels.record_view import ExchangeView, SocketView
from desktop.server_panels.traffic import handshake_of
from desktop.widgets.empty_state import Hint
from desktop.widgets.newest import Newest
from desktop.widgets.ring_table import RingTable
from servers.exchange import Exchange, Record

ROWS = 5_000
BYTES = 32 * 1024 * 1024
"""Memory that the records of one table may take, about."""


class TrafficPanel(QWidget):
    """Shows what one server exchanged; ``explorer_wanted`` carries an Exchange that its user wants to send again."""

    explorer_wanted = Signal(object)

    def __init__(self, control: ServerControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._is_socket = control.spec.name == "ws"
        self._held: Newest[Record] = Newest(ROWS, BYTES)
        self._exchanges = self._messages = 0
        columns = WS_COLUMNS if self._is_socket else HTTP_COLUMNS
        self.table: RingTable[Record] = RingTable(columns, ROWS, BYTES, self)
        self.table.setAccessibleName(f"Traffic of the {control.spec.title} server")
        self.table.set_placeholder("No row is as the filter says.")
        self.detail = SocketView(self) if self._is_socket else ExchangeView(self)
        self.narrow = FilterBar(columns, self, kinds=self._is_socket)
        self.filter = self.narrow.text
        self._make_bar()
        self._make_menu()
        self._lay_out()
        self.narrow.changed.connect(self.table.show_only)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        control.changed.connect(self._explain_emptiness)
        self._explain_emptiness()

    def take(self, records: list[Record]) -> None:
        """Count records of this server and show them, unless paused."""
        exchanges = list(map(type, records)).count(Exchange)
        self._exchanges += exchanges
        self._messages += len(records) - exchanges
        if self.pause.isChecked():
            self._held.extend(records)
            self._show_held()
        else:
            self._show(records)

    def figures(self) -> str:
        """The counted traffic in words."""
        if self._is_socket:
            return f"{_count(self._exchanges, 'handshake')}, {_count(self._messages, 'message')}"
        return _count(self._exchanges, "request")

    def _make_bar(self) -> None:
        self.pause = QPushButton("Pause", self)
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self._resume)
        self.clear = QPushButton("Clear", self)
        self.clear.clicked.connect(self._clear)
        self.open = QPushButton("Open in explorer", self)
        self.open.setToolTip("Bring the chosen request into the explorer, to change it and send it again")
        self.open.setVisible(not self._is_socket)
        self.open.setEnabled(False)
        self.open.clicked.connect(self._open_chosen)

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        if self._is_socket:
            self.menu.addAction("Only this client", self._show_one_client)
            self.all_clients = self.menu.addAction("Show all clients", self.narrow.release)
        else:
            self.menu.addAction("Open in explorer", self._open_chosen)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.narrow)
        bar.addStretch()
        for widget in (self.open, self.pause, self.clear):
            bar.addWidget(widget)
        self.empty = Hint(parent=self)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([420, 220])
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(bar)
        layout.addWidget(self.narrow.line)
        layout.addWidget(self.stack, 1)

    def _show(self, records: list[Record]) -> None:
        self.table.extend(records)
        self.stack.setCurrentIndex(1)

    def _show_held(self) -> None:
        self.pause.setText(f"Resume ({len(self._held.rows):,} wait)" if self.pause.isChecked() else "Pause")

    def _resume(self, paused: bool) -> None:
        if not paused and self._held.rows:
            self._show(self._held.rows)
            self._held.clear()
        self._show_held()

    def _clear(self) -> None:
        self._held.clear()
        self.table.clear()
        self.detail.show_record(None)
        self.open.setEnabled(False)
        self.stack.setCurrentIndex(0)
        self._show_held()

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            self.detail.show_record(chosen)
        self.open.setEnabled(chosen is not None)

    def _show_menu(self, place: QPoint) -> None:
        if self.table.chosen() is None:
            return
        if self._is_socket:
            self.all_clients.setEnabled(self.narrow.client is not None)
        self.menu.popup(self.table.viewport().mapToGlobal(place))

    def _show_one_client(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            self.narrow.show_only(handshake_of(chosen))

    def _open_chosen(self) -> None:
        chosen = self.table.chosen()
        if isinstance(chosen, Exchange):
            self.explorer_wanted.emit(chosen)

    def _explain_emptiness(self) -> None:
        title, url = self.control.spec.title, self.control.url
        if url:
            self.empty.setText(f"No traffic yet.\n{title} answers at {url}: press “{self.control.try_label}”.")
        else:
            self.empty.setText(f"No traffic yet.\nPress Start on the {title} card.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
