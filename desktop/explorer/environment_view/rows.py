"""The variables of one environment of a folder as rows of a table; each change goes into its file at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop import theme
from desktop.explorer.environment_view.attempts import fault_of
from desktop.explorer.variables.environments import Variable, move, name_fault, put, put_all, rename, variables
from desktop.widgets.tips import shortened, tip
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_FLAG = Qt.ItemFlag
_MASK = "••••••••"

COLUMNS = ("Name", "Value", "Private")
NAME, VALUE, PRIVATE = range(len(COLUMNS))


class VariableRows(QAbstractTableModel):
    """Shows what ``show`` names; the row after the last is to type a new variable into.

    ``edited`` tells that the user has changed a file, ``refused`` says in a sentence why a change was not taken; it is
    empty after one that was. Values of private variables are masked unless ``revealed``.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, folder: Path, environment: str, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = folder
        self.environment = environment
        self.rows: tuple[Variable, ...] = ()
        self._private: frozenset[str] = frozenset()
        self.read_only = False
        self.revealed = False

    def show(self, folder: Path, environment: str, *, read_only: bool) -> None:
        """Show an environment as its files have it now; the rows keep their order while it is the same one."""
        same = (folder, environment, read_only) == (self.folder, self.environment, self.read_only)
        if same:
            self._follow()
            return
        self.beginResetModel()
        self.folder, self.environment, self.read_only = folder, environment, read_only
        self._take(variables(folder, environment))
        self.endResetModel()

    def reveal(self, revealed: bool) -> None:
        """Show the values that are private, or mask them."""
        self.revealed = revealed
        self.repaint()

    def repaint(self) -> None:
        """The cells look different now."""
        if self.rows:
            self.dataChanged.emit(self.index(0, NAME), self.index(len(self.rows) - 1, PRIVATE))

    def is_masked(self, index: Index) -> bool:
        """Whether a cell must not show what it holds."""
        number = index.row()
        return not self.revealed and index.column() == VALUE and number < len(self.rows) and self.rows[number].private

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.rows) + (not self.read_only)

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return COLUMNS[section]
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.ToolTipRole and section == PRIVATE:
            return "Kept in http-client.private.env.json, which is not shared"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _FLAG.NoItemFlags
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable
        if self.read_only:
            return flags
        if index.column() != PRIVATE:
            return flags | _FLAG.ItemIsEditable
        return flags | _FLAG.ItemIsUserCheckable if index.row() < len(self.rows) else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        column = index.column()
        if index.row() >= len(self.rows):
            return _hint(column, role)
        one = self.rows[index.row()]
        if column == PRIVATE:
            return _tick(one, role)
        text = one.name if column == NAME else one.value
        if role == _ROLE.EditRole:
            return text
        masked = self.is_masked(index)
        shown = shortened(text)
        if role == _ROLE.DisplayRole:
            return _MASK if masked else shown
        remark = self._remark(one, column)
        if role == _ROLE.AccessibleTextRole:
            return f"{'hidden' if masked else shown}{', ' if remark else ''}{remark}"
        if role == _ROLE.ToolTipRole:
            said = remark or ("The value is hidden." if masked else shown)
            return tip(said)
        return self._look(one, role) if remark else None

    def _remark(self, one: Variable, column: int) -> str:
        """What is to be said about a variable that has no effect."""
        if self._is_covered(one):
            return "The private value of the same name is used instead."
        return name_fault(one.name) if column == NAME else ""

    def _is_covered(self, one: Variable) -> bool:
        return not one.private and one.name in self._private

    def _look(self, one: Variable, role: int) -> Any:
        """How a variable looks that has no effect: struck out, or underlined where its name is at fault."""
        covered, scheme = self._is_covered(one), theme.colors()
        if role == _ROLE.ForegroundRole:
            return QColor(scheme.muted if covered else scheme.failed)
        if role == _ROLE.FontRole:
            font = theme.mono_font()
            font.setStrikeOut(covered)
            font.setUnderline(not covered)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's name
        number, column = index.row(), index.column()
        one = self.rows[number] if number < len(self.rows) else None
        if role == _ROLE.CheckStateRole and one is not None and column == PRIVATE:
            private = Qt.CheckState(value) == Qt.CheckState.Checked
            return self._try(lambda: move(self.folder, self.environment, one.name, private=private))
        if role != _ROLE.EditRole or column == PRIVATE:
            return False
        return self._add(str(value), column) if one is None else self._change(one, str(value), column)

    def remove(self, numbers: set[int]) -> tuple[Variable, ...]:
        """Take rows out of their files; those that went."""
        gone = [self.rows[number] for number in sorted(numbers) if number < len(self.rows)]
        return tuple(one for private in (False, True) for one in self._put_all(gone, private, gone=True))

    def bring_back(self, gone: tuple[Variable, ...]) -> None:
        """Put variables into their files again, unless there are others of their names."""
        there = {(one.name, one.private) for one in self.rows}
        missing = [one for one in gone if (one.name, one.private) not in there]
        for private in (False, True):
            self._put_all(missing, private, gone=False)

    def _put_all(self, those: list[Variable], private: bool, *, gone: bool) -> list[Variable]:
        """Put those of one file into it, or take them out; none where that fails."""
        folder, environment = self.folder, self.environment
        chosen = [one for one in those if one.private == private]
        values = {one.name: None if gone else one.value for one in chosen}
        done = bool(chosen) and self._try(lambda: put_all(folder, environment, values, private=private))
        return chosen if done else []

    def _add(self, text: str, column: int) -> bool:
        if not text:
            return False
        fault = "Type a name first, then its value." if column == VALUE else name_fault(text)
        if not fault and any(one.name == text for one in self.rows):
            fault = f"There is a variable “{visible(text)}” already."
        if fault:
            self.refused.emit(fault)
            return False
        return self._try(self._putting(Variable(text, "", False), ""))

    def _change(self, one: Variable, text: str, column: int) -> bool:
        if text == (one.name if column == NAME else one.value):
            return True
        if column == VALUE:
            return self._try(self._putting(one, text))
        folder, environment = self.folder, self.environment
        return self._try(lambda: rename(folder, environment, one.name, text, private=one.private), one.name, text)

    def _putting(self, one: Variable, value: str | None) -> Callable[[], None]:
        folder, environment = self.folder, self.environment
        return lambda: put(folder, environment, one.name, value, private=one.private)

    def _try(self, change: Callable[[], None], before: str = "", after: str = "") -> bool:
        """Change a file, and show it; ``before`` keeps its place under the name ``after``."""
        fault = fault_of(change)
        self.refused.emit(fault)
        if fault:
            return False
        if after:
            self.rows = tuple(replace(one, name=after) if one.name == before else one for one in self.rows)
        self._follow()
        self.edited.emit()
        return True

    def _follow(self) -> None:
        """Show the files as they are now; the rows keep their order."""
        rows = self._in_order(variables(self.folder, self.environment))
        if len(rows) == len(self.rows) + 1:
            self.beginInsertRows(_NONE, len(rows), len(rows))
            self._take(rows)
            self.endInsertRows()
        elif len(rows) != len(self.rows):
            self.beginResetModel()
            self._take(rows)
            self.endResetModel()
        self._take(rows)
        self.repaint()

    def _in_order(self, found: tuple[Variable, ...]) -> tuple[Variable, ...]:
        """Each where it was, also one that has moved into the other file; new ones at the end."""
        places: dict[tuple[str, bool], int] = {}
        for number, one in enumerate(self.rows):
            places[one.name, one.private] = number
            places.setdefault((one.name, not one.private), number)
        return tuple(sorted(found, key=lambda one: places.get((one.name, one.private), len(self.rows))))

    def _take(self, rows: tuple[Variable, ...]) -> None:
        self.rows = rows
        self._private = frozenset(one.name for one in rows if one.private)


def _hint(column: int, role: int) -> Any:
    """What the empty row shows."""
    if role == _ROLE.DisplayRole and column == NAME:
        return "type a name…"
    if role == _ROLE.ForegroundRole:
        return QColor(theme.colors().muted)
    return None


def _tick(one: Variable, role: int) -> Any:
    if role == _ROLE.CheckStateRole:
        return Qt.CheckState.Checked if one.private else Qt.CheckState.Unchecked
    if role == _ROLE.AccessibleTextRole:
        return f"Private: {'yes' if one.private else 'no'}"
    return None
