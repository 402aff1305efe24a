"""A body that is a table, as rows and columns to read."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView, QWidget

from desktop import theme
from desktop.explorer.reading.tables import Table
from desktop.widgets.table_looks import size_sections
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_EMPTY = Table((), ())
_CELL = 500
_WIDTHS = 50  # rows that are measured
_MIN_WIDTH, _MAX_WIDTH = 60, 320


class TableModel(QAbstractTableModel):
    """The rows as they are."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.table = _EMPTY

    def show(self, table: Table) -> None:
        """Replace all of it."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.table.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return visible(self.table.rows[index.row()][index.column()][:_CELL])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1:,}"
        return visible(self.table.titles[section][:_CELL])


class TableView(QTableView):
    """Copy takes the chosen cells, separated by tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = TableModel(self)
        self.setModel(self.cells)
        self.setFont(theme.mono_font())
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        size_sections(self)
        self.verticalHeader().show()

    def show_table(self, table: Table) -> None:
        """Show other rows, each column as wide as its first ones need."""
        self.cells.show(table)
        metrics = self.fontMetrics()
        for column, title in enumerate(table.titles):
            texts = [title, *(row[column] for row in table.rows[:_WIDTHS])]
            width = max(metrics.horizontalAdvance(text[:60]) for text in texts) + theme.L
            self.setColumnWidth(column, min(max(width, _MIN_WIDTH), _MAX_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._chosen())
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> str:
        rows: dict[int, list[int]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda one: (one.row(), one.column())):
            rows.setdefault(index.row(), []).append(index.column())
        cells = self.cells.table.rows
        return "\n".join("\t".join(visible(cells[row][one]) for one in columns) for row, columns in rows.items())
