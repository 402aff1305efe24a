"""The frames of a connection in a table that follows the newest, and the chosen one in full."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.frames.detail import FrameDetail
from desktop.chat.frames.filter_bar import FrameFilterBar
from desktop.chat.frames.gathering import FrameGathering
from desktop.chat.frames.table import FramesTable
from desktop.widgets.empty_state import Hint
from desktop.widgets.message_line import MessageLine

_ROOMY = 10 * theme.XL
"""Pixels of height from which there is room to ask for a frame to be chosen, besides the frames."""

_EMPTY = "Frames appear here once the connection is open.\nPoint at a column’s title then to read what it means."


class FramesView(QWidget):
    """Shows the frames that are ``gathered``, from when it is seen, and says how many are gone."""

    def __init__(self, gathered: FrameGathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gathered = gathered  # which the table cannot count: its filter hides some
        self._unseen = len(gathered.rows)  # how many of the newest ones the table has not got
        self.filter = FrameFilterBar(self)
        self.clear_button = QPushButton("Clear", self)
        self.clear_button.setToolTip("Forget all frames so far")
        self.clear_button.clicked.connect(self.clear)
        self.table = FramesTable(self)
        self.table.set_placeholder("No frame is as the filter says.")
        self.detail = FrameDetail(self)
        self.gone = MessageLine(parent=self)
        self._make_menu()
        self._lay_out()
        self.filter.changed.connect(self.table.show_only)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.copy_wanted.connect(self.detail.copy_all)
        gathered.grown.connect(self._grow)

    def clear(self) -> None:
        """Forget all frames."""
        self.gathered.clear()
        self._unseen = 0
        self.table.clear()
        self.detail.show_frame(None)
        self._make_room()
        self._show_figures()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.gathered.flush()
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.detail.setVisible(self.height() >= _ROOMY or self.detail.shows_frame)

    def _grow(self, count: int) -> None:
        self._unseen += count
        self._catch_up()

    def _catch_up(self) -> None:
        if self._unseen and self.isVisible():
            self.table.extend(self.gathered.rows[-self._unseen :])
            self._unseen = 0
            self._show_figures()

    def _show_figures(self) -> None:
        gone, kept = self.gathered.gone, len(self.gathered.rows)
        what = "1 older frame is" if gone == 1 else f"{gone:,} older frames are"
        self.gone.say(f"{what} gone: the newest {kept:,} are kept." if gone else "")
        self.stack.setCurrentIndex(1 if kept else 0)

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            self.detail.show_frame(chosen)
            self._make_room()

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.menu.addAction("&Copy", QKeySequence(QKeySequence.StandardKey.Copy), self.detail.copy_all)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, place: QPoint) -> None:
        if self.table.chosen() is not None:
            self.menu.popup(self.table.viewport().mapToGlobal(place))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.S)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.clear_button)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([300, 200])
        self.stack = QStackedWidget(self)
        self.stack.addWidget(Hint(_EMPTY, self))
        self.stack.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(bar)
        layout.addWidget(self.gone)
        layout.addWidget(self.stack, 1)
