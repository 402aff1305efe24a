"""What children with a window have in common: the app's loop, how late its ticks come, when something is painted."""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.event_loop import new_event_loop
from tests.benchmarks.child import settings

if TYPE_CHECKING:
    from desktop.app import Application
    from desktop.explorer.page import ExplorerPage

_START_WITHIN = 60.0

TICK = 5
"""Milliseconds."""


def on_the_loop(life: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run something on the app's loop in a process of its own."""
    app = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=partial(new_event_loop, app)) as runner:
        runner.run(life())


class InApp(NamedTuple):
    """The whole application, and its explorer in front."""

    app: "Application"
    explorer: "ExplorerPage"


def in_app(folder: Path, life: Callable[[InApp], Awaitable[None]]) -> None:
    """Run something in the whole application, its explorer in front and its servers stopped; ends the process."""
    from desktop.app import Application
    from desktop.main_window import EXPLORER
    from desktop.settings import SettingsFile
    from tests.conftest import until

    async def begin() -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        app = Application(qt, SettingsFile(folder), settings(), folder)
        app.tasks.spawn(app.live(), name="live")
        async with asyncio.timeout(_START_WITHIN):
            await until(lambda: app.workbench is not None)
            assert app.explorer is not None
            await until(app.explorer.collections.folders)
        app.window.show_page(EXPLORER)
        await asyncio.sleep(0.5)  # what is there at the start has been read and painted
        await life(InApp(app, app.explorer))
        os._exit(0)

    on_the_loop(begin)


class Lateness(QObject):
    """Ticks in Qt's loop; ``values`` are the milliseconds by which each came late since the last ``begin``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: list[float] = []
        self.busy: list[float] = []
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        """Forget what was until now."""
        self.values.clear()
        self.busy.clear()
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def worst(self) -> tuple[float, float]:
        """The latest tick, and how much of the time before it this thread itself has worked; both in milliseconds."""
        self._tick()
        return max(zip(self.values, self.busy, strict=True))

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.values.append(max(0.0, (now - self._last) * 1000 - TICK))
        self.busy.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked


class Painted(QObject):
    """``at`` is when one of some widgets was first painted while ``condition`` held, since the last ``begin``."""

    def __init__(self, widgets: list[QWidget], condition: Callable[[QWidget], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.at: float | None = None
        self._condition = condition
        for widget in widgets:
            widget.installEventFilter(self)

    def begin(self) -> None:
        """Wait for the next time."""
        self.at = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        wanted = event.type() == QEvent.Type.Paint and self.at is None and isinstance(watched, QWidget)
        if wanted and isinstance(watched, QWidget) and self._condition(watched):
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = self.at or time.perf_counter()
