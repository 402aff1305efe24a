"""The live traffic of one server: a table that follows the newest record, and the chosen record in full."""

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.server_panels.traffic import BYTES, HTTP_COLUMNS, ROWS, WS_COLUMNS, describe
from desktop.widgets.code_view import CodeView
from desktop.widgets.empty_state import Hint
from desktop.widgets.ring_table import RingTable
from servers.exchange import Exchange, Record
from servers.recorder import Recorder


class TrafficPanel(QWidget):
    """Shows what one server exchanged; ``tools`` is a row in which a server's own settings find their place.

    ``explorer_wanted`` carries an Exchange that its user wants to send again.
    """

    explorer_wanted = Signal(object)

    def __init__(self, control: ServerControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._held = Recorder(ROWS, BYTES)
        self._exchanges = self._messages = 0
        self.tools = QHBoxLayout()
        columns = WS_COLUMNS if control.spec.name == "ws" else HTTP_COLUMNS
        self.table: RingTable[Record] = RingTable(columns, ROWS, BYTES, self)
        self.table.setAccessibleName(f"Traffic of the {control.spec.title} server")
        self.detail = CodeView(self)
        self.detail.setAccessibleName("The chosen record in full")
        self.detail.setPlaceholderText("Choose a row to see it in full.")
        self._make_bar()
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        control.changed.connect(self._explain_emptiness)
        self._explain_emptiness()

    def take(self, records: list[Record]) -> None:
        """Count records of this server and show them, unless paused."""
        exchanges = sum(isinstance(record, Exchange) for record in records)
        self._exchanges += exchanges
        self._messages += len(records) - exchanges
        if self.pause.isChecked():
            for record in records:
                self._held.append(record)
            self._show_held()
        else:
            self._show(records)

    def figures(self) -> str:
        """The counted traffic in words."""
        if self.control.spec.name == "ws":
            return f"{_count(self._exchanges, 'handshake')}, {_count(self._messages, 'message')}"
        return _count(self._exchanges, "request")

    def _make_bar(self) -> None:
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Show only rows that contain this text")
        self.filter.setMaximumWidth(220)
        self.filter.textChanged.connect(self._apply_filter)
        self.pause = QPushButton("Pause", self)
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self._resume)
        self.clear = QPushButton("Clear", self)
        self.clear.clicked.connect(self._clear)

        self.open = QPushButton("Open in explorer", self)
        self.open.setToolTip("Bring the chosen request into the explorer, to change it and send it again")
        self.open.setVisible(self.control.spec.name != "ws")
        self.open.setEnabled(False)
        self.open.clicked.connect(self._open_chosen)
        self.menu = QMenu(self)
        self.menu.addAction("Open in explorer", self._open_chosen)

    def _lay_out(self) -> None:
        heading = QLabel(f"{self.control.spec.title} traffic", self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        bar = QHBoxLayout()
        bar.addWidget(heading)
        bar.addSpacing(theme.L)
        bar.addLayout(self.tools)
        bar.addStretch()
        for widget in (self.open, self.filter, self.pause, self.clear):
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
        layout.addWidget(self.stack, 1)

    def _show(self, records: list[Record]) -> None:
        first = len(self.table.ring.rows)
        self.table.extend(records)
        self.stack.setCurrentIndex(1)
        if self.filter.text():
            self._hide_unmatched(max(0, min(first, len(self.table.ring.rows) - len(records))))

    def _show_held(self) -> None:
        self.pause.setText(f"Resume ({len(self._held):,} wait)" if self.pause.isChecked() else "Pause")

    def _resume(self, paused: bool) -> None:
        if not paused and len(self._held):
            self._show(list(self._held))
            self._held.clear()
        self._show_held()

    def _clear(self) -> None:
        self._held.clear()
        self.table.ring.clear()
        self.detail.show_text("")
        self.open.setEnabled(False)
        self.stack.setCurrentIndex(0)
        self._show_held()

    def _apply_filter(self) -> None:
        self._hide_unmatched(0)

    def _hide_unmatched(self, first: int) -> None:
        wanted = self.filter.text().casefold()
        columns = self.table.ring.columns
        for row, record in enumerate(self.table.ring.rows[first:], first):
            matches = any(wanted in column.text(record).casefold() for column in columns)
            self.table.setRowHidden(row, not matches)

    def _show_chosen(self, chosen: QItemSelection) -> None:
        indexes = chosen.indexes()
        if indexes:
            self.detail.show_text(describe(self.table.ring.rows[indexes[0].row()]))
        self.open.setEnabled(self._chosen() is not None)

    def _chosen(self) -> Exchange | None:
        rows = self.table.selectionModel().selectedRows()
        record = self.table.ring.rows[rows[0].row()] if rows else None
        return record if isinstance(record, Exchange) else None

    def _show_menu(self, place: QPoint) -> None:
        if self._chosen() is not None and self.control.spec.name != "ws":
            self.menu.popup(self.table.viewport().mapToGlobal(place))

    def _open_chosen(self) -> None:
        exchange = self._chosen()
        if exchange is not None:
            self.explorer_wanted.emit(exchange)

    def _explain_emptiness(self) -> None:
        title, url = self.control.spec.title, self.control.url
        if url:
            self.empty.setText(f"No traffic yet.\n{title} answers at {url}: press “{self.control.spec.try_label}”.")
        else:
            self.empty.setText(f"No traffic yet.\nPress Start on the {title} card.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
