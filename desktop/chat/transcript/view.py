"""The transcript of a chat window: a model over its newest entries and the view that shows and follows them."""

from collections import deque
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desktop.chat.entry import Entry
from desktop.chat.transcript.delegate import ENTRY_ROLE, TranscriptDelegate
from desktop.chat.transcript.looks import body_of, bubble_text, line_of, spoken

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()

FLUSH_MS = 50
"""Milliseconds for which arriving entries are gathered before they are shown together."""

MEASURED = 64
"""Rows of one flush that are measured at once; those above get their height when they come into view."""


class TranscriptModel(QAbstractListModel):
    """The newest ``limit`` entries within about ``max_bytes`` of memory, oldest first."""

    def __init__(self, parent: QObject, limit: int = 100_000, max_bytes: int = 32 * 1024 * 1024) -> None:
        super().__init__(parent)
        self.limit = limit
        self.max_bytes = max_bytes
        self.entries: list[Entry] = []
        self._bytes = 0
        self._waiting: deque[Entry] = deque(maxlen=limit)
        self._timer = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._timer.timeout.connect(self.flush)

    def add(self, entry: Entry) -> None:
        """Take an entry; it is shown with the next flush."""
        self._waiting.append(entry)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Show what has come since the last flush: one insert, one trim."""
        added = list(self._waiting)
        self._waiting.clear()
        if not added:
            return
        self.beginInsertRows(_NONE, len(self.entries), len(self.entries) + len(added) - 1)
        self.entries += added
        self._bytes += sum(entry.weight for entry in added)
        self.endInsertRows()
        self._trim()

    def rowCount(self, parent: Index = _NONE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return bubble_text(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry)
        return None

    def _trim(self) -> None:
        surplus = max(0, len(self.entries) - self.limit)
        weight = self._bytes - sum(entry.weight for entry in self.entries[:surplus])
        while weight > self.max_bytes and surplus < len(self.entries) - 1:
            weight -= self.entries[surplus].weight
            surplus += 1
        if surplus:
            self.beginRemoveRows(_NONE, 0, surplus - 1)
            del self.entries[:surplus]
            self._bytes = weight
            self.endRemoveRows()


class Transcript(QTableView):
    """Shows entries as bubbles, and stays at the newest unless its user has scrolled up.

    A table of one column, because Qt's list lays out every row again whenever one is added. Rows have an estimated
    height until they are first seen at the present width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.messages = TranscriptModel(self)
        self.bubbles = TranscriptDelegate(self)
        self.setModel(self.messages)
        self.setItemDelegate(self.bubbles)
        self.setAccessibleName("Transcript")
        self._following = True
        self._fitting = False
        self._value_after = 0
        self._set_up_view()
        self._set_up_copying()
        self.messages.rowsInserted.connect(self._on_inserted)
        self.messages.rowsAboutToBeRemoved.connect(self._before_removal)
        self.messages.rowsRemoved.connect(self._after_removal)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._keep_up)

    def selected_text(self) -> str:
        """The selected entries, safe to paste: one as its bare text, several as a line each."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        entries = [self.messages.entries[row] for row in rows]
        return body_of(entries[0]) if len(entries) == 1 else "\n".join(line_of(entry) for entry in entries)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.bubbles.forget()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
        self._keep_up()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always on: a bar that comes and goes would change the width, and with it every height
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(self.fontMetrics().height())
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(3 * self.fontMetrics().height())

    def _set_up_copying(self) -> None:
        copy = QAction("Copy", self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _copy(self) -> None:
        if self.selectedIndexes():
            QGuiApplication.clipboard().setText(self.selected_text())

    def _on_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        self._measure(range(max(first, last - MEASURED + 1), last + 1))
        self.updateGeometries()
        self._keep_up()

    def _before_removal(self, _: QModelIndex, first: int, last: int) -> None:
        removed = sum(self.rowHeight(row) for row in range(first, last + 1))
        self._value_after = self.verticalScrollBar().value() - removed
        self._fitting = True

    def _after_removal(self) -> None:
        self.updateGeometries()
        self._fitting = False
        if not self._following:
            self.verticalScrollBar().setValue(self._value_after)  # what is being read stays where it is

    def _on_scrolled(self, value: int) -> None:
        if not self._fitting:
            self._following = value >= self.verticalScrollBar().maximum()
            self._fit()

    def _keep_up(self) -> None:
        if self._following:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _fit(self) -> None:
        """Give the rows in view, and some beyond them, their height at the present width."""
        if self._fitting or not self.messages.entries:
            return
        self._fitting = True
        bar, top = self.verticalScrollBar(), self.rowAt(0)
        rows = len(self.messages.entries)
        if self._following or top < 0:
            self._measure(range(rows - 1, -1, -1), 2 * self.viewport().height())
            self.updateGeometries()
            bar.setValue(bar.maximum())
        else:
            grown = self._measure(range(top, top + 1))
            self._measure(range(top + 1, rows), 2 * self.viewport().height())
            self.updateGeometries()
            bar.setValue(bar.value() + grown)  # so that what was below it stays where it was
        self._fitting = False

    def _measure(self, rows: range, enough: int | None = None) -> int:
        """Set the height of rows until ``enough`` pixels are covered; return by how much they have grown."""
        grown = covered = 0
        width = self.viewport().width()
        for row in rows:
            height, before = self.bubbles.height(self.messages.entries[row], width), self.rowHeight(row)
            if height != before:
                self.setRowHeight(row, height)
            grown += height - before
            covered += height
            if enough is not None and covered > enough:
                break
        return grown
