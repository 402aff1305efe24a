"""Keeps the chat windows on the disk while they are open, so that a crash loses little."""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.chat import placing
from desktop.chat.keeping.windows_file import KeptWindow, WindowsFile
from desktop.tasks import TaskSet

if TYPE_CHECKING:
    from desktop.chat.window import ChatWindow

log = logging.getLogger("portside.chat")

INTERVAL = 3.0
"""Seconds between two looks at what has changed."""


class WindowKeeper:
    """Looks at ``windows``, which it gets with their colours, from time to time, and writes their file after a change.

    The windows are looked at one by one, with room for other work between them. ``to_come`` are those of the last time
    that have not been opened again; they are kept like the others.
    """

    def __init__(self, folder: Path, windows: "Mapping[ChatWindow, int]", tasks: TaskSet) -> None:
        self._file = WindowsFile(folder)
        self._windows = windows
        self._tasks = tasks
        self._written = self._file.load()
        self._has_failed = False
        self._watcher: asyncio.Task[None] | None = None
        self.to_come = list(self._written)

    def watch(self) -> None:
        """Begin to look, unless it does so already; it ends by itself when no window is left."""
        if self._watcher is None or self._watcher.done():
            self._watcher = self._tasks.spawn(self._watch(), name="keeping the chat windows")

    def save_now(self) -> None:
        """Write how everything is, for the last time: the program ends. Raises OSError."""
        try:
            self._file.save([*map(self._kept, self._windows), *self.to_come])
        finally:
            self._file.end()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(INTERVAL)
            found = await self._look()
            if found != self._written:
                await self._write(found)
            if not found and not self._windows:
                return

    async def _look(self) -> list[KeptWindow]:
        found: list[KeptWindow] = []
        for window in tuple(self._windows):
            await asyncio.sleep(0)
            if window in self._windows:
                found.append(self._kept(window))
        return found + self.to_come

    async def _write(self, found: list[KeptWindow]) -> None:
        try:
            await asyncio.to_thread(self._file.save, found)
        except OSError as error:  # it is tried again; a log that says so every time helps nobody
            if not self._has_failed:
                log.warning("The chat windows could not be kept for the next start: %s", error)
            self._has_failed = True
        else:
            self._written, self._has_failed = found, False

    def _kept(self, window: "ChatWindow") -> KeptWindow:
        return KeptWindow(
            window.kept(),
            placing.place_of(window),
            self._windows[window],
            window.isMaximized(),
            window.is_open,
        )
