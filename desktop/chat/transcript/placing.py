"""Follows the newest entry, or stays with what is read, whatever comes, goes, grows or is filtered out."""

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QTableView

from desktop.chat.entry import Entry
from desktop.chat.transcript.fitting import Fitting
from desktop.chat.transcript.model import TranscriptModel

_BELOW = 200  # rows: more than fit below what was read, without which it would be at the end
_JUMP = 2  # viewports; who scrolls up further than that has not read what lies between


class PlaceKeeper(QObject):
    """``following`` says whether the newest entry is in view and will be; ``following_changed`` tells of changes."""

    following_changed = Signal(bool)

    def __init__(self, view: QTableView, messages: TranscriptModel, fitting: Fitting) -> None:
        super().__init__(view)
        self.following = True
        self._view = view
        self._messages = messages
        self._fitting = fitting
        self._top, self._value = (0, 0), 0
        self._read: Entry | None = None  # to be found again after the filter has changed, and put back where it was
        self._read_y = 0
        messages.rowsAboutToBeRemoved.connect(self._before_removal)
        messages.modelAboutToBeReset.connect(self._before_reset)
        messages.flushed.connect(self._after_flush)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        view.verticalScrollBar().rangeChanged.connect(self._on_range)

    def follow(self) -> None:
        """Go to the newest entry, and stay with it."""
        self._read = None
        self._fitting.to_end()
        self._note()

    def show(self, row: int, *, centered: bool = False) -> None:
        """Bring a row into view."""
        self._read = None
        self._fitting.reveal(row, centered=centered)
        self._note()

    def stay(self, row: int, y: int) -> None:
        """Keep the top of a row, which may have another height now, at ``y`` in the view."""
        self._fitting.to(row, y)
        self._note()

    def settle(self) -> None:
        """Put everything where it was, after heights may have changed."""
        if self.following:
            self._fitting.to_end()
        else:
            self._fitting.to(*self._top)
        self._note()

    def suspend(self) -> None:
        """Take no notice of what Qt does until ``settle``."""
        self._fitting.active = True

    def _note(self) -> None:
        bar = self._view.verticalScrollBar()
        self._top, self._value = self._fitting.top(), bar.value()
        following = bar.value() >= bar.maximum()
        if following != self.following:
            self.following = following
            self.following_changed.emit(following)

    def _before_removal(self, _: QModelIndex, first: int, last: int) -> None:
        self.suspend()
        row, y = self._top
        left = row - (last + 1 - first)
        self._top = (left, y) if left >= 0 else (0, 0)

    def _before_reset(self) -> None:
        self.suspend()
        if not self.following and self._read is None and self._messages.rows:
            row, self._read_y = self._top
            self._read = self._messages.rows[row]

    def _after_flush(self) -> None:
        if self._read is not None:
            self._find()
        elif not self._messages.rows:
            self.following = True  # there is nothing to read
        if self._read is None:  # else what comes before it is not to be followed
            self.settle()

    def _find(self) -> None:
        """Go back to the entry that was read, or to the one that comes after it, as soon as that is there."""
        at_ns = self._read.at_ns if self._read is not None else 0
        rows = self._messages.rows
        row = self._messages.row_at(at_ns)
        if row + _BELOW < len(rows) or self._messages.tried_all:
            same = (one for one in range(row, len(rows)) if rows[one].at_ns == at_ns and rows[one] is self._read)
            self._top = next(same, min(row, max(0, len(rows) - 1))), self._read_y
            self._read = None

    def _on_scrolled(self, value: int) -> None:
        if self._fitting.active:
            return
        self._read = None
        bar, (row, y), delta = self._view.verticalScrollBar(), self._top, value - self._value
        if value >= bar.maximum():
            self._fitting.to_end()
        elif -_JUMP * self._view.viewport().height() < delta < 0:
            self._fitting.to(row, y - delta)
        else:
            self._fitting.to(*self._fitting.top())
        self._note()

    def _on_range(self) -> None:
        if self.following and not self._fitting.active:
            self._fitting.to_end()
            self._note()
