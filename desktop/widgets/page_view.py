"""A page of text of any size: rows are asked for as they come into view."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from desktop import theme
from desktop.widgets.page_copier import PageCopier
from desktop.widgets.page_keys import press
from desktop.widgets.page_scroll import PageScroll
from desktop.widgets.page_selection import Place, Selection, word_at
from desktop.widgets.rows import Line, Rows

_CALM = 100  # milliseconds from one look at a source that grows to the next
_DRAG = 50  # milliseconds between two rows while the mouse selects beyond the edge


class PageView(PageScroll):
    """Shows rows; scrolls by byte offset, so that opening takes the same time at every size.

    ``fault`` is a sentence: the rows cannot be read, or what was asked for is too much. ``copied`` follows when the
    selected text is in the clipboard, with its number of characters.
    """

    copied = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._copier = PageCopier(self)
        self._copier.copied.connect(self.copied)
        self._copier.fault.connect(self.fault)
        self._drag = QTimer(self)
        self._drag.setInterval(_DRAG)
        self._drag.timeout.connect(self._drag_on)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._calmed)
        self._follow = self._grown = False
        self._pointer = QPoint()
        self._mark = 0, 0
        self._selection = Selection()
        self._placeholder = ""

    def show_rows(self, rows: Rows | None, *, hexadecimal: bool = False) -> None:
        """Show another source from its beginning, its offsets ``hexadecimal`` or not; None shows nothing."""
        self._copier.stop()
        self.rows = rows
        self.painting.hexadecimal = hexadecimal
        self._mark, self._selection, self.top = (0, 0), Selection(), 0
        self.at_end = True
        self.horizontalScrollBar().setRange(0, 0)
        self.measure()

    def set_placeholder(self, text: str) -> None:
        """What to say while there are no rows."""
        self._placeholder = text
        self.viewport().update()

    def refresh(self, *, follow: bool = False) -> None:
        """The source has grown: keep the place, or ``follow`` the end where the view is at the end.

        May be called at any rate; the view takes notice some ten times a second.
        """
        self._follow = follow
        if self._calm.isActive():
            self._grown = True
        else:
            self._refresh()

    def go_to(self, offset: int) -> None:
        """Bring the row that contains a byte into view."""
        seen = self.shown[: self.page_rows()]
        if not seen or not seen[0].start <= offset < seen[-1].end:
            before = self.read(lambda rows: rows.backward(offset, self.page_rows() // 3))
            self.show_from(before[0].start if before else 0)

    def mark(self, start: int, end: int) -> None:
        """Mark the bytes from ``start`` up to ``end`` and bring them into view; an empty range marks nothing."""
        self._mark = start, end
        if end > start and (row := self.read(lambda rows: rows.forward(start, 1))):
            self.go_to(start)
            place = Place(row[0].start, self.column_of(row[0], start))
            self._selection = Selection(place, place)
            self._show_column()
        self.viewport().update()

    def select_all(self) -> None:
        """Select everything, or as much of it as can be copied at a time."""
        end = self._copier.limit(self.rows) if self.rows else 0
        if last := self.read(lambda rows: rows.backward(end, 1)):
            self._selection = Selection(Place(0, 0), Place(last[0].start, len(last[0].text)))
            self.viewport().update()

    def copy(self) -> None:
        """Put the selected text into the clipboard, as it is shown, folded lines whole; ``copied`` follows."""
        if self.rows is not None and not self._selection.is_empty:
            self._copier.copy(self.rows, self._selection)

    def _refresh(self) -> None:
        self._grown = False
        self.measure()
        if self._follow and self.at_end:
            self.show_from(self.last_top)
        self._calm.start()

    def _calmed(self) -> None:
        if self._grown:
            self._refresh()

    def selection(self) -> Selection:
        """What is selected; its caret is where the keyboard is."""
        return self._selection

    def move_caret(self, to: Place, extend: bool) -> None:
        """Put the caret somewhere, with the selection up to there if ``extend``, and bring it into view."""
        self._selection = self._selection.moved(to, extend)
        index = self.index_of(to.row)
        if index is None or index >= self.page_rows():
            above = bool(self.shown) and to.row < self.shown[0].start
            before = [] if above else self.read(lambda rows: rows.backward(to.row, self.page_rows() - 1))
            self.show_from(before[0].start if before else to.row)
        self._show_column()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.rows is None or not press(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("&Copy", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        copy.setEnabled(not self._selection.is_empty)
        menu.addAction("Select &all", QKeySequence(QKeySequence.StandardKey.SelectAll), self.select_all)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = self._place_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self.move_caret(place, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        place = self._place_at(event.position().toPoint())
        index = None if place is None else self.index_of(place.row)
        if place is not None and index is not None:
            start, end = word_at(self.shown[index].text, place.column)
            self._selection = Selection(Place(place.row, start), Place(place.row, end))
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pointer = event.position().toPoint()
            self._drag.start()
            if self.viewport().rect().contains(self._pointer):
                self._drag_on()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._drag.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self._tell()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        if not self.shown:
            painter.setPen(theme.colors().muted)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._placeholder)
            painter.end()
            return
        chosen = [(*self._selection.columns(line), self._selection.goes_on_after(line)) for line in self.shown]
        scrolled = self.horizontalScrollBar().value()
        self.painting.paint(painter, scrolled, chosen, [self._marked(line) for line in self.shown])
        index = self.index_of(self._selection.caret.row)
        if self.hasFocus() and index is not None:
            self.painting.paint_caret(painter, index, self._selection.caret.column, scrolled)
        painter.end()

    def _marked(self, line: Line) -> tuple[int, int]:
        start, end = self._mark
        if end <= line.start or line.end <= start:
            return 0, 0
        return self.column_of(line, start), self.column_of(line, end)

    def _place_at(self, point: QPoint) -> Place | None:
        """The place under the mouse; beyond an edge, in the row that comes next there."""
        if not self.shown:
            return None
        index = point.y() // self.painting.row_height
        x = point.x() - self.painting.gutter - theme.S + self.horizontalScrollBar().value()
        if index < 0 and (before := self.read(lambda rows: rows.backward(self.top, 1))):
            return Place(before[0].start, 0)
        index = max(0, min(index, len(self.shown) - 1))
        return Place(self.shown[index].start, self.painting.column_at(index, x))

    def _drag_on(self) -> None:
        if (place := self._place_at(self._pointer)) is not None:
            self.move_caret(place, extend=True)

    def _show_column(self) -> None:
        """Scroll sideways to the caret, and let those who cannot see it know its row."""
        caret, bar = self._selection.caret, self.horizontalScrollBar()
        if (index := self.index_of(caret.row)) is not None:
            x = int(self.painting.x_of(index, caret.column))
            if not bar.value() <= x <= bar.value() + bar.pageStep() - theme.XL:
                bar.setValue(max(0, x - bar.pageStep() // 3))
        self._tell()

    def _tell(self) -> None:
        if self.hasFocus() and (index := self.index_of(self._selection.caret.row)) is not None:
            self.setAccessibleDescription(self.shown[index].text)
