"""A table model over the newest records of a stream: one insert and one trim a flush, formatting only what is seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)


class Weighed(Protocol):
    """A record that knows about how many bytes of memory it takes."""

    @property
    def weight(self) -> int: ...


R = TypeVar("R", bound=Weighed)
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
PADDING = 4


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, its width in pixels (0: takes the rest), and how it shows a record.

    ``fits`` promises that the texts are never wider than the column, which saves measuring them.
    """

    title: str
    width: int
    text: Callable[[R], str]
    numeric: bool = False
    fits: bool = False


Place = tuple[Column[R], int, int]
"""A column, where its text begins, and the room that it has, in pixels."""


class RingTableModel(QAbstractTableModel, Generic[R]):
    """The newest records, oldest first: at most ``limit`` of them, and about ``max_bytes`` of memory."""

    def __init__(self, columns: Sequence[Column[R]], limit: int, max_bytes: int, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = columns
        self.limit = limit
        self.max_bytes = max_bytes
        self.rows: list[R] = []
        self._weights: list[int] = []
        self._bytes = 0

    def extend(self, records: Sequence[R]) -> None:
        """Add records at the end and drop the oldest that no longer fit: one insert, one trim."""
        added = records[-self.limit :]
        if not added:
            return
        weights = [record.weight for record in added]
        self._bytes += sum(weights)
        self.beginInsertRows(_NONE, len(self.rows), len(self.rows) + len(added) - 1)
        self.rows.extend(added)
        self._weights.extend(weights)
        self.endInsertRows()
        self._trim()

    def _trim(self) -> None:
        surplus = max(0, len(self.rows) - self.limit)
        excess = self._bytes - sum(self._weights[:surplus])
        while excess > self.max_bytes:
            excess -= self._weights[surplus]
            surplus += 1
        if surplus:
            self.beginRemoveRows(_NONE, 0, surplus - 1)
            del self.rows[:surplus], self._weights[:surplus]
            self._bytes = excess
            self.endRemoveRows()

    def clear(self) -> None:
        """Drop all records."""
        self.beginResetModel()
        self.rows.clear()
        self._weights.clear()
        self._bytes = 0
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(self.rows[index.row()])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class RingTable(QTableView, Generic[R]):
    """Shows a RingTableModel; follows the newest row unless its user has scrolled up.

    It paints its rows itself: a delegate asks the model for seven roles a cell and lays every text out in a rectangle,
    which under load took most of the time of the window.
    """

    def __init__(self, columns: Sequence[Column[R]], limit: int, max_bytes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = RingTableModel(columns, limit, max_bytes, self)
        self.setModel(self.ring)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._fitted = lru_cache(maxsize=4096)(self._fit)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * PADDING)
        self._size_columns()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fitted.cache_clear()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        places = [
            (column, self.columnViewportPosition(number) + PADDING, self.columnWidth(number) - 2 * PADDING)
            for number, column in enumerate(self.ring.columns)
        ]
        row, bottom = self.rowAt(0), self.viewport().height()
        while 0 <= row < len(self.ring.rows) and (top := self.rowViewportPosition(row)) < bottom:
            if not self.isRowHidden(row):
                self._paint_row(painter, self.ring.rows[row], top, places, chosen=row in chosen)
            row += 1

    def _paint_row(self, painter: QPainter, record: R, top: int, places: list[Place[R]], *, chosen: bool) -> None:
        palette, metrics = self.palette(), painter.fontMetrics()
        if chosen:
            height = self.verticalHeader().defaultSectionSize()
            painter.fillRect(0, top, self.viewport().width(), height, palette.highlight())
        painter.setPen(palette.color(palette.ColorRole.HighlightedText if chosen else palette.ColorRole.Text))
        baseline = top + PADDING + metrics.ascent()
        for column, left, width in places:
            text = column.text(record) if column.fits else self._fitted(column.text(record), width)
            inset = width - metrics.horizontalAdvance(text) if column.numeric else 0
            painter.drawText(left + inset, baseline, text)

    def _fit(self, text: str, width: int) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)

    def extend(self, records: Sequence[R]) -> None:
        """Add records; the view scrolls only if it already showed the newest."""
        bar = self.verticalScrollBar()
        at_bottom = bar.value() >= bar.maximum()
        self.ring.extend(records)
        if at_bottom:
            self.scrollToBottom()

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for section, column in enumerate(self.ring.columns):
            if column.width:
                header.resizeSection(section, column.width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
