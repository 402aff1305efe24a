"""Puts a selection of any length into the clipboard without holding up the window."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.widgets.page_selection import Selection
from desktop.widgets.rows import Rows

COPIED = 4 * 1024 * 1024
"""At most this many bytes are selected or copied at a time; a sentence says so."""

_STEP = 0.015  # seconds
_TOO_MUCH = f"At most {COPIED >> 20} MB are copied at a time. Save the body to have all of it."


class PageCopier(QObject):
    """Reads the selected rows step by step; ``copied`` tells how many characters are in the clipboard."""

    copied = Signal(int)
    fault = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[str] = iter(())
        self._text: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def limit(self, rows: Rows) -> int:
        """Up to which byte everything can be selected; says so if that is not all."""
        if rows.size > COPIED:
            self.fault.emit(_TOO_MUCH)
        return min(rows.size, COPIED)

    def copy(self, rows: Rows, selection: Selection) -> None:
        """Begin; a copy that has not ended is given up."""
        self.stop()
        first, last = sorted(selection)
        if last.row - first.row > COPIED:
            self.fault.emit(_TOO_MUCH)
            return
        self._text, self._pieces = [], selection.pieces(rows)
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Give up a copy that has not ended."""
        self._timer.stop()
        self._pieces, self._text = iter(()), []

    def _go_on(self) -> None:
        until = time.monotonic() + _STEP
        try:
            for piece in self._pieces:
                self._text.append(piece)
                if time.monotonic() > until:
                    return
        except OSError as error:
            self.stop()
            self.fault.emit(f"The text cannot be read: {error.strerror or error}.")
            return
        text = "".join(self._text)
        self.stop()
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(len(text))
