"""The Chat page of the main window: where to connect to, then the chat windows that are open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.listing.command_bar import CommandBar
from desktop.chat.listing.connect_to import ConnectTo
from desktop.chat.listing.row import Row
from desktop.chat.listing.servers import ServerAtHand
from desktop.chat.target import Target
from desktop.chat.windows import ChatWindows
from desktop.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from desktop.chat.window import ChatWindow

_INVITATION = (
    "Each chat window is a WebSocket client of its own. "
    "Open two and write in one: both show the broadcast, and the one that wrote shows the special reply."
)
_REFRESH_MS = 1000


class ChatPage(QWidget):
    """Opens chat windows, and lists those that are open. ``start_requested`` has the name of a server at hand."""

    start_requested = Signal(str)

    def __init__(self, windows: ChatWindows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._windows = windows
        self.rows: dict[ChatWindow, Row] = {}
        self.connect_to = ConnectTo(self)
        self.commands = CommandBar(windows, self)
        self.empty = EmptyState("forum-outline", _INVITATION, self)
        self.empty.say("No chat window is open", _INVITATION)
        self.pair_button = self.empty.add_button("Open two side by side", "view-split-vertical")
        self.stack = QStackedWidget(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._lay_out()
        self._timer.timeout.connect(self._refresh_rows)
        self.connect_to.wanted.connect(self._open)
        self.connect_to.start_requested.connect(self.start_requested)
        self.pair_button.clicked.connect(self._open_pair)
        windows.changed.connect(self._refresh)
        self._refresh()

    def show_servers(self, servers: Sequence[ServerAtHand]) -> None:
        """Show the servers at hand, in this order."""
        self.connect_to.show_servers(servers)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._refresh_rows()
        self._timer.start()  # what is typed and how long one waits change without a change of state

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        inside, area = QWidget(self), QScrollArea(self)
        self._list = QVBoxLayout(inside)
        self._list.setSpacing(theme.S)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.addStretch(1)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.L)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.addWidget(self.connect_to)
        layout.addWidget(self.commands)
        layout.addWidget(self.stack, 1)

    def _open(self, url: str) -> None:
        self._windows.new_window(Target(url))

    def _open_pair(self) -> None:
        self._windows.open_pair()

    def _refresh(self) -> None:
        opened = self._windows.open
        for window in [window for window in self.rows if window not in opened]:
            self._remove(window)
        for window in opened:
            if window not in self.rows:
                self.rows[window] = Row(window, self._windows, self)
                self._list.insertWidget(self._list.count() - 1, self.rows[window])
        self.stack.setCurrentIndex(1 if self.rows else 0)
        self.connect_to.show_recent(self._windows.recent.urls)

    def _remove(self, window: "ChatWindow") -> None:
        """Take a row away; the focus goes from its buttons to the row that takes its place."""
        place = list(self.rows).index(window)
        row = self.rows.pop(window)
        focused = QApplication.focusWidget()
        if focused is not None and row.isAncestorOf(focused):
            rest = list(self.rows.values())
            (rest[min(place, len(rest) - 1)].close_button if rest else self.pair_button).setFocus()
        row.hide()
        row.deleteLater()

    def _refresh_rows(self) -> None:
        for row in self.rows.values():
            row.refresh()
