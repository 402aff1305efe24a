"""A table model over the newest records of a stream: at most one insert and one trim a flush, and a filter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.widgets.newest import Newest, R
from desktop.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
Accepts = Callable[[R], bool]
_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, its width in pixels (0: takes the rest), and how it shows a record.

    ``fits`` promises that the texts are never wider than the column, which saves measuring them; of those that are,
    the middle is left out, or the end if ``begins``.
    """

    title: str
    width: int
    text: Callable[[R], str]
    numeric: bool = False
    fits: bool = False
    begins: bool = False


class RingTableModel(QAbstractTableModel, Generic[R]):
    """Keeps the newest records, oldest first: at most ``limit`` of them, and about ``max_bytes`` of memory.

    ``rows`` are those that are shown: all of them, or with a filter those that it accepts, as far as they have been
    tried; ``try_on`` tries more.
    """

    def __init__(self, columns: Sequence[Column[R]], limit: int, max_bytes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: list[R] = []
        self._kept: Newest[R] = Newest(limit, max_bytes)
        self._accepted: list[bool] = []  # of the kept records, in their order, those that have been tried
        self._accepts: Accepts[R] | None = None

    def extend(self, records: Sequence[R]) -> int:
        """Add records and drop the oldest that no longer fit; returns how many of the rows shown went at the top."""
        gone = self._kept.extend(records)
        rows = self._accepted[:gone].count(True)
        del self._accepted[:gone]
        if rows:
            self.beginRemoveRows(_NONE, 0, rows - 1)
            del self.rows[:rows]
            self.endRemoveRows()
        if self._accepts is None:
            self._show(self._kept.rows[len(self._accepted) :])
            self._accepted = [True] * len(self._kept.rows)
        return rows

    def filter(self, accepts: Accepts[R] | None) -> None:
        """Show only the records that are accepted, as ``try_on`` finds them; None shows all, at once."""
        self.beginResetModel()
        self._accepts = accepts
        self.rows = [] if accepts else self._kept.rows.copy()
        self._accepted = [] if accepts else [True] * len(self.rows)
        self.endResetModel()

    @property
    def tried_all(self) -> bool:
        """Whether ``rows`` is complete."""
        return len(self._accepted) == len(self._kept.rows)

    def try_on(self, seconds: float) -> None:
        """Try the filter on more records, for about that long, and show what it accepts."""
        accepts = self._accepts
        if accepts is None:
            return
        until = perf_counter() + seconds
        first = len(self._accepted)
        found: list[R] = []
        for record in self._kept.rows[first:]:
            accepted = accepts(record)
            self._accepted.append(accepted)
            if accepted:
                found.append(record)
            if perf_counter() > until:
                break
        self._show(found)

    def clear(self) -> None:
        """Drop all records."""
        self.beginResetModel()
        self._kept.clear()
        self._accepted.clear()
        self.rows.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[index.column()].text(self.rows[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.columns[index.column()].text(self.rows[index.row()]))
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def _show(self, records: Sequence[R]) -> None:
        if records:
            self.beginInsertRows(_NONE, len(self.rows), len(self.rows) + len(records) - 1)
            self.rows.extend(records)
            self.endInsertRows()
