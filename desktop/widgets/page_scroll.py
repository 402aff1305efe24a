"""Scrolls through rows by byte offset, so that opening and moving take the same time at every size."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QWidget

from desktop import theme
from desktop.widgets.page_painter import PagePainter
from desktop.widgets.rows import Line, Rows

_BAR = 1 << 30  # a scroll bar counts no further than this
_WHEEL_ROWS = 3
_NOTCH = 120  # of a wheel, in Qt's unit
_Action = QAbstractSlider.SliderAction


class PageScroll(QAbstractScrollArea):
    """The rows in view, from the one at offset ``top`` on, and the scroll bars; what they look like is not its part.

    ``fault`` is a sentence: the rows cannot be read, or what was asked for is too much.
    """

    fault = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.mono_font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.painting = PagePainter(self)
        self.rows: Rows | None = None
        self.shown: list[Line] = []
        self.top = self.last_top = 0
        self.at_end = True
        self._following = False  # whether the bar is being set to what is shown
        self.verticalScrollBar().valueChanged.connect(self._to_bar)
        self.verticalScrollBar().actionTriggered.connect(self._step)
        self.horizontalScrollBar().valueChanged.connect(self._repaint)

    def read(self, ask: Callable[[Rows], list[Line]]) -> list[Line]:
        """Ask the source for rows; what goes wrong is told by ``fault``, and gives none."""
        try:
            return ask(self.rows) if self.rows is not None else []
        except OSError as error:
            self.fault.emit(f"The text cannot be read: {error.strerror or error}.")
            return []

    def page_rows(self) -> int:
        """How many whole rows fit into the view."""
        return max(1, self.viewport().height() // self.painting.row_height)

    def lines(self) -> list[Line]:
        """The rows in view, the last one perhaps in part."""
        return self.shown

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        notches = event.angleDelta().y() / _NOTCH
        if notches == 0 or event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            super().wheelEvent(event)
        else:
            self._scroll(-round(notches * _WHEEL_ROWS) or (-1 if notches > 0 else 1))
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.measure()

    def column_of(self, line: Line, offset: int) -> int:
        """Where in a row a byte is shown; 0 where that cannot be read."""
        try:
            return self.rows.column(line, offset) if self.rows is not None else 0
        except OSError:
            return 0

    def measure(self) -> None:
        """Find out where the last page begins, and fill the view."""
        size = self.rows.size if self.rows is not None else 0
        last = self.read(lambda rows: rows.backward(size, self.page_rows()))
        self.last_top = last[0].start if last else 0
        at_end = self.at_end
        self.show_from(self.top)
        self.at_end = at_end  # what has been added does not take a reader away from the end

    def show_from(self, offset: int) -> None:
        """Put the row that contains a byte at the top, or the last page into view."""
        offset = max(0, min(offset, self.last_top))
        self.shown = self.read(lambda rows: rows.forward(offset, self.page_rows() + 1))
        self.top = self.shown[0].start if self.shown else 0
        self.at_end = self.top >= self.last_top
        self.painting.lay_out(self.shown, self.rows.size if self.rows is not None else 0)
        self._set_bars()
        self.viewport().update()

    def _set_bars(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().width() - self.painting.gutter - theme.S
        seen = self.shown[-1].end - self.top if self.shown else 1
        self._following = True
        bar.setRange(0, min(self.last_top, _BAR))
        bar.setPageStep(max(1, self._to_scale(seen)))
        bar.setValue(self._to_scale(self.top))
        self._following = False
        across = self.horizontalScrollBar()
        across.setRange(0, max(across.value(), self.painting.width - room, 0))
        across.setPageStep(max(1, room))
        across.setSingleStep(self.fontMetrics().horizontalAdvance("0") * 4)

    def _to_scale(self, offset: int) -> int:
        return offset if self.last_top <= _BAR else offset * _BAR // self.last_top

    def _to_bar(self, value: int) -> None:
        if not self._following:
            self.show_from(value if self.last_top <= _BAR else value * self.last_top // _BAR)

    def _step(self, action: int) -> None:
        """Turn a step of the scroll bar, which would be one of bytes, into one of rows."""
        page = self.page_rows()
        rows = {
            _Action.SliderSingleStepAdd.value: 1,
            _Action.SliderSingleStepSub.value: -1,
            _Action.SliderPageStepAdd.value: page,
            _Action.SliderPageStepSub.value: -page,
        }.get(action)
        if rows is not None:
            self._scroll(rows)
            self.verticalScrollBar().setSliderPosition(self.verticalScrollBar().value())

    def _scroll(self, rows: int) -> None:
        if rows < 0:
            lines = self.read(lambda source: source.backward(self.top, -rows))
            self.show_from(lines[0].start if lines else self.top)
        elif lines := self.read(lambda source: source.forward(self.top, rows + 1)):
            self.show_from(lines[-1].start)

    def index_of(self, row: int) -> int | None:
        """Which of the rows in view starts at an offset."""
        return next((index for index, line in enumerate(self.shown) if line.start == row), None)

    def _repaint(self) -> None:
        self.viewport().update()
