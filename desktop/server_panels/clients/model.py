"""The connected clients as rows: sorted, filtered, and brought up to date without losing what is selected."""

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.server_panels.clients.columns import COLUMNS, address_text, name_text
from servers.logs import visible

if TYPE_CHECKING:
    from servers.websocket.client import Client

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ClientModel(QAbstractTableModel):
    """Those clients whose name, room or address contains ``text``, in ``room`` if that is not None.

    ``show`` takes who is connected now. Rows that stay keep their selection. Figures are read from the clients when
    they are asked for; that they have changed is for the view to find out.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Client] = []
        self.text = ""
        self.room: str | None = None
        self.sorted_by = COLUMNS[0]
        self._reverse = False

    def show(self, clients: "Iterable[Client]") -> None:
        """Take away who has gone, add who has come, and sort."""
        wanted = self._sorted(filter(self._matches, clients))
        self._remove({one.id for one in wanted})
        self._append(wanted)
        self._arrange(wanted)

    def row_of(self, client: int) -> int | None:
        """The row of a client by its number; None where it is not shown."""
        return next((row for row, one in enumerate(self.rows) if one.id == client), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = COLUMNS[column]
        self._reverse = order == Qt.SortOrder.DescendingOrder
        self._arrange(self._sorted(self.rows))

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role == _ROLE.DisplayRole:
            return COLUMNS[index.column()].text(self.rows[index.row()])
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if COLUMNS[index.column()].numeric else None
        if role == _ROLE.ToolTipRole:
            return _tip(self.rows[index.row()])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].numeric else _LEFT
        if role == _ROLE.DisplayRole:
            return COLUMNS[section].title
        return COLUMNS[section].about if role == _ROLE.ToolTipRole else None

    def _matches(self, client: "Client") -> bool:
        if self.room is not None and client.room != self.room:
            return False
        if not self.text:
            return True
        return self.text in f"{name_text(client)}\n{visible(client.room)}\n{address_text(client)}".casefold()

    def _sorted(self, clients: "Iterable[Client]") -> "list[Client]":
        return sorted(clients, key=self.sorted_by.key, reverse=self._reverse)

    def _remove(self, staying: set[int]) -> None:
        stay = [one for one in self.rows if one.id in staying]
        if len(stay) == len(self.rows):
            return
        gone = [one for one in self.rows if one.id not in staying]
        self._arrange(stay + gone)
        self.beginRemoveRows(_NONE, len(stay), len(self.rows) - 1)
        self.rows = stay
        self.endRemoveRows()

    def _append(self, wanted: "list[Client]") -> None:
        known = {one.id for one in self.rows}
        new = [one for one in wanted if one.id not in known]
        if new:
            self.beginInsertRows(_NONE, len(self.rows), len(self.rows) + len(new) - 1)
            self.rows = self.rows + new
            self.endInsertRows()

    def _arrange(self, order: "list[Client]") -> None:
        """Put the same rows into another order, and what is selected with them."""
        if order == self.rows:
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = {one.id: row for row, one in enumerate(order)}
        moved = [self.index(rows[self.rows[index.row()].id], index.column()) for index in held]
        self.rows = order
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()


def _tip(client: "Client") -> str:
    """Everything about a client, as rich text: Qt would take some names for such."""
    rows = (f"<tr><td>{one.title}&nbsp; </td><td>{html.escape(one.text(client))}</td></tr>" for one in COLUMNS)
    return f"<table>{''.join(rows)}</table>"
