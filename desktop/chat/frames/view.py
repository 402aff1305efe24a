"""The frames of a connection in a table that follows the newest, and the chosen one in full."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.frames.detail import FrameDetail
from desktop.chat.frames.filter_bar import FrameFilterBar
from desktop.chat.frames.table import BYTES, ROWS, FramesTable
from desktop.chat.frames.wire import WireFrame
from desktop.widgets.empty_state import Hint
from desktop.widgets.message_line import MessageLine
from desktop.widgets.newest import Newest

_FLUSH = 80  # milliseconds
_EMPTY = "Frames appear here once the connection is open.\nPoint at a column’s title then to read what it means."


class FramesView(QWidget):
    """Keeps the newest 20,000 frames within 16 MiB, and says how many are gone; hidden, it only gathers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new: list[WireFrame] = []
        self._kept: Newest[WireFrame] = Newest(ROWS, BYTES)  # the table does not tell how many its filter hides
        self._passed = 0
        self._unseen = 0  # how many of the newest kept ones the table has not got
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FLUSH)
        self._timer.timeout.connect(self._flush)
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

    def add(self, frame: WireFrame) -> None:
        """Take a frame; it is shown with the others of its moment."""
        if not self._new:
            self._timer.start()
        self._new.append(frame)

    def clear(self) -> None:
        """Forget all frames."""
        self._new.clear()
        self._kept.clear()
        self._passed = self._unseen = 0
        self.table.clear()
        self.detail.show_frame(None)
        self._show_figures()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._flush()

    def _flush(self) -> None:
        self._kept.extend(self._new)
        self._passed += len(self._new)
        self._unseen += len(self._new)
        self._new.clear()
        if self._unseen and self.isVisible():
            self.table.extend(self._kept.rows[-self._unseen :])
            self._unseen = 0
            self._show_figures()

    def _show_figures(self) -> None:
        gone = self._passed - len(self._kept.rows)
        what = f"{gone:,} older frame is" if gone == 1 else f"{gone:,} older frames are"
        self.gone.say(f"{what} gone: the newest {len(self._kept.rows):,} are kept." if gone else "")
        self.stack.setCurrentIndex(1 if self._kept.rows else 0)

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None:
            self.detail.show_frame(chosen)

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
