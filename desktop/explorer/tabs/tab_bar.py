"""The row of tabs: what a middle click and the context menu ask for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QTabBar, QWidget


class TabBar(QTabBar):
    """Each signal carries the number of a tab."""

    middle_clicked = Signal(int)
    window_wanted = Signal(int)
    duplicate_wanted = Signal(int)
    close_others_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = -1
        self.setAccessibleName("Open requests")
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.menu = QMenu(self)
        self.duplicate = self._action("&Duplicate tab", self._duplicate)
        self.window_action = self._action("Open in a new &window", self._open_window)
        self.close_action = self._action("&Close", self._close)
        self.close_others = self._action("Close &others that are saved", self._close_others)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        number = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and number >= 0:
            self.middle_clicked.emit(number)
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        number = self.tabAt(event.pos())
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._number = self.currentIndex() if by_key or number < 0 else number
        place = self.tabRect(self._number).center() if by_key else event.pos()
        self.menu.popup(self.mapToGlobal(place))

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        return self.menu.addAction(text, slot)

    def _duplicate(self) -> None:
        self.duplicate_wanted.emit(self._number)

    def _open_window(self) -> None:
        self.window_wanted.emit(self._number)

    def _close(self) -> None:
        self.middle_clicked.emit(self._number)

    def _close_others(self) -> None:
        self.close_others_wanted.emit(self._number)
