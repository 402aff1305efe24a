"""A JSON body as a tree that is read as it is opened, whatever its size."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop import shortcuts, theme
from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.reading.json_nodes import Kind, Node
from desktop.explorer.reading.json_places import Step, steps_of
from desktop.explorer.response_view.json_model import MOST, NAME, JsonModel
from desktop.explorer.sending.blob import Blob

COPIED = 8 * 1024 * 1024
"""At most this many bytes of a value are copied."""

_NAME_WIDTH = 240
_CALM = 100  # milliseconds from one look at a body that grows to the next


class JsonTree(QTreeView):
    """Members and elements in the order, and with the text, in which they were received.

    ``fault`` is a sentence: the place asked for is not there, or the body cannot be read.
    """

    fault = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = JsonModel(self)
        self._model.fault.connect(self.fault)
        self.setModel(self._model)
        self.setAccessibleName("JSON tree")
        self.setFont(theme.mono_font())
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.header().resizeSection(NAME, _NAME_WIDTH)
        self.copy_value_action = self._action("Copy &value", self.copy_value)
        self.copy_value_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_path_action = self._action("Copy &path", self.copy_path)
        self.copy_path_action.setShortcut(shortcuts.COPY_PATH)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._filling = self._timer(self._fill)
        self._walking = self._timer(self._walk)
        self._calm = self._timer(self._refresh)
        self._calm.setInterval(_CALM)
        self._calm.setSingleShot(True)
        self._way: list[Step] = []
        self._at: Node = self._model.nodes.body
        self._cursor = self._at.anew()
        self._found: int | None = None  # the number of the last child that the next step meant
        self._number: int | None = None  # of a child that is known to be the one
        self.expanded.connect(self._look)
        self.activated.connect(self._turn)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_json(self, blob: Blob | None, marks: Marks) -> None:
        """Show a body as far as ``marks`` reach; None shows nothing."""
        self._walking.stop()
        self._way = []
        self._model.show_json(blob, marks)
        self._enter(self._model.nodes.body)
        self._look()

    def refresh(self) -> None:
        """The marks have grown. May be called at any rate; the tree takes notice some ten times a second."""
        if not self._calm.isActive():
            self._calm.start()

    def _refresh(self) -> None:
        self._model.refresh()
        self._look()

    def go_to(self, path: str) -> None:
        """Open and select the value at a normalized path (RFC 9535, 2.7), step by step; ``fault`` if it is not there.

        Of members with the same name the last is meant; of several values in a body, the first.
        """
        try:
            self._way = [0, *steps_of(path)]
        except ValueError as error:
            self.fault.emit(str(error))
            return
        self._enter(self._model.nodes.body)
        self._walking.start()

    def copy_value(self) -> None:
        """Put the chosen value, as it was received, into the clipboard."""
        if (node := self._chosen()) is None:
            return
        try:
            text = self._model.nodes.source(node, COPIED)
        except OSError as error:
            self.fault.emit(f"The body cannot be read: {error.strerror or error}.")
            return
        if text is None:
            self.fault.emit(f"The value has more than {COPIED >> 20} MB, or has not come as a whole: save the body.")
        else:
            QGuiApplication.clipboard().setText(text)

    def copy_path(self) -> None:
        """Put the path of the chosen value into the clipboard."""
        if (node := self._chosen()) is not None:
            QGuiApplication.clipboard().setText(self._model.nodes.path(node))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._look()

    def _chosen(self) -> Node | None:
        return self._model.node(self.currentIndex())

    def _look(self) -> None:
        """What came into view may stand for more."""
        self._filling.start()

    def _fill(self) -> None:
        """Read what the first visible “…” stands for; go on while there is one."""
        index, bottom = self.indexAt(QPoint(0, 0)), self.viewport().height()
        while index.isValid() and self.visualRect(index).top() <= bottom:
            if self._model.node(index) is None:
                container: Node = index.internalPointer()
                was_complete = container.complete
                if made := self._model.read_more(container):
                    self._open_first(container, made)
                if made or container.complete != was_complete:
                    return
            index = self.indexBelow(index)
        self._filling.stop()

    def _open_first(self, container: Node, made: list[Node]) -> None:
        if container.kind is Kind.BODY and made[0].number == 0:
            self.expand(self._model.index_of(made[0]))
            self.setCurrentIndex(self._model.index_of(made[0]))

    def _turn(self, index: QModelIndex) -> None:
        """The row “…” was chosen: list the children that it stands for."""
        if index.isValid() and self._model.node(index) is None:
            container: Node = index.internalPointer()
            self._model.turn(container)
            self.scrollTo(self._model.index_of(container), QAbstractItemView.ScrollHint.PositionAtTop)
            self._look()

    def _walk(self) -> None:
        """Look at some 20 ms' worth of the children among which the next step leads, apart from those listed."""
        if not self._way:
            self._arrive()
            return
        try:
            batch = self._model.nodes.more(self._cursor)
        except OSError as error:
            self._walking.stop()
            self.fault.emit(f"The body cannot be read: {error.strerror or error}.")
            return
        step = self._way[0]
        for child in batch:
            if self._is_meant(child, step):
                self._found = child.number
        sure = isinstance(step, int) or self._number is not None  # a name may come again
        if self._found is not None and (sure or not batch):
            self._go_in(self._found)
        elif not batch:
            self._walking.stop()
            self.fault.emit("The body does not have this place, or not yet.")
        elif len(self._cursor.children) >= MOST:
            self._cursor.skip(self._cursor)

    def _go_in(self, number: int) -> None:
        """Take a step to the child with a number, which has been read by now."""
        container, cursor = self._at, self._cursor
        if not _lists(container, number):
            if not _lists(cursor, number):
                self._enter(container, number)
                return
            self._model.list(container, cursor)
        del self._way[0]
        self._enter(container.children[number - container.skipped])

    def _enter(self, container: Node, number: int | None = None) -> None:
        """Look for the next step in a container, or for its child with a number."""
        self._at, self._cursor, self._found, self._number = container, container.anew(), None, number
        step = self._way[0] if self._way else None
        if isinstance(step, int) and _lists(container, step) and container.kind is not Kind.OBJECT:
            self._go_in(step)

    def _is_meant(self, child: Node, step: Step) -> bool:
        if self._number is not None:
            return child.number == self._number
        if child.name[1] == 0 or isinstance(step, int):
            return child.name[1] == 0 and child.number == step
        try:
            return self._model.nodes.step(child) == step
        except OSError:
            return False

    def _arrive(self) -> None:
        self._walking.stop()
        index = self._model.index_of(self._at)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(0)
        timer.timeout.connect(slot)
        return timer

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action


def _lists(container: Node, number: int) -> bool:
    return container.skipped <= number < container.skipped + len(container.children)
