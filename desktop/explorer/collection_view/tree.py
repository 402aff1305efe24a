"""The tree view: it keeps what is open and chosen while its rows change, and opens many rows without a stall."""

from collections import deque
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop import theme
from desktop.explorer.collection_view.delegate import RowDelegate
from desktop.explorer.collection_view.looks import Looks
from desktop.explorer.collection_view.model import TreeModel
from desktop.explorer.collection_view.nodes import Node, Tree

_AT_ONCE = 60
"""Rows that are opened before anything is painted: as many as a screen has."""

_PAUSE_MS = 250
"""The others are opened when nothing was typed into the filter for so long."""

_TURN_S = 0.008
"""Seconds of one turn in which further rows are opened."""


class CollectionTree(QTreeView):
    """``chosen_changed`` says that other rows are selected."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TreeModel(self)
        self.looks = Looks()
        self._to_open: deque[Node] = deque()
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self._open_some)
        self.setModel(self.rows)
        self._delegate = RowDelegate(self, self.rows)
        self.setItemDelegate(self._delegate)
        self._prepare()
        self.expanded.connect(self._note_expanded)
        self.collapsed.connect(self._note_collapsed)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def show_tree(self, tree: Tree) -> None:
        """Show another tree, with the same rows open and chosen as far as they are there."""
        self._note()
        first = len(self.rows.tree.nodes) == 1
        if first and not self.looks.expanded:
            self.looks.expanded = {node.key for node in tree.top.children}
        if not self.rows.show(tree):
            self._restore()
            if first:
                self.verticalScrollBar().setValue(self.looks.scroll)

    def filter(self, text: str) -> None:
        """Show only rows that match, all of them open; with an empty text, what was open before."""
        if not self.rows.tree.words:
            self._note()
        self.rows.filter(text)
        self._restore()

    def nodes(self) -> list[Node]:
        """The rows that are selected, in their order."""
        found = [self.rows.node(index) for index in self.selectionModel().selectedRows()]
        return sorted(found, key=lambda node: node.number)

    def current(self) -> Node | None:
        """The row with the focus."""
        index = self.currentIndex()
        return self.rows.node(index) if index.isValid() else None

    def choose(self, nodes: list[Node]) -> None:
        """Select these rows, and bring the first into view."""
        nodes = [node for node in nodes if self._is_shown(node)]
        if not nodes:
            return
        for node in nodes:
            self._open_above(node)
        self._select(nodes, nodes[0])
        self.scrollTo(self.rows.index_of(nodes[0]))

    def choose_first(self) -> None:
        """Select the first request that the filter lets through, unless one is selected already."""
        tree = self.rows.tree
        first = [node for node in tree.nodes if node.entry is not None and self._is_shown(node)][:1]
        if not (tree.words and any(node.entry is not None for node in self.nodes())):
            self.choose(first)

    def follow(self, old: Path, new: Path) -> None:
        """A file or folder is called otherwise: in the tree that will be shown next, what was open there is open."""
        names = {key: str(new / Path(key).relative_to(old)) for key in self.looks.expanded if _is_at(key, old)}
        self.looks.expanded = (self.looks.expanded - names.keys()) | set(names.values())

    def shows(self, nodes: list[Node]) -> bool:
        """Whether the filter lets all of these rows through."""
        return all(map(self._is_shown, nodes))

    def look(self) -> Looks:
        """What is open and chosen now."""
        self._note()
        return self.looks

    def is_editing(self) -> bool:
        """Whether a name is being typed into a row."""
        return self.state() == QAbstractItemView.State.EditingState

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_delegate"):
            self._delegate.choose_font()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        # Qt opens a row on Enter only where the desktop says so; here it is the way to open a request. The Enter that
        # ends the typing of a name comes by here, too.
        index = self.currentIndex()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and index.isValid() and not self.is_editing():
            if self.rows.hasChildren(index):
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.activated.emit(index)
        else:
            super().keyPressEvent(event)

    def _prepare(self) -> None:
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(True)
        self.setIndentation(theme.L)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setAutoExpandDelay(600)
        self.setAccessibleName("Collections")

    def _note_expanded(self, index: QModelIndex) -> None:
        if not self.rows.tree.words:
            self.looks.expanded.add(self.rows.node(index).key)

    def _note_collapsed(self, index: QModelIndex) -> None:
        if not self.rows.tree.words:
            self.looks.expanded.discard(self.rows.node(index).key)

    def _note(self) -> None:
        """Remember what is chosen; with no rows yet, what is to be restored stays."""
        if len(self.rows.tree.nodes) == 1:
            return
        chosen, current = self.nodes(), self.current()
        if chosen or not self.rows.tree.words:
            self.looks.chosen = tuple(node.key for node in chosen)
            self.looks.current = current.key if current is not None else ""
        if not self.rows.tree.words:
            self.looks.scroll = self.verticalScrollBar().value()

    def _restore(self) -> None:
        """Open and choose rows after they have been made anew."""
        tree, scroll = self.rows.tree, self.looks.scroll
        parents = [node for node in tree.nodes if node.shown and node.parent is not None]
        if not tree.words:
            parents = [node for node in parents if node.key in self.looks.expanded]
        self._to_open = deque(parents)
        count = 0
        while self._to_open and count < _AT_ONCE:
            count += len(self._to_open[0].shown) + 1
            self._open(self._to_open.popleft())
        shown = [node for node in tree.places(self.looks.chosen) if self._is_shown(node)]
        currents = [node for node in tree.places([self.looks.current]) if self._is_shown(node)]
        self._select(shown, currents[0] if currents else None)
        if not tree.words:
            self.looks.scroll = scroll
        self.verticalScrollBar().setValue(0 if tree.words else scroll)
        self._opening.start(_PAUSE_MS)

    def _open_some(self) -> None:
        end = perf_counter() + _TURN_S
        while self._to_open and perf_counter() < end:
            self._open(self._to_open.popleft())
        if self._to_open:
            self._opening.start(0)

    def _open(self, node: Node) -> None:
        self.expand(self.rows.index_of(node))

    def _open_above(self, node: Node) -> None:
        parent = node.parent
        while parent is not None and parent.parent is not None:
            self._open(parent)
            parent = parent.parent

    def _is_shown(self, node: Node) -> bool:
        return not self.rows.tree.words or node.parent is None or node in node.parent.shown

    def _select(self, nodes: list[Node], current: Node | None) -> None:
        chosen = QItemSelection()
        for node in nodes:
            index = self.rows.index_of(node)
            chosen.select(index, index)
        model = self.selectionModel()
        if current is not None:
            model.setCurrentIndex(self.rows.index_of(current), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _is_at(key: str, path: Path) -> bool:
    return "\n" not in key and Path(key).is_relative_to(path)
