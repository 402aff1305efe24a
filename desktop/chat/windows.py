"""All chat windows: makes them, names and places them, and closes them without leaving a connection or a task."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.chat import placing
from desktop.chat.arranging import Rect, beside, most_free, pair, screen_of
from desktop.chat.identity import free_color, free_name
from desktop.chat.keeping.keeper import WindowKeeper
from desktop.chat.keeping.recent import RecentUrls
from desktop.chat.keeping.values import to_json
from desktop.chat.keeping.windows_file import KeptWindow
from desktop.chat.session import Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.window_keys import WindowKeys
from desktop.tasks import TaskSet

if TYPE_CHECKING:  # what a window is made of loads with the first one
    from desktop.chat.window import ChatWindow

log = logging.getLogger("portside.chat")

CLOSE_LIMIT = 2.0
"""Seconds within which all windows are gone; what still has a connection then is cut."""


class ChatWindows(QObject):
    """The open chat windows; new ones connect to ``default_url`` unless they are told where to.

    ``changed`` tells of a window more or less, or of a new state of one; ``quit_requested`` that somebody wants to
    leave the program from one of them. Those of the last time come back with ``restore``; until then they are kept.
    """

    changed = Signal()
    quit_requested = Signal()

    def __init__(
        self, default_url: Callable[[], str], surroundings: Surroundings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.recent = RecentUrls(surroundings.folder)
        self._default_url = default_url
        self._surroundings = surroundings
        self._colors: dict[ChatWindow, int] = {}
        self._tasks = TaskSet(surroundings.report)
        self._noted = WeakSet[Session]()
        self._leaving: set[asyncio.Task[None]] = set()
        self._connects_all = False
        self._keeper = WindowKeeper(surroundings.folder, self._colors, self._tasks)

    @property
    def open(self) -> "list[ChatWindow]":
        """The windows in the order in which they were opened."""
        return list(self._colors)

    def color_of(self, window: "ChatWindow") -> int:
        """The number of the colour of an open window."""
        return self._colors[window]

    def new_window(self, target: Target | None = None) -> "ChatWindow":
        """Open a window and connect it; without a target to the default URL, without a name under a free one."""
        return self._open(target or Target(self._default_url()), self._free_place())

    def duplicate(self, window: "ChatWindow") -> "ChatWindow":
        """Open another window like this one beside it, under a name of its own; connected if this one is."""
        copy = self._make(replace(window.target(), name=self._free_name()))
        copy.restore(window.kept() | {"target": to_json(copy.target())})
        self._show(copy, beside(placing.place_of(window), placing.area_of(window)))
        if window.is_open:
            copy.connect_now()
        return copy

    def open_pair(self) -> "tuple[ChatWindow, ChatWindow]":
        """Open two windows side by side, connected to the default URL."""
        left, right = pair(placing.here(), placing.NORMAL)
        return self._open(Target(self._default_url()), left), self._open(Target(self._default_url()), right)

    def tile(self) -> None:
        """Fill the screen that has most of the windows with those that can be seen."""
        placing.tile(self._seen())

    def cascade(self) -> None:
        """Lay the windows that can be seen over one another by steps."""
        placing.cascade(self._seen())

    def connect_all(self) -> None:
        """Connect those that are not, and those of the last time that are still to come."""
        self._connects_all = True
        for window in self.open:
            if not window.is_open:
                window.connect_now()

    def disconnect_all(self) -> None:
        """Close every connection, and wait for no further one."""
        self._connects_all = False
        for window in self.open:
            if window.is_open:
                window.hang_up()

    def close_all(self) -> None:
        """Close every window, and its connection with it; those of the last time that have not come stay away."""
        self._keeper.to_come.clear()
        for window in self.open:
            window.close()

    def save_state(self) -> None:
        """Keep the windows for the next start: the program ends."""
        try:
            self._keeper.save_now()
        except OSError as error:
            log.warning("The chat windows could not be kept for the next start: %s", error)

    def restore(self) -> None:
        """Open the windows of the last time, one after the other. Those that reconnect connect if they were."""
        if self._keeper.to_come:
            self._tasks.spawn(self._restore(), name="opening the chat windows of the last time")

    async def close(self) -> None:
        """Close every window and connection (1001); no task is left after CLOSE_LIMIT."""
        self.close_all()
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=CLOSE_LIMIT)
        await self._tasks.close()

    def _open(self, target: Target, place: Rect) -> "ChatWindow":
        window = self._make(target)
        self._show(window, place)
        window.connect_now()
        return window

    def _make(self, target: Target, color: int | None = None) -> "ChatWindow":
        from desktop.chat.window import ChatWindow

        window = ChatWindow(target if target.name else replace(target, name=self._free_name()), self._surroundings)
        self._colors[window] = free_color(self._colors.values()) if color is None else color
        window.set_color(self._colors[window])
        window.set_recent(self.recent.urls)
        window.changed.connect(self._on_changed)
        window.closing.connect(self._on_closing)
        WindowKeys(window, self)
        self._keeper.watch()
        return window

    def _show(self, window: "ChatWindow", place: Rect) -> None:
        placing.show(window, place)
        self.changed.emit()

    async def _restore(self) -> None:
        while self._keeper.to_come:
            self._reopen(self._keeper.to_come.pop(0))
            await asyncio.sleep(0)

    def _reopen(self, kept: KeptWindow) -> None:
        window = self._make(kept.target, kept.color)
        window.restore(dict(kept.content))
        place = kept.place or self._free_place()
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the main window is where one begins
        self._show(window, place.within(screen_of(place, placing.screens())))
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        if kept.is_maximized:
            window.showMaximized()
        if self._connects_all or (kept.is_open and kept.target.reconnect):
            window.connect_now()

    def _on_changed(self) -> None:
        window = self._known(self.sender())
        if window is not None and window.session is not None:
            self._note(window.session, window.target().url)
        self.changed.emit()

    def _note(self, session: Session, url: str) -> None:
        if session.state is not State.OPEN or session in self._noted:
            return
        self._noted.add(session)
        if self.recent.note(url):
            for window in self._colors:
                window.set_recent(self.recent.urls)
            self._tasks.spawn(self._save_recent(), name="keeping the recent URLs of the chat")

    async def _save_recent(self) -> None:
        try:
            await asyncio.to_thread(self.recent.save)
        except OSError as error:
            log.warning("The recent URLs of the chat could not be kept: %s", error)

    def _on_closing(self, closed: QWidget) -> None:
        window = self._known(closed)
        if window is None:
            return
        del self._colors[window]
        task = self._tasks.spawn(self._dispose(window), name="closing a chat window")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
        self.changed.emit()

    async def _dispose(self, window: "ChatWindow") -> None:
        try:
            await window.leave()
        finally:
            window.deleteLater()

    def _known(self, one: QObject) -> "ChatWindow | None":
        return next((window for window in self._colors if window is one), None)

    def _free_name(self) -> str:
        open_now = {name for window in self._colors for name in (window.title_name, window.target().name)}
        return free_name(open_now | {kept.target.name for kept in self._keeper.to_come})

    def _free_place(self) -> Rect:
        corners = [placing.place_of(window)[:2] for window in self._colors]
        return most_free(placing.here(), placing.NORMAL, corners)

    def _seen(self) -> "list[ChatWindow]":
        return [window for window in self._colors if window.isVisible() and not window.isMinimized()]
