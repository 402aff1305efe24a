"""The table of connected clients, with what can be done with one on its menu."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop import theme
from desktop.server_panels.clients.columns import COLUMNS, address_text
from desktop.server_panels.clients.model import ClientModel
from desktop.widgets.table_looks import size_sections

if TYPE_CHECKING:
    from servers.websocket.client import Client


class ClientTable(QTableView):
    """Shows a ClientModel, and keeps the same clients in view when others come and go.

    ``choice_changed`` tells that others are selected; ``send_wanted`` has the number of the client that its user wants
    to write to, ``close_wanted`` asks for closing those that are selected.
    """

    choice_changed = Signal()
    send_wanted = Signal(int)
    close_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clients = ClientModel(self)
        self._seen: dict[int, tuple[str, ...]] = {}
        self.setModel(self.clients)
        self.setAccessibleName("Connected clients")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self._size_columns()
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._make_menu()
        self.activated.connect(self._activate)

    def show_clients(self, clients: "Iterable[Client]") -> None:
        """Bring the rows up to date."""
        bar = self.verticalScrollBar()
        place, current = bar.value(), self.currentIndex()
        anchor = self.clients.rows[self.rowAt(0)].id if place and self.rowAt(0) >= 0 else None
        pointed = self.clients.rows[current.row()].id if current.isValid() else None
        self.clients.show(clients)
        if pointed is not None and self.clients.row_of(pointed) is None:
            self._point_near(current.row(), current.column())
        row = None if anchor is None or self.clients.sorted_by.moves else self.clients.row_of(anchor)
        wanted = place if row is None else row
        if wanted != bar.value():
            self.updateGeometries()  # the bar does not know yet how many rows there are
            bar.setValue(wanted)
        self._paint_changes()

    def _point_near(self, row: int, column: int) -> None:
        """Let the keyboard go on where the client was that has gone; Qt would go to the last row."""
        near = self.clients.index(min(row, len(self.clients.rows) - 1), column)
        self.selectionModel().setCurrentIndex(near, QItemSelectionModel.SelectionFlag.NoUpdate)

    def chosen(self) -> "list[Client]":
        """The clients that are selected, from above."""
        spans = sorted({(one.top(), one.bottom() + 1) for one in self.selectionModel().selection().toList()})
        return [client for top, end in spans for client in self.clients.rows[top:end]]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        super().selectionChanged(selected, deselected)
        self.choice_changed.emit()

    def _paint_changes(self) -> None:
        """Paint those cells again whose figures have changed; painting all of them is felt."""
        last = self.rowAt(self.viewport().height() - 1)
        rows = range(max(0, self.rowAt(0)), len(self.clients.rows) if last < 0 else last + 1)
        seen = {row: tuple(column.text(self.clients.rows[row]) for column in COLUMNS) for row in rows}
        for row, texts in seen.items():
            before = self._seen.get(row, ())
            for column in range(len(COLUMNS)):
                if texts[column : column + 1] != before[column : column + 1]:
                    self.update(self.clients.index(row, column))
        self._seen = seen

    def _size_columns(self) -> None:
        size_sections(self)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        metrics, padding = self.fontMetrics(), 2 * theme.S
        for section, column in enumerate(COLUMNS):
            title = metrics.horizontalAdvance(column.title) + theme.XL  # the arrow of the order stands beside it
            self.setColumnWidth(section, max(title, metrics.horizontalAdvance(column.widest)) + padding)

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.send_action = self.menu.addAction("Send to this client", self._want_to_send)
        self.menu.addAction("Close…", self.close_wanted.emit)
        self.menu.addAction("Copy address", self._copy_address)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, place: QPoint) -> None:
        chosen = self.chosen()
        if chosen:
            self.send_action.setEnabled(len(chosen) == 1)
            self.menu.popup(self.viewport().mapToGlobal(place))

    def _want_to_send(self) -> None:
        for one in self.chosen()[:1]:
            self.send_wanted.emit(one.id)

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(map(address_text, self.chosen())))

    def _activate(self, index: QModelIndex) -> None:
        self.send_wanted.emit(self.clients.rows[index.row()].id)
