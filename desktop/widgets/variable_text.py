"""Source text to edit, in colours, whose variables are marked, completed while typing, and previewed."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPaintEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import theme
from desktop.widgets.editor_text import about_unseen, slice_units, units
from desktop.widgets.highlighter import Highlighter
from desktop.widgets.line_lexers import Language
from desktop.widgets.long_text import LongText
from desktop.widgets.suggestions import Suggestions
from desktop.widgets.typing_keys import erase_over_fold
from desktop.widgets.variables import Provider, offered, open_name, preview, variables

BREAKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASERS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LIST_KEYS = (*BREAKS, Qt.Key.Key_Tab, Qt.Key.Key_Escape)


class VariableText(LongText):
    """``hint`` is the tooltip where there is nothing to say about the text under the mouse."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._provider: Provider | None = None
        self._scheme = theme.colors()
        self._highlighter = Highlighter(self.folds, self)
        self._suggestions = Suggestions(self)
        self.setAccessibleDescription(hint)
        self._highlighter.stale.connect(self.viewport().update)
        self._suggestions.chosen.connect(self._complete)

    @property
    def is_suggesting(self) -> bool:
        """Whether names of variables are offered: some keys are for their list then."""
        return self._suggestions.is_open

    def set_language(self, language: Language) -> None:
        """Colour the text as this language."""
        self._highlighter.set_language(language)
        self.viewport().update()

    def set_variables(self, provider: Provider | None) -> None:
        """Mark, complete and preview with these variables; to be called again when they have changed."""
        self._provider = provider
        self._highlighter.set_variables(provider)
        self.viewport().update()

    def edit(self, event: QKeyEvent) -> bool:
        """Do what a key does otherwise here than in a box for plain text: erase over a fold; whether it does that."""
        cursor, key = self.textCursor(), event.key()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key not in _ERASERS or not erase_over_fold(cursor, self.folds, forwards=key == Qt.Key.Key_Delete):
            return False
        self.setTextCursor(cursor)
        return True

    def recolor(self) -> None:
        """Take the colours of the theme as they are now."""
        self._scheme = theme.colors()
        self._highlighter.refresh()

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, int, int]]:
        """The blocks on the screen, with top edge and height in pixels."""
        block = self.firstVisibleBlock()
        edge = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        bottom = self.viewport().height()
        while block.isValid() and edge <= bottom:
            height = self.blockBoundingRect(block).height()
            yield block, round(edge), round(height)
            edge += height
            block = block.next()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.is_suggesting and event.key() in _LIST_KEYS:
            event.ignore()  # they are the list's
            return
        if self.isReadOnly() or not self.edit(event):
            super().keyPressEvent(event)
        if not self.isReadOnly():
            self.fold()
            self._suggest(bool(event.text()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if theme.colors() is not self._scheme:
            self.recolor()
        self._highlighter.color([block for block, _, _ in self.visible_blocks()])
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_suggestions"):
            self.recolor()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            about = self._about(self.cursorForPosition(event.pos()))
            QToolTip.showText(event.globalPos(), f"<p style='white-space: pre-wrap'>{escape(about)}</p>", self)
            return True
        return super().viewportEvent(event)

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
        return next(filter(None, near), self._hint)
