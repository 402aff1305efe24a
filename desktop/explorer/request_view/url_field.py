"""The field of a request's URL: it takes a pasted URL as one line, and hands on a pasted curl command."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)

from desktop.widgets.fields.variable_field import VariableField

_CURL = re.compile(r"\s*(?:\$\s*)?curl(?:\.exe)?\s", re.IGNORECASE)


class UrlField(VariableField):
    """``pasted`` carries a curl command, which is not put into the field."""

    pasted = Signal(str)

    def take(self, text: str) -> None:
        """Put pasted text in place of the selection; lines, and a whole URL, lose the space around them."""
        if _CURL.match(text):
            self.pasted.emit(text)
            return
        lines = text.splitlines()
        is_part = len(lines) == 1 and self.selectedText() != self.text()
        self.insert(text if is_part else "".join(line.strip() for line in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.findChild(QAction, "edit-paste")
        if isinstance(action, QAction):
            action.triggered.disconnect()
            action.triggered.connect(self._paste)
        menu.popup(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        clipboard = QGuiApplication.clipboard()
        if event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self.take(clipboard.text(QClipboard.Mode.Selection))
        else:
            super().mouseReleaseEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        text = event.mimeData().text()
        if event.source() is self or not (_CURL.match(text) or len(text.splitlines()) > 1):
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self.take(text)
        event.acceptProposedAction()

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().text())
