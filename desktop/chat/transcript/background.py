"""Work off the window's thread for widgets that have no tasks of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
_LOOK = 10  # milliseconds from one look at whether it is done to the next
_THREADS = 2


class Background(QObject):
    """Runs one piece of work at a time in a thread, and hands its result on in the window's own.

    The result of what was begun before is dropped. An OSError goes to ``failed``, any other error is raised.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Future[Any] | None = None
        self._done: Callable[[Any], None] = _ignore
        self._failed: Callable[[OSError], None] = _ignore
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether there is work under way."""
        return self._job is not None

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[OSError], None] | None = None
    ) -> None:
        """Do ``work`` in a thread, then ``done`` with its result in this one."""
        self.stop()
        self._job, self._done, self._failed = _threads().submit(work), done, failed or _ignore
        self._timer.start()

    def stop(self) -> None:
        """Give up what is under way; a thread goes on to the end of its work, but nobody hears of it."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _look(self) -> None:
        job = self._job
        if job is None or not job.done():
            return
        self.stop()
        error = job.exception()
        if isinstance(error, OSError):
            self._failed(error)
        else:
            self._done(job.result())


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="transcript")


def _ignore(_: object) -> None:
    """Nobody waits for it."""
