"""The values of a JSON text as a tree that is read as far as somebody looks; any size of it."""

import json
import re
import time
from enum import Enum

from desktop.explorer.reading.content import readable
from desktop.explorer.reading.json_ends import Ends
from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.reading.json_places import Step, normalized
from desktop.explorer.sending.blob import Blob

BATCH = 500
"""At most so many children are read at a time."""

_TIME = 0.02  # seconds for a batch
_SHOWN = 300  # bytes of a value or a name that are shown in a row
_COUNTED = 16 * 1024  # bytes of a container whose children are counted before it is opened
_BLANKS = re.compile(rb"[ \t\r\n,]*+")
_COLON = re.compile(rb"[ \t\r\n]*+:[ \t\r\n]*+")
_WORD = re.compile(rb'[^ \t\r\n,\[\]{}":]++')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_INNERMOST = re.compile(rb"[{\[][^{}\[\]]*+[}\]]")


class Kind(Enum):
    """What a value is; the value is the word for it. A word is a number, true, false, null, or not JSON."""

    OBJECT = "object"
    ARRAY = "array"
    STRING = "text"
    WORD = "value"
    BODY = "body"


_KINDS = {b"{": Kind.OBJECT, b"[": Kind.ARRAY, b'"': Kind.STRING}


class Node:
    """One value: where it starts, where it ends if that is known, and its children as far as they were read.

    ``children`` are those after the first ``skipped`` ones; ``following`` is where the next one is looked for.
    """

    __slots__ = (
        "children", "complete", "count", "depth", "end", "following",
        "kind", "name", "parent", "row", "skipped", "start",
    )  # fmt: skip

    def __init__(self, parent: "Node | None", start: int, kind: Kind, name: tuple[int, int] = (0, 0)) -> None:
        self.parent = parent
        self.row = len(parent.children) if parent is not None else 0
        self.depth: int = parent.depth + 1 if parent is not None else -1
        self.start = start
        self.kind = kind
        self.name = name  # where the name of a member stands, with its quotation marks
        self.end: int | None = None
        self.following = self.inside
        self.children: list[Node] = []
        self.skipped = 0
        self.complete = kind in (Kind.STRING, Kind.WORD)
        self.count: int | None = None

    @property
    def inside(self) -> int:
        """Where the first child is looked for."""
        return self.start + (self.kind in (Kind.OBJECT, Kind.ARRAY))

    @property
    def number(self) -> int:
        """How many children its parent has before it."""
        return self.row + (self.parent.skipped if self.parent is not None else 0)

    def anew(self) -> "Node":
        """The same value with none of its children read, to read them apart from those that are shown."""
        return Node(self.parent, self.start, self.kind, self.name)

    def skip(self, done: "Node") -> None:
        """Go on after the children of ``done``, which is this node or the same value."""
        last = done.children[-1] if done.children else None
        self.skipped = done.skipped + len(done.children)
        self.following = done.following if last is None else max(done.following, last.end or 0)
        self.children = []

    def take(self, other: "Node") -> None:
        """Have the children that were read for the same value."""
        self.children, self.skipped, self.following = other.children, other.skipped, other.following
        self.complete = other.complete
        for child in self.children:
            child.parent = self


class JsonNodes:
    """Reads nodes from a body, as far as its marks reach. What reads may raise OSError.

    ``body`` stands above the value of the text, or its values if it has several.
    """

    def __init__(self, blob: Blob, marks: Marks) -> None:
        self.body = Node(None, 0, Kind.BODY)
        self._blob = blob
        self._ends = Ends(blob, marks)

    def more(self, node: Node) -> list[Node]:
        """Read the next children of a node, in at most some 20 ms; none if there are no more, or not yet."""
        until = time.monotonic() + _TIME
        made: list[Node] = []
        while len(made) < BATCH and (not made or time.monotonic() < until):
            child = self._next(node)
            if child is None:
                break
            node.children.append(child)
            made.append(child)
        return made

    def name(self, node: Node) -> str:
        """The name of a member as it was received, the index of an element; for reading."""
        if node.parent is None or node.parent.kind is Kind.BODY:
            return "$" if node.number == 0 else f"$ ({node.number + 1:,})"
        return self._text(node.name[0] + 1, node.name[1] - 1) if node.name[1] else str(node.number)

    def value(self, node: Node) -> str:
        """What to show of a value: its text, or the number of its members or elements, else its size in bytes."""
        if node.kind in (Kind.STRING, Kind.WORD):
            return self._text(node.start, node.end)
        left, right = "{}" if node.kind is Kind.OBJECT else "[]"
        count = self._count(node)
        if count is not None:
            return f"{left}{count:,}{right}"
        size = "" if node.end is None else f" {node.end - node.start:,} bytes"
        return f"{left}…{right}{size}"

    def path(self, node: Node) -> str:
        """The normalized path of RFC 9535; within its own value where a body has several."""
        steps: list[Step] = []
        while node.parent is not None and node.parent.kind is not Kind.BODY:
            steps.append(self.step(node))
            node = node.parent
        return normalized(reversed(steps))

    def step(self, node: Node) -> Step:
        """The name of a member, the index of an element."""
        if not node.name[1]:
            return node.number
        start, end = node.name
        data = self._blob.read(start, end - start)
        try:
            return str(json.loads(data, strict=False))
        except ValueError:
            return data[1:-1].decode("utf-8", "backslashreplace")

    def source(self, node: Node, most: int) -> str | None:
        """The value as it was received; None where it has more than ``most`` bytes, or its end is not known yet."""
        if node.end is None or node.end - node.start > most:
            return None
        return readable(self._blob.read(node.start, node.end - node.start).decode("utf-8", "backslashreplace"))

    def _next(self, node: Node) -> Node | None:
        """The child that starts at or after where reading stands."""
        if node.children and node.following <= (last := node.children[-1]).start:
            if (end := self._end(last)) is None:
                return None
            node.following = end
        while not node.complete and (start := self._after_blanks(node.following)) is not None:
            first = self._ends.piece(start, 1)
            byte = first.data[start - first.base : start - first.base + 1]
            if byte in (b"}", b"]", b":"):
                node.following = start + 1
                if node.kind is not Kind.BODY and byte != b":":
                    node.complete, node.end = True, start + 1
                continue
            return self._child(node, start, _KINDS.get(byte, Kind.WORD))
        return None

    def _child(self, node: Node, start: int, kind: Kind) -> Node | None:
        name = 0, 0
        if node.kind is Kind.OBJECT and kind is Kind.STRING:
            if (end := self._ends.of_string(start)) is None:
                return None
            piece = self._ends.piece(end, _SHOWN)
            if (colon := _COLON.match(piece.data, end - piece.base)) is not None:
                name, start = (start, end), piece.base + colon.end()
                kind = _KINDS.get(piece.data[colon.end() : colon.end() + 1], Kind.WORD)
        child = Node(node, start, kind, name)
        if (known := self._end(child)) is not None:
            node.following = known
        else:
            node.following = start
        return child

    def _end(self, node: Node) -> int | None:
        if node.end is None:
            if node.kind is Kind.STRING:
                node.end = self._ends.of_string(node.start)
            elif node.kind is Kind.WORD:
                node.end = self._end_of_word(node.start)
            else:
                node.end = self._ends.of_container(node.start, node.depth)
        return node.end

    def _end_of_word(self, start: int) -> int:
        end = start
        while end < self._ends.scanned:
            data, base = self._ends.piece(end, 1)
            found = _WORD.match(data, end - base)
            if found is None:
                break
            end = base + found.end()
            if found.end() < len(data):
                break
        return max(end, start + 1)

    def _after_blanks(self, offset: int) -> int | None:
        while offset < self._ends.scanned:
            data, base = self._ends.piece(offset, 1)
            found = _BLANKS.match(data, offset - base)
            offset = base + (found.end() if found else 0)
            if offset < base + len(data):
                return offset
        return None

    def _text(self, start: int, end: int | None) -> str:
        stop = self._ends.scanned if end is None else end
        text = self._blob.read(start, min(stop - start, _SHOWN)).decode("utf-8", "backslashreplace")
        return readable(text) + ("…" if end is None or end - start > _SHOWN else "")

    def _count(self, node: Node) -> int | None:
        if node.complete:
            return node.skipped + len(node.children)
        if node.count is None and node.end is not None and node.end - node.start <= _COUNTED:
            node.count = count_children(self._blob.read(node.start, node.end - node.start))
        return node.count


def count_children(container: bytes) -> int:
    """How many members or elements an array or object has."""
    rest = _STRING.sub(b"0", container)[1:-1]
    before = -1
    while len(rest) != before:
        before = len(rest)
        rest = _INNERMOST.sub(b"0", rest)
    return rest.count(b",") + 1 if rest.strip() else 0
