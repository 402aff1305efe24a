"""The rows behind a table of names and values: typed into, ticked, moved and removed, or only read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from desktop import theme
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
NAME, VALUE = 0, 1
NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_FLAG = Qt.ItemFlag
_MIME = "application/x-portside-rows"


@dataclass(frozen=True, slots=True)
class Row:
    """One name with its value; ``enabled`` is its tick box. ``source`` is not shown, and stays with the row."""

    name: str
    value: str
    enabled: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about the text of a cell; a ``fault`` is marked in it."""

    sentence: str = ""
    fault: bool = False


def _no_remark(text: str) -> Remark:
    return Remark()


class KeyValueModel(QAbstractTableModel):
    """Frozen rows; if editable, one empty row more at the end. ``fixed`` rows can have other values, nothing else."""

    changed = Signal()

    def __init__(self, editable: bool, parent: QObject, *, fixed: bool = False) -> None:
        super().__init__(parent)
        self.editable = editable
        self.growing = editable and not fixed
        self.rows: tuple[Row, ...] = ()
        self.remark: Callable[[str], Remark] = _no_remark
        self._dragged: tuple[int, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; while their number stays, so do the selection and what is being typed."""
        rows = tuple(rows)
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            self.repaint()
        self.changed.emit()

    def repaint(self) -> None:
        """The cells look different now."""
        if self.rows:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self.rows) - 1, VALUE))

    def remove(self, numbers: set[int]) -> None:
        """Remove the rows with these numbers; the empty last one stays."""
        kept = [row for number, row in enumerate(self.rows) if number not in numbers]
        if len(kept) < len(self.rows):
            self.set_rows(kept)

    def move(self, number: int, to: int) -> bool:
        """Give a row another place; whether there is one."""
        last = len(self.rows) - 1
        if number == to or not (0 <= number <= last and 0 <= to <= last):
            return False
        self.beginMoveRows(NONE, number, number, NONE, to + (to > number))
        rows = list(self.rows)
        rows.insert(to, rows.pop(number))
        self.rows = tuple(rows)
        self.endMoveRows()
        self.changed.emit()
        return True

    def rowCount(self, parent: Index = NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows) + self.growing

    def columnCount(self, parent: Index = NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _FLAG.ItemIsDropEnabled if self.growing else _FLAG.NoItemFlags
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
        if self.growing or (self.editable and index.column() == VALUE):
            flags |= _FLAG.ItemIsEditable
        if self.growing and index.row() < len(self.rows):
            flags |= _FLAG.ItemIsDragEnabled
            if index.column() == NAME:
                flags |= _FLAG.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if row >= len(self.rows):
            return self._hint(column, role)
        one = self.rows[row]
        text = one.name if column == NAME else one.value
        if role == _ROLE.DisplayRole:
            return visible(text)
        if role == _ROLE.EditRole:
            return text
        if role == _ROLE.CheckStateRole and self.growing and column == NAME:
            return Qt.CheckState.Checked if one.enabled else Qt.CheckState.Unchecked
        return self._look(one, text, role)

    def _look(self, row: Row, text: str, role: int) -> Any:
        """How a cell looks, and what is said about it."""
        if role == _ROLE.ForegroundRole and not row.enabled:
            return QColor(theme.colors().muted)
        if role not in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole, _ROLE.ForegroundRole, _ROLE.FontRole):
            return None
        remark = self.remark(text)
        if role == _ROLE.ToolTipRole:
            return visible(remark.sentence or text)
        if role == _ROLE.AccessibleTextRole:
            fault = f", {remark.sentence}" if remark.fault else ""
            return f"{visible(text)}{fault}{'' if row.enabled else ', not sent'}"
        if not remark.fault:
            return None
        return QColor(theme.colors().failed) if role == _ROLE.ForegroundRole else _underlined()

    def _hint(self, column: int, role: int) -> Any:
        """What the empty row shows."""
        if role == _ROLE.DisplayRole and column == NAME:
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
            changed = replace(one, name=value) if index.column() == NAME else replace(one, value=value)
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

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        self._dragged = tuple(sorted({index.row() for index in indexes if index.row() < len(self.rows)}))
        mime = QMimeData()
        mime.setData(_MIME, str(id(self)).encode())
        return mime

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the dragged rows of this table before ``row``, or to the end."""
        if not self.growing or data.data(_MIME).data() != str(id(self)).encode():
            return False
        to = parent.row() if parent.isValid() else row if row >= 0 else len(self.rows)
        before = [one for number, one in enumerate(self.rows[:to]) if number not in self._dragged]
        after = [one for number, one in enumerate(self.rows[to:], to) if number not in self._dragged]
        self.set_rows([*before, *(self.rows[number] for number in self._dragged), *after])
        return True

    def _put(self, number: int, row: Row) -> None:
        is_new = number == len(self.rows)
        if is_new:
            self.beginInsertRows(NONE, number + 1, number + 1)
        self.rows = (*self.rows[:number], row, *self.rows[number + 1 :])
        if is_new:
            self.endInsertRows()
        self.dataChanged.emit(self.index(number, NAME), self.index(number, VALUE))
        self.changed.emit()


def _underlined() -> QFont:
    font = theme.mono_font()
    font.setUnderline(True)
    return font
