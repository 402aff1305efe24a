"""Gives rows their heights as they come into view, and keeps what is read in its place meanwhile."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QTableView


class Fitting:
    """The rows of a table in their vertical places; ``active`` while it moves them itself.

    Rows have an estimated height until they are first seen at the present width.
    """

    def __init__(self, view: QTableView, height_of: Callable[[int], int], count: Callable[[], int]) -> None:
        self._view = view
        self._height_of = height_of
        self._count = count
        self.active = False

    def top(self) -> tuple[int, int]:
        """The first row in view, and where its top is."""
        row = max(0, self._view.rowAt(0))
        return row, self._view.rowViewportPosition(row) if self._count() else 0

    def to_end(self) -> None:
        """Show the last rows."""
        self._begin()
        self._measure(range(self._count() - 1, -1, -1), self._view.viewport().height())
        self._view.updateGeometries()
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._view.viewport().update()
        self.active = False

    def to(self, row: int, y: int) -> None:
        """Show rows so that the top of one is at ``y`` in the viewport, as far as the rows go."""
        self._begin()
        room = self._view.viewport().height()
        self._measure(range(row - 1, -1, -1), y)
        self._measure(range(row, self._count()), room - y)
        self._view.updateGeometries()
        value, bar = self._view.verticalHeader().sectionPosition(row) - y, self._view.verticalScrollBar()
        if value < 0:
            self._measure(range(self._count()), room)
            self._view.updateGeometries()
        bar.setValue(max(0, value))
        self._view.viewport().update()
        self.active = False
        if value > bar.maximum():
            self.to_end()

    def reveal(self, row: int, *, centered: bool = False) -> None:
        """Bring a row into view, from its beginning where it is too high to be seen whole."""
        self._measure((row,), 0)
        height, room = self._view.rowHeight(row), self._view.viewport().height()
        y = self._view.rowViewportPosition(row)
        if 0 <= y <= room - height or (height > room and y < room and y + height > room):
            return
        self.to(row, max(0, (room - height) // 2 if centered else 0 if y < 0 else room - height))

    def _begin(self) -> None:
        self.active = True
        self._view.executeDelayedItemsLayout()  # else Qt does it a little later, and paints a second time

    def _measure(self, rows: Iterable[int], enough: int) -> None:
        """Set the heights of rows until more than ``enough`` pixels are covered."""
        header = self._view.verticalHeader()
        header.setUpdatesEnabled(False)  # else each change would look at all rows again
        blocked = QSignalBlocker(header)  # else the view would paint once more for the changes
        covered = 0
        for row in rows:
            if covered > enough:
                break
            height = self._height_of(row)
            if height != header.sectionSize(row):
                header.resizeSection(row, height)
            covered += height
        blocked.unblock()
        header.setUpdatesEnabled(True)
