"""All chat windows: makes them, names and places them, and closes them without leaving a connection or a task."""

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop import shortcuts
from desktop.chat.window import ChatWindow
from desktop.tasks import Report, TaskSet
from servers.recorder import Recorder

NAMES = (
    "Ann",
    "Ben",
    "Cleo",
    "Dan",
    "Eva",
    "Finn",
    "Gwen",
    "Hugo",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Ned",
    "Olga",
    "Pia",
)
"""The names that windows get, in this order; then numbered."""

CLOSE_LIMIT = 2.0
"""Seconds within which all windows are gone; what still has a connection then is cut."""

_WIDTH, _HEIGHT, _STEP, _MARGIN = 600, 640, 36, 40


class ChatWindows(QObject):
    """The open chat windows. ``changed`` tells of a window more or less, or of a new state of one.

    They trust the certificate at ``authority``, too, if it is there.
    """

    changed = Signal()

    def __init__(
        self,
        default_url: Callable[[], str],
        recorder: Recorder,
        report: Report,
        parent: QObject | None = None,
        authority: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.open: list[ChatWindow] = []
        self._default_url = default_url
        self._recorder = recorder
        self._report = report
        self._authority = authority
        self._tasks = TaskSet(report)
        self._leaving: set[asyncio.Task[None]] = set()
        self._made = 0

    def new_window(self) -> ChatWindow:
        """Open a window, connected to the default URL under a name of its own, beside those that are open."""
        return self._new(self._cascaded())

    def open_pair(self) -> tuple[ChatWindow, ChatWindow]:
        """Open two windows side by side."""
        area = _area()
        width, height = min(_WIDTH, area.width() // 2 - _STEP // 2), min(_HEIGHT, area.height() - _MARGIN)
        left = area.left() + (area.width() - 2 * width) // 3
        top = area.top() + min(_MARGIN, (area.height() - height) // 2)
        first = self._new(QRect(left, top, width, height))
        return first, self._new(QRect(area.right() - width - (left - area.left()), top, width, height))

    async def close(self) -> None:
        """Close every window and connection (1001); no task is left after CLOSE_LIMIT."""
        for window in list(self.open):
            window.close()
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=CLOSE_LIMIT)
        await self._tasks.close()

    def _new(self, place: QRect) -> ChatWindow:
        window = ChatWindow(self._default_url(), self._free_name(), self._recorder, self._report, self._authority)
        window.changed.connect(self.changed)
        window.closing.connect(self._on_closing)
        QShortcut(QKeySequence(shortcuts.NEW_CHAT_WINDOW), window).activated.connect(self.new_window)
        self.open.append(window)
        self._made += 1
        window.setGeometry(place)
        window.show()
        window.connect_now()
        self.changed.emit()
        return window

    def _on_closing(self, window: QWidget) -> None:
        if not isinstance(window, ChatWindow) or window not in self.open:
            return
        self.open.remove(window)
        task = self._tasks.spawn(self._dispose(window), name="closing a chat window")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
        self.changed.emit()

    async def _dispose(self, window: ChatWindow) -> None:
        try:
            await window.leave()
        finally:
            window.deleteLater()

    def _free_name(self) -> str:
        taken = {window.name.text() for window in self.open}
        numbered = (f"{name} {number}" for number in itertools.count(2) for name in NAMES)
        return next(name for name in itertools.chain(NAMES, numbered) if name not in taken)

    def _cascaded(self) -> QRect:
        area = _area()
        width, height = min(_WIDTH, area.width()), min(_HEIGHT, area.height())
        columns = max(1, (area.width() - width - _MARGIN) // _STEP)
        rows = max(1, (area.height() - height - _MARGIN) // _STEP)
        place = self._made
        x, y = area.left() + _MARGIN + place % columns * _STEP, area.top() + _MARGIN + place % rows * _STEP
        return QRect(min(x, area.right() - width + 1), min(y, area.bottom() - height + 1), width, height)


def _area() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()
