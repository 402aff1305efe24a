"""The rows of the history: entries under the days on which they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.explorer.history.entry import Summary
from desktop.explorer.history_view.looks import result_of, size_of, time_of
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Day:
    """The heading of the entries of one day."""

    title: str


Row = Day | Summary


class HistoryModel(QAbstractListModel):
    """The newest entries first; only what was shown so far is in it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Summary, ...] = ()
        self.rows: list[Row] = []

    def show(self, entries: Sequence[Summary]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.rows = _grouped(self.entries, datetime.now().astimezone().date())
        self.endResetModel()

    def extend(self, older: Sequence[Summary]) -> None:
        """Show older ones below."""
        self.entries += tuple(older)
        rows = _grouped(self.entries, datetime.now().astimezone().date())
        if len(rows) > len(self.rows):
            self.beginInsertRows(_NONE, len(self.rows), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()

    def entry(self, index: Index) -> Summary | None:
        """The entry of a row; None for a day, or no row."""
        row = self.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Summary) else None

    def index_of(self, entry: int) -> QModelIndex:
        """The row of an entry; an invalid index if it is not shown."""
        found = (n for n, row in enumerate(self.rows) if isinstance(row, Summary) and row.id == entry)
        return self.index(next(found, -1))

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, Day):
            return row.title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(f"{row.method} {row.url}")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _spoken(row)
        return None


def _spoken(entry: Summary) -> str:
    """All of it, for a screen reader and for a tooltip, which shows plain text only if it cannot be taken for HTML."""
    texts = (f"{entry.method} {entry.url}", result_of(entry), time_of(entry), size_of(entry), entry.error)
    return ", ".join(visible(text) for text in texts if text).replace("<", "‹")


def _grouped(entries: Sequence[Summary], today: date) -> list[Row]:
    rows: list[Row] = []
    last: date | None = None
    for entry in entries:
        day = entry.at.astimezone().date()
        if day != last:
            rows.append(Day(_title(day, today)))
            last = day
        rows.append(entry)
    return rows


def _title(day: date, today: date) -> str:
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return f"{day:%A}, {day.day} {day:%B %Y}"
