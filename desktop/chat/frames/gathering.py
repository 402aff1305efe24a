"""Gathers the frames of a connection, whether somebody looks at them or not."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.chat.frames.wire import WireFrame
from desktop.widgets.newest import Newest

MOST = 20_000
"""Frames that are kept."""

MAX_BYTES = 16 * 1024 * 1024
"""Memory that they may take, about."""

_FLUSH = 80  # milliseconds


class FrameGathering(QObject):
    """Keeps the newest frames, ``rows``, oldest first. ``grown`` tells how many have come, some moments together."""

    grown = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._new: list[WireFrame] = []
        self._kept: Newest[WireFrame] = Newest(MOST, MAX_BYTES)
        self._passed = 0
        self._timer = QTimer(self, singleShot=True, interval=_FLUSH)
        self._timer.timeout.connect(self.flush)

    @property
    def rows(self) -> list[WireFrame]:
        """The frames that are kept."""
        return self._kept.rows

    @property
    def gone(self) -> int:
        """How many older ones are kept no more."""
        return self._passed - len(self._kept.rows)

    def add(self, frame: WireFrame) -> None:
        """Take a frame; it counts with the others of its moment."""
        if not self._new:
            self._timer.start()
        self._new.append(frame)

    def flush(self) -> None:
        """Let those count that have just come."""
        if not self._new:
            return
        added, self._new = self._new, []
        self._kept.extend(added)
        self._passed += len(added)
        self.grown.emit(len(added))

    def clear(self) -> None:
        """Forget all frames."""
        self._new.clear()
        self._kept.clear()
        self._passed = 0
