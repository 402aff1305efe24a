"""Does what the actions of the tree say: each works on the rows that are selected."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.explorer.collection_view import system
from desktop.explorer.collection_view.keeper import Keeper
from desktop.explorer.collection_view.nodes import Node
from desktop.explorer.collection_view.tree import CollectionTree
from desktop.explorer.workspace import operations, requests
from desktop.explorer.workspace.steps import Change, Place
from desktop.explorer.workspace.trash import Trash
from servers.logs import visible

FIRST_REQUEST = "### First request\nGET http://localhost:5000/\n"


class Commands(QObject):
    """``run_wanted`` and ``auth_wanted`` carry a file or folder, ``close_wanted`` opened folders.

    ``open_folder_wanted``, ``new_collection_wanted`` and ``samples_wanted`` ask for more of them.
    """

    run_wanted = Signal(object)
    auth_wanted = Signal(object)
    close_wanted = Signal(object)
    open_folder_wanted = Signal()
    new_collection_wanted = Signal()
    samples_wanted = Signal()
    clip_changed = Signal()

    def __init__(self, tree: CollectionTree, keeper: Keeper, trash: Trash) -> None:
        super().__init__(tree)
        self._tree = tree
        self._keeper = keeper
        self._trash = trash
        self._clip: tuple[Place, ...] = ()
        self._is_cut = False
        self._is_naming = False

    @property
    def has_clip(self) -> bool:
        """Whether something was copied or cut that can be pasted."""
        return bool(self._clip)

    def open(self) -> None:
        """Open the request."""
        self._open(new_window=False)

    def open_in_window(self) -> None:
        """Open the request in a window of its own."""
        self._open(new_window=True)

    def run(self) -> None:
        """Run a file or folder."""
        node = self._node()
        if node is not None:
            self.run_wanted.emit(node.path)

    def authorize(self) -> None:
        """Say how the requests of a file or folder prove who sends them."""
        node = self._node()
        if node is not None:
            self.auth_wanted.emit(node.path)

    def new_request(self) -> None:
        """A request behind the selected one, at the end of the selected file, or in a new file of the folder."""
        node = self._node()
        if node is None:
            self.new_collection_wanted.emit()
        elif node.is_folder:
            self._make(partial(operations.new_file, node.path, self._trash, text=FIRST_REQUEST))
        else:
            at = node.entry.index + 1 if node.entry is not None else None
            self._make(partial(requests.new, node.path, at))

    def new_file(self) -> None:
        """A file in the selected folder, or beside the selected file."""
        node = self._node()
        if node is None:
            self.new_collection_wanted.emit()
        else:
            self._make(partial(operations.new_file, node.folder, self._trash))

    def new_folder(self) -> None:
        """A folder in the selected one, or beside the selected file."""
        node = self._node()
        if node is None:
            self.new_collection_wanted.emit()
        else:
            self._make(partial(operations.new_folder, node.folder, self._trash))

    def rename(self) -> None:
        """Let a name be typed in place."""
        self._tree.edit(self._tree.currentIndex())

    def rename_to(self, place: Place, name: str) -> None:
        """Give a row the name that was typed."""
        if place.part is not None:
            self._keeper.carry_out(partial(requests.rename, place, name))
        else:
            self._keeper.carry_out(partial(operations.rename, place.path, name))

    def duplicate(self) -> None:
        """A copy beside each of the selected rows."""
        nodes = self._tree.nodes()
        if nodes and nodes[0].entry is not None:
            for path in dict.fromkeys(node.path for node in nodes):
                places = [node.place for node in nodes if node.path == path]
                self._keeper.carry_out(partial(requests.duplicate, places))
        else:
            for node in nodes:
                self._keeper.carry_out(partial(operations.duplicate, node.path, self._trash))

    def delete(self) -> None:
        """Move the selected rows to the trash."""
        places = [node.place for node in self._tree.nodes()]
        if not places:
            return
        if places[0].part is not None:
            self._keeper.carry_out(partial(requests.delete, places, self._trash))
        else:
            self._keeper.carry_out(partial(operations.delete, [place.path for place in places], self._trash))

    def cut(self) -> None:
        """Remember the selected rows, to move them."""
        self._take(is_cut=True)

    def copy(self) -> None:
        """Remember the selected rows, to copy them; their names are in the clipboard."""
        self._take(is_cut=False)

    def paste(self) -> None:
        """Put what was remembered into or beside the selected row."""
        node = self._node()
        if node is None or not self._clip:
            return
        if self._clip[0].part is None:
            self.put(self._clip, node.folder, None, not self._is_cut)
        else:
            at = node.entry.index + 1 if node.entry is not None else None
            self.put(self._clip, node.path, at, not self._is_cut)
        if self._is_cut:
            self._clip = ()
            self.clip_changed.emit()

    def put(self, places: Sequence[Place], target: Path, at: int | None, is_copied: bool) -> None:
        """Move or copy rows into a file, before part ``at`` or to its end, or into a folder."""
        if places[0].part is not None:
            plan = requests.copy if is_copied else requests.move
            self._keeper.carry_out(partial(plan, places, target, at))
        elif is_copied:
            self._keeper.carry_out(partial(operations.copy, [place.path for place in places], target, self._trash))
        else:
            self._keeper.carry_out(partial(operations.move, [place.path for place in places], target))

    def undo(self) -> None:
        """Take the last change back."""
        self._keeper.undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._keeper.redo()

    def reveal(self) -> None:
        """Show the selected row's file or folder in the file manager."""
        node = self._node()
        if node is not None and not system.reveal(node.path):
            self._keeper.refused.emit(f"No file manager could be opened for {visible(str(node.folder))}.")

    def close_folder(self) -> None:
        """Close the selected opened folders; on the disk they stay."""
        self.close_wanted.emit([node.path for node in self._tree.nodes() if node.is_root])

    def open_folder(self) -> None:
        """Ask for a folder to open."""
        self.open_folder_wanted.emit()

    def new_collection(self) -> None:
        """Ask where a new collection is to be."""
        self.new_collection_wanted.emit()

    def samples(self) -> None:
        """Ask for the samples."""
        self.samples_wanted.emit()

    def rows_of(self, change: Change) -> list[Node]:
        """The rows that a change was about, as they are now."""
        tree = self._tree.rows.tree
        return [node for place in change.after if (node := tree.node_at(place)) is not None]

    def follow(self, change: Change) -> None:
        """Choose what a change was about; what has just been made gets its name next."""
        nodes = self.rows_of(change)
        self._tree.choose(nodes)
        if self._is_naming and nodes:
            self._tree.edit(self._tree.rows.index_of(nodes[0]))
        self._is_naming = False

    def _node(self) -> Node | None:
        nodes = self._tree.nodes()
        tops = self._tree.rows.tree.top.children
        return nodes[0] if nodes else tops[0] if tops else None

    def _open(self, *, new_window: bool) -> None:
        node = self._tree.current()
        if node is not None and node.entry is not None:
            self._keeper.open_request(node.place, new_window=new_window)

    def _make(self, plan: "partial[Change]") -> None:
        self._is_naming = True
        self._keeper.carry_out(plan)

    def _take(self, *, is_cut: bool) -> None:
        nodes = self._tree.nodes()
        self._clip, self._is_cut = tuple(node.place for node in nodes), is_cut
        QGuiApplication.clipboard().setText("\n".join(node.label for node in nodes))
        self.clip_changed.emit()
