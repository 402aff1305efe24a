"""What can be done in the tree: each an action with a word, a key and a rule for when it makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

from desktop import shortcuts
from desktop.explorer.collection_view.nodes import Node

_KEY = QKeySequence.StandardKey
Nodes = Sequence[Node]


def _any(_: Nodes) -> bool:
    return True


def _one(nodes: Nodes) -> bool:
    return len(nodes) == 1


def _some(nodes: Nodes) -> bool:
    return bool(nodes)


def _request(nodes: Nodes) -> bool:
    return _one(nodes) and nodes[0].entry is not None


def _no_request(nodes: Nodes) -> bool:
    return _one(nodes) and nodes[0].entry is None


def _root(nodes: Nodes) -> bool:
    return _some(nodes) and all(node.is_root for node in nodes)


def _movable(nodes: Nodes) -> bool:
    return _some(nodes) and not any(node.is_root for node in nodes) and _alike(nodes)


def _alike(nodes: Nodes) -> bool:
    """Requests and files cannot be meant together."""
    return len({node.entry is None for node in nodes}) == 1


@dataclass(frozen=True, slots=True)
class Spec:
    """An action; ``applies`` says of the selected rows whether it makes sense. An empty text is a line in the menu."""

    name: str
    text: str
    applies: Callable[[Nodes], bool] = _any
    key: QKeySequence.StandardKey | str | None = None


_LINE = Spec("", "")
SPECS = (
    Spec("open", "&Open", _request),
    Spec("open_in_window", "Open in a new &window", _request, shortcuts.OPEN_IN_WINDOW),
    Spec("run", "&Run all requests", _no_request, shortcuts.RUN),
    Spec("authorize", "&Authorization…", _no_request),
    _LINE,
    Spec("new_request", "New re&quest", _any, _KEY.New),
    Spec("new_file", "New &file"),
    Spec("new_folder", "New fol&der"),
    _LINE,
    Spec("rename", "Re&name", _one, shortcuts.RENAME),
    Spec("duplicate", "D&uplicate", _movable, shortcuts.DUPLICATE),
    Spec("cut", "Cu&t", _movable, _KEY.Cut),
    Spec("copy", "&Copy", _movable, _KEY.Copy),
    Spec("paste", "&Paste", _one, _KEY.Paste),
    Spec("delete", "De&lete", _movable, _KEY.Delete),
    _LINE,
    Spec("undo", "Undo", _any, _KEY.Undo),
    Spec("redo", "Redo", _any, _KEY.Redo),
    _LINE,
    Spec("reveal", "&Show in the file manager", _one),
    Spec("close_folder", "Clos&e the folder", _root),
)
ADDING = ("new_request", "new_file", "new_folder", "", "open_folder", "new_collection", "samples")
_BESIDES = (
    Spec("open_folder", "&Open a folder…"),
    Spec("new_collection", "New &collection…"),
    Spec("samples", "&Show the samples"),
)


class Actions(QObject):
    """All actions by name. Their keys work while ``widget`` has the focus; ``handlers`` does what they say."""

    def __init__(self, widget: QWidget, handlers: object, stack: QUndoStack) -> None:
        super().__init__(widget)
        self._widget = widget
        self._stack = stack
        self.by_name: dict[str, QAction] = {}
        for spec in (*SPECS, *_BESIDES):
            if spec.text:
                self._add(spec, getattr(handlers, spec.name))
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        stack.canUndoChanged.connect(self.by_name["undo"].setEnabled)
        stack.canRedoChanged.connect(self.by_name["redo"].setEnabled)
        self.update([], has_clip=False)

    def update(self, nodes: Nodes, *, has_clip: bool) -> None:
        """Enable what makes sense for the selected rows."""
        for spec in SPECS:
            if spec.text:
                self.by_name[spec.name].setEnabled(spec.applies(nodes))
        self.by_name["paste"].setEnabled(has_clip and _one(nodes))
        self.by_name["undo"].setEnabled(self._stack.canUndo())
        self.by_name["redo"].setEnabled(self._stack.canRedo())

    def menu(self, *, whole: bool = False) -> QMenu:
        """The menu of the selected rows, with what makes sense for them, or the ``whole`` of it."""
        menu = QMenu(self._widget)
        for spec in SPECS:
            if not spec.text:
                menu.addSeparator()
            elif whole or self.by_name[spec.name].isEnabled():
                menu.addAction(self.by_name[spec.name])
        return menu

    def adding_menu(self) -> QMenu:
        """The menu of what can be added."""
        menu = QMenu(self._widget)
        for name in ADDING:
            if name:
                menu.addAction(self.by_name[name])
            else:
                menu.addSeparator()
        return menu

    def _add(self, spec: Spec, slot: Callable[[], None]) -> None:
        action = QAction(spec.text, self)
        if spec.key is not None:
            action.setShortcut(QKeySequence(spec.key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self._widget.addAction(action)
        self.by_name[spec.name] = action

    def _name_undo(self, what: str) -> None:
        self.by_name["undo"].setText(f"Undo {what}".strip())

    def _name_redo(self, what: str) -> None:
        self.by_name["redo"].setText(f"Redo {what}".strip())
