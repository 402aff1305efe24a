"""Long work on the window's own thread, in slices so short that nobody notices."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SLICE = 0.004
"""Seconds that a slice lasts unless said otherwise; painting and typing come in between."""


class Stepper(QObject):
    """Runs one generator at a time; each of its steps should take about a millisecond at most."""

    def __init__(self, parent: QObject, seconds: float = SLICE) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there is work left."""
        return self._timer.isActive()

    def start(self, steps: Iterator[None]) -> None:
        """Begin another piece of work with its first slice; what was under way is given up."""
        self.start_later(steps)
        self._go_on()

    def start_later(self, steps: Iterator[None]) -> None:
        """Begin another piece of work when the window has nothing else to do."""
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """Give up what is under way."""
        self._timer.stop()
        self._steps = iter(())

    def _go_on(self) -> None:
        steps = self._steps
        until = perf_counter() + self._seconds
        while perf_counter() < until:
            if next(steps, self) is self:
                if steps is self._steps:
                    self._timer.stop()
                return
            if steps is not self._steps:
                return
