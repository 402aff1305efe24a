"""A WebSocket handshake in full: what it means, part by part, beside what went over the wire."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSplitter, QTextEdit, QWidget

from desktop import theme
from desktop.widgets.code_view import CodeView
from desktop.widgets.record_text import on_the_wire
from servers.exchange import Exchange

if TYPE_CHECKING:
    from servers.handshakes.point import Point


class HandshakeView(QSplitter):
    """``words`` explains the handshake of a record, ``wire`` has the request and the response."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.words = Explanation(self)
        self.wire = CodeView(self)
        self.wire.setAccessibleName("The handshake as it was on the wire")
        self.setObjectName("handshakeSplitter")
        self.setChildrenCollapsible(False)
        for widget in (self.words, self.wire):
            self.addWidget(widget)
        self.setSizes([500, 500])

    def show_handshake(self, exchange: Exchange) -> None:
        """Show another handshake."""
        from servers.handshakes.explain import explain

        self.words.show_points(explain(exchange))
        self.wire.show_text(on_the_wire(exchange))


class Explanation(QTextEdit):
    """Points one below the other: a mark with its verdict as a word, a title, the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("The handshake explained")

    def show_points(self, points: "tuple[Point, ...]") -> None:
        """Show other points, from their beginning."""
        self._points = points
        self._write()
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_points"):
            self._write()

    def _write(self) -> None:
        place = self.verticalScrollBar().value()
        self.clear()
        cursor = self.textCursor()
        for point in self._points:
            self._write_point(cursor, point)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def _write_point(self, cursor: QTextCursor, point: "Point") -> None:
        mark, color = _marks()[point.verdict.value]
        if not cursor.atStart():
            cursor.insertBlock(_block(above=theme.S))
        cursor.insertText(mark, _format(color, bold=True))
        cursor.insertText(point.title, _format(theme.colors().text, bold=True))
        for line in point.text.split("\n"):
            form = _format(theme.colors().text)
            if line.startswith(" "):
                form.setFont(theme.mono_font())
            cursor.insertBlock(_block(left=theme.M))
            cursor.insertText(line, form)


def _marks() -> dict[str, tuple[str, str]]:
    """What stands before the title of a point, and its colour, by the verdict."""
    scheme = theme.colors()
    return {
        "fine": ("✓ ", scheme.running),
        "fault": ("✗ Fault: ", scheme.failed),
        "plain": ("• ", scheme.muted),
    }


def _block(*, above: int = 0, left: int = 0) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(above)
    form.setLeftMargin(left)
    return form


def _format(color: str, *, bold: bool = False) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(QColor(color))
    if bold:
        form.setFontWeight(QFont.Weight.Bold)
    return form
