"""An editor for source with find and replace below it."""

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.widgets.code_editor import CodeEditor
from desktop.widgets.find_bar import FindBar


class CodePane(QWidget):
    """``editor`` and its ``find_bar``; the keys for it work in both."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = CodeEditor(self)
        self.editor.setAccessibleName(name)
        self.setFocusProxy(self.editor)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.XS)
        self._layout.addWidget(self.editor, 1)
        for keys, slot in (
            (shortcuts.FIND, self.open_find),
            (shortcuts.REPLACE, self.open_replace),
            (shortcuts.FIND_NEXT, self.find_next),
            (shortcuts.FIND_PREVIOUS, self.find_previous),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @cached_property
    def find_bar(self) -> FindBar:
        """The bar, made when it is first needed."""
        bar = FindBar(self.editor, self)
        self._layout.addWidget(bar)
        return bar

    def open_find(self) -> None:
        """Open the bar to find."""
        self.find_bar.open()

    def open_replace(self) -> None:
        """Open the bar to replace."""
        self.find_bar.open(replace=True)

    def find_next(self) -> None:
        """Select the next match of what was looked for."""
        self.find_bar.find_next()

    def find_previous(self) -> None:
        """Select the match before."""
        self.find_bar.find_previous()
