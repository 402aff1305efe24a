"""What can be done with all chat windows: the same commands in the menu of the main window and on the Chat page."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from desktop import shortcuts
from desktop.chat.windows import ChatWindows


@dataclass(frozen=True, slots=True)
class Command:
    """``run`` does it, while ``is_possible`` says that there is something to do; ``icon`` is a Material Design name."""

    text: str
    icon: str
    tip: str
    run: Callable[[], object]
    is_possible: Callable[[], bool]
    keys: str = ""


class ChatCommands(QObject):
    """The commands for ``windows``."""

    def __init__(self, windows: ChatWindows, parent: QObject) -> None:
        super().__init__(parent)
        self._windows = windows
        new, tile = shortcuts.NEW_CHAT_WINDOW, shortcuts.TILE_CHATS
        some, always, idle, busy = self._has_some, self._always, self._has_idle, self._has_busy
        self.all = (
            Command("New window", "chat-plus-outline", "A window of its own, connected", self._new, always, new),
            Command("Open two side by side", "view-split-vertical", "Write in one, read in both", self._pair, always),
            Command("Tile", "view-grid-outline", "Fill the screen with the windows", windows.tile, some, tile),
            Command("Cascade", "layers-outline", "Lay the windows over one another by steps", windows.cascade, some),
            Command("Connect all", "lan-connect", "Connect the windows that are not", windows.connect_all, idle),
            Command("Disconnect all", "lan-disconnect", "Close every connection", windows.disconnect_all, busy),
            Command("Close all", "close", "Close every chat window", windows.close_all, some),
        )

    def _new(self) -> None:
        self._windows.new_window()

    def _pair(self) -> None:
        self._windows.open_pair()

    def _always(self) -> bool:
        return True

    def _has_some(self) -> bool:
        return bool(self._windows.open)

    def _has_idle(self) -> bool:
        return not all(window.is_open for window in self._windows.open)

    def _has_busy(self) -> bool:
        return any(window.is_open for window in self._windows.open)


class ChatMenu(QObject):
    """The commands as ``actions`` of a menu."""

    def __init__(self, windows: ChatWindows, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = ChatCommands(windows, self).all
        self.actions = [self._action(command) for command in self._commands]
        windows.changed.connect(self._refresh)
        self._refresh()

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setShortcut(command.keys)
        action.triggered.connect(command.run)
        return action

    def _refresh(self) -> None:
        for action, command in zip(self.actions, self._commands, strict=True):
            action.setEnabled(command.is_possible())
