"""A table of the newest records of a stream, which follows them politely and formats only what is seen."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Generic

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop import theme
from desktop.widgets.newest import R
from desktop.widgets.ring_model import Accepts, Column, RingTableModel

__all__ = ["Column", "RingTable"]

PADDING = 4

_SLICE = 0.003
"""Seconds at a time for trying a filter."""

Place = tuple[Column[R], int, int]
"""A column, where its text begins, and the room that it has, in pixels."""


class RingTable(QTableView, Generic[R]):
    """Shows a RingTableModel; follows the newest row, or stays with the rows that its user has scrolled up to.

    It paints its rows itself: a delegate asks the model for seven roles a cell and lays every text out in a rectangle,
    which under load took most of the time of the window.
    """

    def __init__(self, columns: Sequence[Column[R]], limit: int, max_bytes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = RingTableModel(columns, limit, max_bytes, self)
        self.setModel(self.ring)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._placeholder = ""
        self._last_chosen: R | None = None
        self._looks_for_chosen = False
        self._trying = QTimer(self)
        self._trying.setInterval(0)
        self._trying.timeout.connect(self._try_on)
        self._fitted = lru_cache(maxsize=4096)(self._fit)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * PADDING)
        self._size_columns()

    def extend(self, records: Sequence[R]) -> None:
        """Add records; the view scrolls only if it already showed the newest."""
        bar = self.verticalScrollBar()
        place, follows = bar.value(), self._follows()
        gone = self.ring.extend(records)
        if follows:
            self.scrollToBottom()
        elif gone:
            bar.setValue(place - gone)
        if not self.ring.tried_all:
            self._try_on()

    def show_only(self, accepts: Accepts[R] | None) -> None:
        """Show only the records that are accepted, found bit by bit; None shows all. The chosen row stays chosen."""
        follows, chosen = self._follows(), self.chosen()
        self._last_chosen = self._last_chosen if chosen is None else chosen
        self._looks_for_chosen = True
        self.ring.filter(accepts)
        if follows:
            self.scrollToBottom()
        self._try_on()

    def chosen(self) -> R | None:
        """The record of the chosen row."""
        rows = self.selectionModel().selectedRows()
        return self.ring.rows[rows[0].row()] if rows else None

    def clear(self) -> None:
        """Drop all records."""
        self._last_chosen = None
        self.ring.clear()

    def set_placeholder(self, text: str) -> None:
        """What to say while there are no rows."""
        self._placeholder = text
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fitted.cache_clear()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        follows = self._follows()
        super().resizeEvent(event)
        if follows:
            self.scrollToBottom()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        if not self.ring.rows:
            painter.setPen(theme.colors().muted)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._placeholder)
            return
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        places = [
            (column, self.columnViewportPosition(number) + PADDING, self.columnWidth(number) - 2 * PADDING)
            for number, column in enumerate(self.ring.columns)
        ]
        row, bottom = self.rowAt(0), self.viewport().height()
        while 0 <= row < len(self.ring.rows) and (top := self.rowViewportPosition(row)) < bottom:
            self._paint_row(painter, self.ring.rows[row], top, places, chosen=row in chosen)
            row += 1

    def _paint_row(self, painter: QPainter, record: R, top: int, places: list[Place[R]], *, chosen: bool) -> None:
        palette, metrics = self.palette(), painter.fontMetrics()
        if chosen:
            height = self.verticalHeader().defaultSectionSize()
            painter.fillRect(0, top, self.viewport().width(), height, palette.highlight())
        painter.setPen(palette.color(palette.ColorRole.HighlightedText if chosen else palette.ColorRole.Text))
        baseline = top + PADDING + metrics.ascent()
        for column, left, width in places:
            text = column.text(record)
            if not column.fits:
                text = self._fitted(text, width, column.begins)
            inset = width - metrics.horizontalAdvance(text) if column.numeric else 0
            painter.drawText(left + inset, baseline, text)

    def _fit(self, text: str, width: int, begins: bool) -> str:
        mode = Qt.TextElideMode.ElideRight if begins else Qt.TextElideMode.ElideMiddle
        return self.fontMetrics().elidedText(text, mode, width)

    def _follows(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def _try_on(self) -> None:
        """Try the filter on more records; come back for more until there are none left."""
        follows = self._follows()
        self.ring.try_on(_SLICE)
        if follows:
            self.scrollToBottom()
        if not self.ring.tried_all:
            self._trying.start()
            return
        self._trying.stop()
        if self._looks_for_chosen and self.chosen() is None:
            self._choose_again()
        self._looks_for_chosen = False

    def _choose_again(self) -> None:
        """Choose the row that was chosen before the filter changed, if it is there."""
        wanted = self._last_chosen
        row = next((row for row, record in enumerate(self.ring.rows) if record is wanted), None)
        if row is None:
            return
        follows = self._follows()
        self.selectRow(row)
        if follows:
            self.scrollToBottom()
        else:
            self.scrollTo(self.ring.index(row, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for section, column in enumerate(self.ring.columns):
            if column.width:
                header.resizeSection(section, column.width)
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
