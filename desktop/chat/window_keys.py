"""The keys of one chat window that are about all of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desktop import shortcuts

if TYPE_CHECKING:
    from desktop.chat.window import ChatWindow
    from desktop.chat.windows import ChatWindows


class WindowKeys(QObject):
    """New window, duplicate, tile and quit for ``window``, which owns this."""

    def __init__(self, window: "ChatWindow", windows: "ChatWindows") -> None:
        super().__init__(window)
        self._window = window
        self._windows = windows
        for keys, slot in (
            (shortcuts.NEW_CHAT_WINDOW, self._new),
            (shortcuts.DUPLICATE_CHAT, self._duplicate),
            (shortcuts.TILE_CHATS, windows.tile),
            (shortcuts.QUIT, windows.quit_requested),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(slot)

    def _new(self) -> None:
        self._windows.new_window()

    def _duplicate(self) -> None:
        self._windows.duplicate(self._window)
