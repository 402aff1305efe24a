"""An editor for source: line numbers, colours, brackets, variables that are marked and completed."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop import theme
from desktop.widgets import typing_keys
from desktop.widgets.brackets import pair_at
from desktop.widgets.line_numbers import LineNumbers
from desktop.widgets.variable_text import BREAKS, VariableText

_PAIR_AFTER_MS = 30
_HINT = "Tab indents; press Esc, then Tab to leave the editor."


class CodeEditor(VariableText):
    """Tab indents; Esc makes the next Tab leave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_HINT, parent)
        self._pair: tuple[int, int] | None = None
        self._numbers = LineNumbers(self, self.lines_in)
        self._pair_timer = QTimer(self)
        self._pair_timer.setSingleShot(True)
        self._pair_timer.setInterval(_PAIR_AFTER_MS)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self._connect()
        self._make_room()
        self._mark()

    def select(self, start: int, end: int) -> None:
        """Select what stands between two positions, and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def lines_in(self, top: int, bottom: int) -> Iterator[tuple[int, int, int]]:
        """Number of the block, number of the line and top edge of each line that starts between two heights."""
        for block, edge, height in self.visible_blocks():
            if edge > bottom:
                return
            if edge + height >= top and not self.folds.continues(block):
                yield block.blockNumber(), self.folds.line_of(block), edge

    def edit(self, event: QKeyEvent) -> bool:
        """Indent and break lines, too; whether the key does anything of that."""
        key, cursor = event.key(), self.textCursor()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in BREAKS:
            typing_keys.break_line(cursor)
        elif key == Qt.Key.Key_Tab:
            typing_keys.indent(cursor)
        elif key == Qt.Key.Key_Backtab:
            typing_keys.outdent(cursor)
        else:
            return super().edit(event)
        self.setTextCursor(cursor)
        return True

    def recolor(self) -> None:
        """Take the colours of the theme as they are now."""
        super().recolor()
        self._mark()
        self._numbers.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.is_suggesting:
            self.setTabChangesFocus(event.key() == Qt.Key.Key_Escape)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.setTabChangesFocus(self.isReadOnly())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    def _connect(self) -> None:
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self._pair_timer.timeout.connect(self._find_pair)

    def _make_room(self) -> None:
        width = self._numbers.needed_width()
        self.setViewportMargins(width, 0, 0, 0)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), width, inside.height())

    def _scroll_numbers(self, area: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _cursor_moved(self) -> None:
        self._pair = None
        self._pair_timer.start()
        self._mark()
        self._numbers.update()

    def _find_pair(self) -> None:
        self._pair = pair_at(self.document(), self.textCursor().position())
        if self._pair is not None:
            self._mark()

    def _mark(self) -> None:
        """Show the line of the cursor, and the two brackets that belong together."""
        scheme = theme.colors()
        here = QTextEdit.ExtraSelection()
        here.cursor = self.textCursor()
        here.cursor.clearSelection()
        here.format.setBackground(QColor(scheme.window))
        here.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        marks = [here]
        for place in self._pair or ():
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(place)
            one.cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            one.format.setBackground(QColor(scheme.own))
            one.format.setFontUnderline(True)
            marks.append(one)
        self.setExtraSelections(marks)
