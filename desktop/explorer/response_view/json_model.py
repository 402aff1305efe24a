"""The nodes of a JSON body as Qt's views want them; children are read when somebody looks at them."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop import theme
from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.reading.json_nodes import JsonNodes, Kind, Node
from desktop.explorer.sending.blob import Blob

Index = QModelIndex | QPersistentModelIndex

NAME, VALUE = range(2)
MOST = 2_000
"""At most so many children of one container are listed at a time: Qt goes through all of them again and again."""

_TITLES = "Name", "Value"
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()


class JsonModel(QAbstractItemModel):
    """Two columns: name or index, and value. A last row “…” stands for children that are not listed.

    ``fault`` is a sentence: the body cannot be read.
    """

    fault = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show(Blob(), Marks())

    def show_json(self, blob: Blob | None, marks: Marks) -> None:
        """Show a body as far as it is marked; None shows nothing."""
        self.beginResetModel()
        self._show(blob or Blob(), marks)
        self.endResetModel()

    def node(self, index: Index) -> Node | None:
        """The value in a row; None for a row that stands for more."""
        if not index.isValid():
            return None
        container: Node = index.internalPointer()
        return container.children[index.row()] if index.row() < len(container.children) else None

    def index_of(self, node: Node) -> QModelIndex:
        """Where a value is shown."""
        return _ROOT if node.parent is None else self.createIndex(node.row, 0, node.parent)

    def read_more(self, container: Node) -> list[Node]:
        """Read the next children of a container, in some 20 ms."""
        if container.complete or len(container.children) >= MOST:
            return []
        shown = len(container.children)
        try:
            made = self.nodes.more(container)
        except OSError as error:
            self.fault.emit(f"The body cannot be read: {error.strerror or error}.")
            return []
        complete = container.complete or (container is self.nodes.body and not made and self._is_all())
        container.complete = False
        if made:
            del container.children[shown:]
            self.beginInsertRows(self.index_of(container), shown, shown + len(made) - 1)
            container.children += made
            self.endInsertRows()
        container.complete = complete
        if complete and not container.skipped:
            container.complete = False
            end = len(container.children)
            self.beginRemoveRows(self.index_of(container), end, end)
            container.complete = True
            self.endRemoveRows()
        return made

    def turn(self, container: Node) -> None:
        """List other children of a container: those after the ones listed, or the first ones after the last."""
        cursor = container.anew()
        if not container.complete:
            cursor.skip(container)
        self.list(container, cursor)

    def list(self, container: Node, cursor: Node) -> None:
        """List the children that were read for a container apart from it."""
        index, rows = self.index_of(container), _rows(container)
        if rows:
            self.beginRemoveRows(index, 0, rows - 1)
            container.children, container.skipped, container.complete = [], 0, True
            self.endRemoveRows()
        if _rows(cursor):
            self.beginInsertRows(index, 0, _rows(cursor) - 1)
            container.take(cursor)
            self.endInsertRows()

    def refresh(self) -> None:
        """The body has grown: there may be more values."""
        body = self.nodes.body
        if body.complete and body.skipped:
            body.complete = False
        elif body.complete and self._marks.scanned > body.following:
            self.beginInsertRows(_ROOT, len(body.children), len(body.children))
            body.complete = False
            self.endInsertRows()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        container = self.node(parent) if parent.isValid() else self.nodes.body
        if container is None or not (0 <= row < _rows(container) and 0 <= column < len(_TITLES)):
            return QModelIndex()
        return self.createIndex(row, column, container)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override] # of Qt's two, that of a model
        return self.index_of(index.internalPointer()) if index.isValid() else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        if parent.column() > 0:
            return 0
        container = self.node(parent) if parent.isValid() else self.nodes.body
        return 0 if container is None else _rows(container)

    def hasChildren(self, parent: Index = _ROOT) -> bool:  # noqa: N802 - Qt's name
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        return len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802
        return _TITLES[section] if role == _ROLE.DisplayRole and orientation is Qt.Orientation.Horizontal else None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        node = self.node(index)
        if role == _ROLE.ForegroundRole:
            plain = node is not None and (index.column() == NAME or node.kind in (Kind.STRING, Kind.WORD))
            return None if plain else QColor(theme.colors().muted)
        if role not in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return None
        if node is None:
            return "…" if index.column() == NAME else _rest(index.internalPointer())
        return self._text(node, index.column(), role)

    def _text(self, node: Node, column: int, role: int) -> str | None:
        try:
            if role == _ROLE.ToolTipRole:
                return self.nodes.path(node)
            if role == _ROLE.AccessibleTextRole:
                return f"{self.nodes.name(node)}: {node.kind.value} {self.nodes.value(node)}"
            return self.nodes.name(node) if column == NAME else self.nodes.value(node)
        except OSError:
            return None

    def _show(self, blob: Blob, marks: Marks) -> None:
        self.nodes = JsonNodes(blob, marks)
        self._blob, self._marks = blob, marks
        self.nodes.body.complete = blob.size == 0

    def _is_all(self) -> bool:
        return self._marks.scanned >= self._blob.size


def _rows(container: Node) -> int:
    return len(container.children) + (not container.complete or container.skipped > 0)


def _rest(container: Node) -> str:
    """What the last row says."""
    if container.complete:
        return "Back to the first"
    return f"The next {MOST:,}" if len(container.children) >= MOST else ""
