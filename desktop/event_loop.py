"""The event loop of the desktop: qasync's, with asyncio's own selector core run in batches by Qt."""

import asyncio
import inspect
import math
import os
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any

from PySide6.QtCore import QCoreApplication, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

os.environ["QT_API"] = "pyside6"  # qasync obeys this, and users may have set it to a binding they lack
import qasync

EXECUTOR_THREADS = 4
PASS = 0.002
"""Seconds that a pass should last: requests that arrive together must not keep Qt from painting until the last."""

LARGEST = 256
"""Callbacks in one pass, however short they are."""

LONGEST_WAIT = 24 * 3600.0  # seconds; a QTimer counts milliseconds in 31 bits


class _PollingSelector(selectors.DefaultSelector):
    """The platform's selector, which never blocks: waiting is Qt's part. While it is ``shut``, it sees nothing."""

    shut = False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return [] if self.shut else super().select(0)


def _asyncio_methods() -> dict[str, Any]:
    """Every method of asyncio's selector loop that qasync's loop replaces, as asyncio has it."""
    lineage = qasync.QSelectorEventLoop.__mro__
    replaced = {name for cls in lineage[: lineage.index(asyncio.SelectorEventLoop)] for name in vars(cls)}
    originals = {name: getattr(asyncio.SelectorEventLoop, name, None) for name in replaced}
    return {name: method for name, method in originals.items() if inspect.isfunction(method)}


_QtLoopOnAsyncioCore: Any = type("_QtLoopOnAsyncioCore", (qasync.QSelectorEventLoop,), _asyncio_methods())


class _Ready(deque[asyncio.Handle]):
    """The callbacks that are ready. A turn of asyncio's loop counts them, then takes as many; of those that have no
    time left before ``until`` it gets ``nothing`` instead, and they stay.
    """

    counted = ran = 0
    until = math.inf

    def __init__(self, nothing: asyncio.Handle) -> None:
        super().__init__()
        self._nothing = nothing

    def __len__(self) -> int:
        self.counted = super().__len__()
        return min(self.counted, LARGEST)

    def popleft(self) -> asyncio.Handle:
        if self.ran and time.monotonic() >= self.until:
            return self._nothing
        self.ran += 1
        return super().popleft()


class BatchedEventLoop(_QtLoopOnAsyncioCore):  # type: ignore[misc] # qasync ships no types
    """asyncio's selector loop, run by Qt in passes.

    Qt waits on the selector's one descriptor and on one timer. Each time either of them wakes it, one pass of
    asyncio runs a batch of what is ready without blocking, and Qt goes on with its own events. The loop counts as
    running, in Qt's slots too, for as long as the `exec` of `app` lasts; `QApplication.quit` ends it as well.

    While a callback runs a nested QEventLoop (a native dialog, a drag) no pass starts: asyncio goes on when
    the callback returns. Nested loops that Qt starts between passes delay nothing.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(_PollingSelector())
        nothing = asyncio.Handle(bool, (), self)
        nothing.cancel()
        self._ready = _Ready(nothing)
        self._unrun = 0  # callbacks of the last look at the sockets that have not run yet
        self._app = app
        self._in_pass = False
        self._due: float | None = None  # loop time for which the timer is set, None while it is not
        self._failure: BaseException | None = None
        # Without parents: this loop alone owns them, and both are inert whenever it does not run.
        self._timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._notifier = QSocketNotifier(self._selector.fileno(), QSocketNotifier.Type.Read)
        self._notifier.setEnabled(False)
        self._notifier.activated.connect(self._on_readable)

    def _call_soon(
        self, callback: Callable[..., object], args: tuple[Any, ...], context: Context | None
    ) -> asyncio.Handle:
        handle: asyncio.Handle = super()._call_soon(callback, args, context)
        if not self._in_pass:
            self._wake()
        return handle

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle: asyncio.TimerHandle = super().call_at(when, callback, *args, context=context)
        self._wake()
        return handle

    def stop(self) -> None:
        super().stop()
        self._wake()

    def _run_once(self) -> None:
        """Be the only turn of asyncio's `run_forever`: Qt's loop, inside which the passes run."""
        self._notifier.setEnabled(True)
        self._wake()
        try:
            self._app.exec()
        finally:
            self._disarm()
            self._stopping = True  # also when the application was quit
        failure, self._failure = self._failure, None
        if failure is not None:
            try:
                raise failure
            finally:
                del failure  # its traceback holds this frame

    def _wake(self) -> None:
        """Have the timer fire when the next callback is due; a pass does so itself when it ends."""
        if self._in_pass or threading.get_ident() != self._thread_id:
            return
        due = None
        if self._ready or self._stopping:
            due = -math.inf
        elif self._scheduled:
            due = self._scheduled[0].when()
        if due != self._due:
            self._due = due
            self._set_timer(due)

    def _set_timer(self, due: float | None) -> None:
        if due is None:
            self._timer.stop()
        else:
            wait = min(max(0, due - self.time()), LONGEST_WAIT)
            self._timer.start(math.ceil(wait * 1000))  # rounded down it would fire too early, and spin

    def _disarm(self) -> None:
        self._notifier.setEnabled(False)
        self._timer.stop()
        self._due = None

    def _on_timeout(self) -> None:
        self._due = None
        self._run_pass()

    def _on_readable(self) -> None:
        if self._in_pass:  # inside a nested loop the descriptor would stay readable and keep Qt busy
            self._notifier.setEnabled(False)
        self._run_pass()

    def _run_pass(self) -> None:
        if self._in_pass:
            return
        self._in_pass = True
        # A descriptor stays readable until its callback has run: looked at before, it would be given another one.
        shut = self._selector.shut = self._unrun > 0
        ready = self._ready
        ready.ran, ready.until = 0, time.monotonic() + PASS
        try:
            super()._run_once()
        except BaseException as failure:  # noqa: BLE001 - raised again when Qt's loop has ended
            self._failure = failure
        finally:
            self._unrun = max(0, (self._unrun if shut else ready.counted) - ready.ran)
            self._in_pass = False
        if self._stopping or self._failure is not None:
            self._disarm()
            self._app.exit()
        else:
            self._notifier.setEnabled(True)
            self._wake()


def new_event_loop(
    app: QApplication | None = None, executor: ThreadPoolExecutor | None = None
) -> asyncio.AbstractEventLoop:
    """Make the loop for `app` (the existing application if None), for `asyncio.Runner(loop_factory=...)`.

    Blocking work goes to `executor`; without one the loop makes a pool of EXECUTOR_THREADS of its own.

    The environment variable PORTSIDE_EVENT_LOOP selects `batched` or `qasync`; unset, it is batched wherever
    the platform's selector is one descriptor, and qasync's own elsewhere (Windows). Raises ValueError for
    another value, RuntimeError when there is no application.
    """
    choice = os.environ.get("PORTSIDE_EVENT_LOOP") or "batched"
    if choice not in ("batched", "qasync"):
        raise ValueError(f"PORTSIDE_EVENT_LOOP is {choice!r}: it must be 'batched' or 'qasync'.")
    application = app or QApplication.instance()
    if application is None:
        raise RuntimeError("The event loop needs a QApplication: create one first.")
    batched = choice == "batched" and hasattr(selectors.DefaultSelector, "fileno")
    loop: asyncio.AbstractEventLoop = (BatchedEventLoop if batched else qasync.QEventLoop)(application)
    loop.set_default_executor(executor or ThreadPoolExecutor(EXECUTOR_THREADS, thread_name_prefix="portside"))
    return loop
