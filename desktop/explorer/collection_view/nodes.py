"""The rows of the tree: made of what a scan has found, with the text that the filter looks through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.explorer.workspace.scan import Entry, File, Folder
from desktop.explorer.workspace.steps import Place
from servers.logs import visible

_LONGEST = 300
"""Characters of a title that are shown."""


@dataclass(slots=True, eq=False)
class Node:
    """One row: an opened folder (``is_root``), a folder, a file or a request (``entry``).

    ``shown`` are those of its ``children`` that the filter lets through, ``row`` is its place among those of its
    parent, ``number`` that among all. ``key`` names it across scans and restarts.
    """

    parent: "Node | None"
    path: Path
    label: str
    key: str
    number: int = 0
    row: int = 0
    is_folder: bool = False
    has_auth: bool = False
    fault: str = ""
    entry: Entry | None = None
    haystack: str = ""
    children: list["Node"] = field(default_factory=list)
    shown: list["Node"] = field(default_factory=list)

    @property
    def is_root(self) -> bool:
        """Whether this is a folder that the user has opened."""
        return self.parent is not None and self.parent.parent is None

    @property
    def place(self) -> Place:
        """What operations call it."""
        return Place(self.path, None if self.entry is None else self.entry.index, self.entry)

    @property
    def look(self) -> tuple[object, ...]:
        """All that is seen of it."""
        return self.label, self.entry, self.fault, self.has_auth

    @property
    def folder(self) -> Path:
        """The folder that it is or is in."""
        return self.path if self.is_folder else self.path.parent

    @property
    def mark(self) -> tuple[Path, int] | None:
        """What unsaved requests are named by."""
        return None if self.entry is None else (self.path, self.entry.index)


class Tree:
    """All rows of the opened folders; ``top`` is above them. Building one costs about 15 ms for 4,000 rows."""

    def __init__(self, roots: Sequence[Folder] = ()) -> None:
        self.top = Node(None, Path(), "", "")
        self.nodes: list[Node] = [self.top]
        for root in roots:
            self._add_folder(self.top, root, root.path.name or str(root.path))
        self.by_key = {node.key: node for node in reversed(self.nodes)}
        self.words: tuple[str, ...] = ()
        self._branches = [node for node in self.nodes if node.children]
        self._leaves = [node for node in self.nodes if not node.children]
        self.filter("")

    def looks_like(self, other: "Tree") -> bool:
        """Whether two trees have the same rows in the same places, so that at most their texts differ."""
        return self._shape == other._shape and [n.row for n in self.nodes] == [n.row for n in other.nodes]

    @property
    def _shape(self) -> list[tuple[str, int]]:
        return [(str(node.path), node.entry.index if node.entry is not None else -1) for node in self.nodes]

    def filter(self, text: str) -> None:
        """Let only rows through with every word of ``text`` in title, method, URL or path, and those above them."""
        self.words = tuple(text.casefold().split())
        for node in self._branches:
            node.shown = [] if self.words else node.children
            for row, child in enumerate(node.shown):
                child.row = row
        if not self.words:
            return
        # The path is part of what is looked through: what matches by it has matching leaves, too.
        leaves = self._leaves
        for word in self.words:
            leaves = [leaf for leaf in leaves if word in leaf.haystack]
        for leaf in leaves:
            _let_through(leaf)

    def places(self, keys: Iterable[str]) -> list[Node]:
        """The rows with these keys that are there."""
        return [self.by_key[key] for key in keys if key in self.by_key]

    def node_at(self, place: Place) -> Node | None:
        """The row of a place."""
        node = self.by_key.get(str(place.path))
        if node is None or place.part is None:
            return node
        return next((one for one in node.children if one.entry and one.entry.index == place.part), None)

    def _add(self, parent: Node, path: Path, label: str) -> Node:
        node = Node(parent, path, visible(label[:_LONGEST]), str(path), len(self.nodes))
        self.nodes.append(node)
        parent.children.append(node)
        return node

    def _add_folder(self, parent: Node, folder: Folder, label: str) -> None:
        node = self._add(parent, folder.path, label)
        node.is_folder, node.fault, node.has_auth = True, folder.fault, folder.has_auth
        node.haystack = f"{parent.haystack}/{label.casefold()}"
        for child in folder.children:
            if isinstance(child, Folder):
                self._add_folder(node, child, child.path.name)
            else:
                self._add_file(node, child)

    def _add_file(self, parent: Node, file: File) -> None:
        node = self._add(parent, file.path, file.path.name)
        node.fault, node.has_auth = file.fault, file.has_auth
        node.haystack = f"{parent.haystack}/{file.path.name.casefold()}"
        seen: dict[str, int] = {}
        for entry in file.requests:
            label = entry.title or entry.target
            request = self._add(node, file.path, label)
            request.entry = entry
            seen[label] = seen.get(label, 0) + 1
            request.key = f"{node.key}\n{label}\n{seen[label]}"
            request.haystack = f"{node.haystack} {entry.title} {entry.method} {entry.target}".casefold()


def _let_through(node: Node) -> None:
    """Show a row behind those that are shown already, and all that are above it."""
    while node.parent is not None:
        node.row = len(node.parent.shown)
        node.parent.shown.append(node)
        if node.row:
            return
        node = node.parent
