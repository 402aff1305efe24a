"""Collects cyclic garbage at calm intervals: Python's own rule does so in the middle of every flood of new objects."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 30_000

FLOOD = 500
"""Collections of younger objects after which Python begins a whole one all the same: else short-lived connections, some
10 kB of garbage each, could fill the memory until the next interval."""


class GarbageCollector(QObject):
    """Takes most collections of old objects over from Python until its ``end``; young ones stay Python's part.

    A whole collection takes tens of milliseconds once there are thousands of connections, and Python begins one
    whenever their number has grown by a quarter. What there is when this is made lives as long as the program, and need
    not be looked at again.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], FLOOD)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(gc.collect)
        self._timer.start()

    def end(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.set_threshold(*self._before)
