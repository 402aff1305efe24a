"""An editor for source: line numbers, colours, brackets, variables that are marked and completed."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from desktop import theme
from desktop.widgets import typing_keys
from desktop.widgets.brackets import pair_at
from desktop.widgets.editor_text import about_unseen, slice_units, units
from desktop.widgets.highlighter import Highlighter
from desktop.widgets.line_lexers import Language
from desktop.widgets.line_numbers import LineNumbers
from desktop.widgets.long_text import LongText
from desktop.widgets.suggestions import Suggestions
from desktop.widgets.variables import Provider, offered, open_name, preview, variables

_PAIR_AFTER_MS = 30
_BREAKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LIST_KEYS = (*_BREAKS, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
_HINT = "Tab indents; press Esc, then Tab to leave the editor."


class CodeEditor(LongText):
    """Tab indents; Esc makes the next Tab leave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider: Provider | None = None
        self._scheme = theme.colors()
        self._pair: tuple[int, int] | None = None
        self._highlighter = Highlighter(self.folds, self)
        self._numbers = LineNumbers(self, self.lines_in)
        self._suggestions = Suggestions(self)
        self._pair_timer = QTimer(self)
        self._pair_timer.setSingleShot(True)
        self._pair_timer.setInterval(_PAIR_AFTER_MS)
        self.setAccessibleDescription(_HINT)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self._connect()
        self._make_room()
        self._mark()

    def set_language(self, language: Language) -> None:
        """Colour the text as this language."""
        self._highlighter.set_language(language)
        self.viewport().update()

    def set_variables(self, provider: Provider | None) -> None:
        """Mark, complete and preview with these variables; to be called again when they have changed."""
        self._provider = provider
        self._highlighter.set_variables(provider)
        self.viewport().update()

    def select(self, start: int, end: int) -> None:
        """Select what stands between two positions, and bring it into view."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def lines_in(self, top: int, bottom: int) -> Iterator[tuple[int, int, int]]:
        """Number of the block, number of the line and top edge of each line that starts between two heights."""
        for block, edge, height in self._visible():
            if edge > bottom:
                return
            if edge + height >= top and not self.folds.continues(block):
                yield block.blockNumber(), self.folds.line_of(block), edge

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        if self._suggestions.is_open and key in _LIST_KEYS:
            event.ignore()  # they are the list's
            return
        self.setTabChangesFocus(key == Qt.Key.Key_Escape)
        if self.isReadOnly() or not self._edit(event):
            super().keyPressEvent(event)
        if not self.isReadOnly():
            self.fold()
            self._suggest(bool(event.text()))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.setTabChangesFocus(self.isReadOnly())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if theme.colors() is not self._scheme:
            self._recolor()
        self._highlighter.color([block for block, _, _ in self._visible()])
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_pair_timer"):
            self._recolor()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            about = self._about(self.cursorForPosition(event.pos()))
            QToolTip.showText(event.globalPos(), f"<p style='white-space: pre-wrap'>{escape(about)}</p>", self)
            return True
        return super().viewportEvent(event)

    def _recolor(self) -> None:
        self._scheme = theme.colors()
        self._highlighter.refresh()
        self._mark()
        self._numbers.update()

    def _connect(self) -> None:
        self.blockCountChanged.connect(self._make_room)
        self._highlighter.stale.connect(self.viewport().update)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self._pair_timer.timeout.connect(self._find_pair)
        self._suggestions.chosen.connect(self._complete)

    def _edit(self, event: QKeyEvent) -> bool:
        """Do what a key does otherwise here than in a box for plain text; whether it does."""
        key, cursor = event.key(), self.textCursor()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in _BREAKS:
            typing_keys.break_line(cursor)
        elif key == Qt.Key.Key_Tab:
            typing_keys.indent(cursor)
        elif key == Qt.Key.Key_Backtab:
            typing_keys.outdent(cursor)
        elif key not in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) or not typing_keys.erase_over_fold(
            cursor, self.folds, forwards=key == Qt.Key.Key_Delete
        ):
            return False
        self.setTextCursor(cursor)
        return True

    def _visible(self) -> Iterator[tuple[QTextBlock, int, int]]:
        """The blocks on the screen, with top edge and height in pixels."""
        block = self.firstVisibleBlock()
        edge = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        bottom = self.viewport().height()
        while block.isValid() and edge <= bottom:
            height = self.blockBoundingRect(block).height()
            yield block, round(edge), round(height)
            edge += height
            block = block.next()

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

    def _suggest(self, typed: bool) -> None:
        cursor = self.textCursor()
        before = slice_units(cursor.block().text(), 0, cursor.positionInBlock())[-200:]
        name = open_name(before) if self._provider is not None and typed else None
        if name is None or self._provider is None:
            self._suggestions.close()
            return
        place = self.cursorRect(cursor).translated(self.viewport().pos())
        self._suggestions.show(offered(name, self._provider()), place)

    def _complete(self, name: str) -> None:
        cursor = self.textCursor()
        text = cursor.block().text()
        at = cursor.positionInBlock()
        typed = open_name(slice_units(text, 0, at)) or ""
        closed = slice_units(text, at, units(text)).lstrip().startswith("}}")
        cursor.setPosition(cursor.position() - units(typed), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(name if closed else f"{name}}}}}")
        self.setTextCursor(cursor)

    def _about(self, cursor: QTextCursor) -> str:
        """What there is to say about the place in the text: its variable, a character that nobody sees, or the hint."""
        text = cursor.block().text()
        index = len(slice_units(text, 0, cursor.positionInBlock()))
        if self._provider is not None:
            found = (name for start, end, name in variables(text) if start <= index <= end)
            if (name := next(found, None)) is not None:
                return preview(name, self._provider())
        near = (about_unseen(one) for one in text[max(index - 1, 0) : index + 1])
        return next(filter(None, near), _HINT)
