"""The documents of a collection as a table model that holds only the rows that were looked at."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from desktop import theme
from desktop.server_panels.data.editing import Cell, Edit
from desktop.server_panels.data.records import ID, Record, tip
from servers.logs import visible
from servers.rest.bodies.typed_text import kinds, schema_of_member

if TYPE_CHECKING:
    from servers.rest.definition import Definition

PAGE = 200
"""Documents that are read at once."""

MAX_COLUMNS = 200
"""Members that are shown; a document may have any number of them."""

_HELD = 5_000
"""Records that are kept for scrolling back."""

_SHORT = {"integer", "number", "boolean", "null"}
_SHOWN = 300
"""Characters of a text in its cell."""

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole

_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_ROLES = {
    _ROLE.DisplayRole,
    _ROLE.EditRole,
    _ROLE.ToolTipRole,
    _ROLE.ForegroundRole,
    _ROLE.DecorationRole,
    _ROLE.AccessibleDescriptionRole,
}
"""What a cell has something to say about; the view asks for more, hundreds of times a repaint."""


class DocumentModel(QAbstractTableModel):
    """``rowCount`` is the number of all documents that were asked for; those not yet read show an ellipsis.

    ``drafts`` holds what was typed into cells and refused, with the reason: such a cell shows it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns: list[str] = []
        self.collection = ""
        self.drafts: dict[Cell, tuple[Edit, str]] = {}
        self.locked = False
        self._records: dict[int, Record] = {}
        self._short = frozenset[str]()
        self._total = 0

    def show(self, definition: "Definition") -> None:
        """Begin anew with the documents of a collection, none of which has been read."""
        self.beginResetModel()
        self.collection = definition.name
        self.columns = list(dict.fromkeys((ID, *definition.properties)))[:MAX_COLUMNS]
        self._short = _short_members(definition)
        self._records = {}
        self._total = 0
        self.endResetModel()

    def take(self, first: int, records: Sequence[Record], total: int, *, anew: bool) -> None:
        """Take the records from row ``first`` on, of ``total``; ``anew`` says that those held may be out of date.

        Selection and editors stay with their documents; those of documents that are not among the records are lost.
        """
        self._add_columns(records)
        rows = {first + at: record for at, record in enumerate(records)}
        if anew:
            if (rows, total) != (self._records, self._total):  # or all would be painted again for nothing
                self._exchange(rows, total)
            return
        self._records = rows | self._records if len(self._records) < _HELD else rows
        if rows:
            self.dataChanged.emit(self.index(first, 0), self.index(max(rows), len(self.columns) - 1))

    def put(self, record: Record) -> None:
        """Show a newer version of a document that is held."""
        for row, held in self._records.items():
            if held.row.key == record.row.key:
                self._records[row] = record
                self.refresh_row(row)

    def refresh_row(self, row: int) -> None:
        """Show a row as it is now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def drop_draft(self, cell: Cell) -> None:
        """Forget what was typed into a cell and refused."""
        collection, key, _ = cell
        self.drafts.pop(cell, None)
        row = self.row_of(key)
        if collection == self.collection and row is not None:
            self.refresh_row(row)

    def is_short(self, column: int) -> bool:
        """Whether a column holds ids, numbers or booleans."""
        return self.columns[column] in self._short

    def cell(self, index: Index) -> Cell | None:
        """Which cell is at an index; None while it has not been read."""
        record = self._records.get(index.row())
        return None if record is None else (self.collection, record.row.key, self.columns[index.column()])

    def base(self, index: Index) -> Record:
        """The document that the typing into a cell begins with; for what was refused that is where it began."""
        record = self._records[index.row()]
        draft = self.drafts.get((self.collection, record.row.key, self.columns[index.column()]))
        return draft[0].record if draft else record

    def record(self, row: int) -> Record | None:
        """The document in a row; None while it has not been read."""
        return self._records.get(row)

    def row_of(self, key: str) -> int | None:
        """Where a document is held."""
        return next((row for row, record in self._records.items() if record.row.key == key), None)

    def held(self) -> dict[str, Record]:
        """All records that are held, by their keys."""
        return {record.row.key: record for record in self._records.values()}

    def missing(self, first: int, last: int) -> int | None:
        """The first row of these that has not been read, None if there is none."""
        return next((row for row in range(first, min(last + 1, self._total)) if row not in self._records), None)

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if index.column() > 0 and not self.locked and index.row() in self._records else _PLAIN

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        member = self.columns[index.column()]
        record = self._records.get(index.row())
        if record is None:
            return "…" if role == _ROLE.DisplayRole and member == ID else None
        edit, fault = self.drafts.get((self.collection, record.row.key, member), (None, ""))
        if role == _ROLE.DisplayRole:
            return visible((edit.text if edit else record.text(member))[:_SHOWN])
        if role == _ROLE.EditRole:
            return edit.text if edit else record.text(member)
        if role == _ROLE.ToolTipRole:
            return tip(f"{fault} Press Escape to have the stored value back." if edit else record.text(member))
        return _mark(role, fault) if edit else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        member = self.columns[section]
        if role == _ROLE.DisplayRole:
            return visible(member[:_SHOWN])
        if role == _ROLE.ToolTipRole:
            return tip(member)
        return None

    def _add_columns(self, records: Iterable[Record]) -> None:
        known = set(self.columns)
        found = dict.fromkeys(name for one in records for name in one.members if name not in known)
        names = list(found)[: MAX_COLUMNS - len(self.columns)]
        if names:
            self.beginInsertColumns(_NONE, len(self.columns), len(self.columns) + len(names) - 1)
            self.columns += names
            self.endInsertColumns()

    def _exchange(self, rows: dict[int, Record], total: int) -> None:
        """Put other rows in place of all; what Qt remembers of a document goes to the row where that is now."""
        if total > self._total:
            self.beginInsertRows(_NONE, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        places = {record.row.key: row for row, record in rows.items()}
        remembered = self.persistentIndexList()
        moved = [self._moved(index, places) for index in remembered]
        self._records = rows
        self.changePersistentIndexList(remembered, moved)
        self.layoutChanged.emit()
        if total < self._total:
            self.beginRemoveRows(_NONE, total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _moved(self, index: QModelIndex, places: dict[str, int]) -> QModelIndex:
        record = self._records.get(index.row())
        row = None if record is None else places.get(record.row.key)
        return _NONE if row is None else self.index(row, index.column())


def _short_members(definition: "Definition") -> frozenset[str]:
    types = {name: kinds(schema_of_member(definition.schema, name)) for name in definition.properties}
    return frozenset((ID, *(name for name, kind in types.items() if kind and _SHORT.issuperset(kind))))


def _mark(role: int, fault: str) -> Any:
    """How a cell looks whose text was refused."""
    scheme = theme.colors()
    if role == _ROLE.ForegroundRole:
        return QColor(scheme.failed)
    if role == _ROLE.DecorationRole:
        icon = QIcon(theme.icon("alert-circle", scheme.failed).pixmap(16, 16))
        icon.addPixmap(theme.icon("alert-circle", scheme.on_accent).pixmap(16, 16), QIcon.Mode.Selected)
        return icon
    return fault if role == _ROLE.AccessibleDescriptionRole else None
