"""Which blocks of a document only continue the line of the block before them."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

from desktop.widgets.editor_text import LINE_BREAK, slice_units, units

_CONTINUES = QTextFormat.Property.UserProperty.value


def block_format(continues: bool) -> QTextBlockFormat:
    """The format of a block that continues the one before it, or starts a line; Undo keeps it with the block."""
    style = QTextBlockFormat()
    if continues:
        style.setProperty(_CONTINUES, True)
    return style


class Folds(QObject):
    """Keeps the places of such blocks while the document changes, so that no question needs a walk through it.

    Whoever makes the first of them sets ``used``; whoever undoes or redoes sets ``undoing`` meanwhile.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.document = document
        self._starts: list[int] = []
        self._wrong: int | None = None
        self.used = False
        self.undoing = False
        document.contentsChange.connect(self._changed)

    def __len__(self) -> int:
        return len(self._starts)

    def continues(self, block: QTextBlock) -> bool:
        """Whether the block continues the line of the one before it."""
        start = block.position()
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] == start

    def line_of(self, block: QTextBlock) -> int:
        """The number of the block's line, from 1."""
        return block.blockNumber() + 1 - bisect_right(self._starts, block.position())

    def text(self, start: int = 0, end: int | None = None) -> str:
        """What stands between two positions, with LF between lines only."""
        raw = self.document.toRawText()
        if start or end is not None:
            raw = slice_units(raw, start, units(raw) if end is None else end)
        inner = [one - 1 - start for one in self._starts if start < one <= (end if end is not None else 1 << 31)]
        if not inner:
            return raw.replace(LINE_BREAK, "\n")
        data, pieces, at = raw.encode("utf-16-le", "surrogatepass"), [], 0
        for place in inner:
            pieces.append(data[at : 2 * place])
            at = 2 * place + 2
        pieces.append(data[at:])
        return b"".join(pieces).decode("utf-16-le", "surrogatepass").replace(LINE_BREAK, "\n")

    def position(self, place: int, *, ends: bool = False) -> int:
        """Where in the document the unit at ``place`` of ``text()`` is; of one that ``ends`` something, its end."""
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            before = self._starts[middle] - middle - 1
            if before < place or (before == place and not ends):
                low = middle + 1
            else:
                high = middle
        return place + low

    def place(self, position: int) -> int:
        """The inverse of ``position``."""
        return position - bisect_right(self._starts, position)

    def mend(self) -> None:
        """Give the block its format back that took that of a block which was merged into it.

        To be called after each edit: it becomes part of the same undo step.
        """
        if self._wrong is None:
            return
        block, self._wrong = self.document.findBlock(self._wrong), None
        cursor = QTextCursor(block)
        cursor.joinPreviousEditBlock()
        cursor.setBlockFormat(block_format(self.continues(block)))
        cursor.endEditBlock()

    def _changed(self, position: int, removed: int, added: int) -> None:
        if not self.used:
            return
        block = self.document.findBlock(position)
        start, continues = block.position(), block.blockFormat().boolProperty(_CONTINUES)
        if self.undoing:
            first = bisect_left(self._starts, start)
            kept = [start] if continues else []
        else:
            first, kept = bisect_right(self._starts, position), []
            at = bisect_left(self._starts, start)
            if continues != (at < len(self._starts) and self._starts[at] == start):
                self._wrong = start
        after = bisect_right(self._starts, position + removed)
        moved = [one + added - removed for one in self._starts[after:]]
        self._starts[first:] = [*kept, *self._new(block, position + added), *moved]

    def _new(self, block: QTextBlock, last: int) -> list[int]:
        found = []
        while (block := block.next()).isValid() and block.position() <= last:
            if block.blockFormat().boolProperty(_CONTINUES):
                found.append(block.position())
        return found
