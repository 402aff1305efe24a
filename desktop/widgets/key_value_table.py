"""A table of names and values: editable with tick boxes and a last row to type into, or only to read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop import theme
from desktop.widgets.table_looks import size_sections
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_NAME, _VALUE = 0, 1
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Row:
    """One name with its value; ``enabled`` is its tick box."""

    name: str
    value: str
    enabled: bool = True


class KeyValueModel(QAbstractTableModel):
    """Frozen rows; if editable, one empty row more at the end."""

    changed = Signal()

    def __init__(self, editable: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.editable = editable
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()
        self.changed.emit()

    def remove(self, numbers: set[int]) -> None:
        """Remove the rows with these numbers; the empty last one stays."""
        kept = [row for number, row in enumerate(self.rows) if number not in numbers]
        if len(kept) < len(self.rows):
            self.set_rows(kept)

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows) + self.editable

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable:
            flags |= Qt.ItemFlag.ItemIsEditable
            if index.column() == _NAME and index.row() < len(self.rows):
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if row >= len(self.rows):
            return self._hint(column, role)
        one = self.rows[row]
        text = one.name if column == _NAME else one.value
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            return visible(text)
        if role == _ROLE.EditRole:
            return text
        if role == _ROLE.CheckStateRole and self.editable and column == _NAME:
            return Qt.CheckState.Checked if one.enabled else Qt.CheckState.Unchecked
        if role == _ROLE.AccessibleTextRole:
            return f"{visible(text)}{'' if one.enabled else ', not sent'}"
        return None

    def _hint(self, column: int, role: int) -> Any:
        """What the empty row shows."""
        if role == _ROLE.DisplayRole and column == _NAME:
            return "type a name…"
        if role == _ROLE.ForegroundRole:
            return QColor(theme.colors().muted)
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's name
        number = index.row()
        one = self.rows[number] if number < len(self.rows) else Row("", "")
        if role == _ROLE.CheckStateRole:
            changed = replace(one, enabled=Qt.CheckState(value) == Qt.CheckState.Checked)
        elif role == _ROLE.EditRole:
            changed = replace(one, name=value) if index.column() == _NAME else replace(one, value=value)
        else:
            return False
        if changed != one:
            self._put(number, changed)
        return True

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return ("Name", "Value")[section]
        return None

    def _put(self, number: int, row: Row) -> None:
        is_new = number == len(self.rows)
        if is_new:
            self.beginInsertRows(_NONE, number + 1, number + 1)
        self.rows = (*self.rows[:number], row, *self.rows[number + 1 :])
        if is_new:
            self.endInsertRows()
        self.dataChanged.emit(self.index(number, _NAME), self.index(number, _VALUE))
        self.changed.emit()


class KeyValueTable(QTableView):
    """Shows a KeyValueModel. Space ticks, typing edits, Delete removes rows, Copy takes ``Name: value`` lines."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, editable: bool = True) -> None:
        super().__init__(parent)
        self.pairs = KeyValueModel(editable, self)
        self.pairs.changed.connect(self.changed)
        self.setModel(self.pairs)
        self.setFont(theme.mono_font())
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        size_sections(self)
        self.setColumnWidth(_NAME, 260)

    def rows(self) -> tuple[Row, ...]:
        """The rows as they stand, without the empty last one."""
        return self.pairs.rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.pairs.set_rows(rows)

    def commit(self) -> None:
        """Take over what is being typed into a cell; its editor stays open."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._selected_text())
        elif event.key() == Qt.Key.Key_Delete and self.pairs.editable:
            self._remove_selected()
        else:
            super().keyPressEvent(event)

    def _remove_selected(self) -> None:
        current = self.currentIndex()
        self.pairs.remove({index.row() for index in self.selectedIndexes()})
        row = min(current.row(), self.pairs.rowCount() - 1)
        self.setCurrentIndex(self.pairs.index(row, max(current.column(), 0)))

    def _selected_text(self) -> str:
        numbers = sorted({index.row() for index in self.selectedIndexes() if index.row() < len(self.rows())})
        rows = [self.rows()[number] for number in numbers]
        return "\n".join(f"{visible(row.name)}: {visible(row.value)}" for row in rows)
