"""The tree of collections as a Qt model; it changes nothing itself, but says what its user wants."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.explorer.collection_view.nodes import Node, Tree
from desktop.explorer.workspace.names import split
from desktop.explorer.workspace.steps import Place
from servers.logs import visible

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_ACTIONS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
_FLAG = Qt.ItemFlag
# Put together once: or-ing flags takes most of the time of laying out thousands of rows.
_ROOT = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemIsEditable | _FLAG.ItemIsDropEnabled
_BRANCH = _ROOT | _FLAG.ItemIsDragEnabled
_LEAF = (_BRANCH & ~_FLAG.ItemIsDropEnabled) | _FLAG.ItemNeverHasChildren
MIME = "application/x-portside-collection"


class TreeModel(QAbstractItemModel):
    """Shows a Tree. ``dropped`` carries the places, the file or folder, the part before which they go or None, and
    whether they are copied.
    """

    rename_wanted = Signal(object, str)
    dropped = Signal(object, object, object, bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tree = Tree()
        self._unsaved: frozenset[tuple[Path, int]] = frozenset()
        self._dragged: list[Node] = []

    def show(self, tree: Tree) -> bool:
        """Take another tree; True if its rows are those of the old one, so that only their texts may differ."""
        tree.filter(" ".join(self.tree.words))
        if tree.looks_like(self.tree):
            changed = [node for node, old in zip(tree.nodes, self.tree.nodes, strict=True) if node.look != old.look]
            self.tree = tree
            for node in changed:
                if node.parent is not None and node in node.parent.shown:
                    self.dataChanged.emit(self.index_of(node), self.index_of(node))
            return True
        self.beginResetModel()
        self.tree = tree
        self.endResetModel()
        return False

    def filter(self, text: str) -> None:
        """Show only what matches."""
        self.beginResetModel()
        self.tree.filter(text)
        self.endResetModel()

    def mark_unsaved(self, marks: Collection[tuple[Path, int]]) -> None:
        """Requests, as path and number of the part, that have changes that no file has."""
        changed = self._unsaved.symmetric_difference(marks)
        self._unsaved = frozenset(marks)
        for path, part in changed:
            node = self.tree.node_at(Place(path, part))
            if node is not None:
                self.dataChanged.emit(self.index_of(node), self.index_of(node))

    def is_unsaved(self, node: Node) -> bool:
        """Whether a request has changes that no file has."""
        return node.mark in self._unsaved

    def node(self, index: Index) -> Node:
        """The row at an index; the one above all others for an invalid one, whose number is 0."""
        return self.tree.nodes[index.internalId()]

    def index_of(self, node: Node) -> QModelIndex:
        """Where a row is that the filter lets through."""
        return self.createIndex(node.row, 0, node.number) if node.parent is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NONE) -> QModelIndex:
        shown = self.node(parent).shown
        return self.createIndex(row, 0, shown[row].number) if 0 <= row < len(shown) and column == 0 else QModelIndex()

    def parent(self, index: Index = _NONE) -> QModelIndex:  # type: ignore[override] # it has one without arguments, too
        node = self.node(index).parent
        return self.index_of(node) if node is not None else QModelIndex()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return len(self.node(parent).shown)

    def columnCount(self, _: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 1

    def hasChildren(self, parent: Index = _NONE) -> bool:  # noqa: N802 - Qt's name
        return bool(self.node(parent).shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node(index)
        if node.entry is not None:
            return _LEAF
        if node.parent is None:
            return _FLAG.NoItemFlags
        return _ROOT if node.is_root else _BRANCH

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        node = self.node(index)
        if role == _ROLE.DisplayRole:
            return node.label
        if role == _ROLE.EditRole:
            return node.entry.title if node.entry is not None else split(node.path.name)[0]
        if role == _ROLE.ToolTipRole:
            return _tip(node) + ("\nNot saved" if self.is_unsaved(node) else "")
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(node)
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's name
        if role == _ROLE.EditRole and value.strip() != self.data(index, role):
            self.rename_wanted.emit(self.node(index).place, value)
        return False

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        return _ACTIONS

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        self._dragged = [self.node(index) for index in indexes]
        data = QMimeData()
        data.setData(MIME, b"rows")
        return data

    def canDropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, _: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        target = self.node(parent)
        if not data.hasFormat(MIME) or target.parent is None:
            return False
        wants_file = {node.entry is not None for node in self._dragged}
        return wants_file == {not target.is_folder}

    def dropMimeData(  # noqa: N802 - Qt's name
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self.node(parent)
        behind = target.shown[row].entry if 0 <= row < len(target.shown) else None
        part = behind.index if behind is not None else None
        places = [node.place for node in self._dragged]
        self.dropped.emit(places, target.path, part, action == Qt.DropAction.CopyAction)
        return True

    def _spoken(self, node: Node) -> str:
        if node.entry is not None:
            return f"{visible(node.entry.method)} {node.label}{', not saved' if self.is_unsaved(node) else ''}"
        kind = "folder" if node.is_folder else "file"
        return f"{node.label}, {kind}{', ' + node.fault if node.fault else ''}"


def _tip(node: Node) -> str:
    """What is not shown in the row, or does not fit in it."""
    if node.entry is not None:
        lines = [node.label, f"{visible(node.entry.method)} {visible(node.entry.target)}", f"line {node.entry.line}"]
        return "\n".join(dict.fromkeys(lines))
    auth = "Says how its requests are signed." if node.has_auth else ""
    return "\n".join(one for one in (visible(str(node.path)), node.fault, auth) if one)
