"""Text that is shown while it arrives."""

import codecs

from PySide6.QtCore import QObject, QTimer

from desktop.explorer.reading.content import readable
from desktop.explorer.reading.rendering import SHOWN
from desktop.explorer.sending.blob import Blob
from desktop.widgets.code_view import CodeView

_PIECE = 16 * 1024


class LiveText(QObject):
    """Adds to a CodeView what has come of a blob, a piece at a time; ``growths`` counts how often more had come."""

    def __init__(self, view: CodeView, blob: Blob, charset: str, parent: QObject) -> None:
        super().__init__(parent)
        self.growths = 0
        self._blob = blob
        self._view = view
        self._read = 0
        self._decoder = codecs.getincrementaldecoder(charset)("backslashreplace")
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_on)
        view.show_text("")

    @property
    def is_whole(self) -> bool:
        """Whether all that has come is shown."""
        return self._read == self._blob.size

    def grow(self) -> None:
        """Show what has come by now, as far as there is room for it."""
        self.growths += not self.is_whole
        self._read_on()

    def stop(self) -> None:
        """Add nothing more."""
        self._timer.stop()
        self.deleteLater()

    def _read_on(self) -> None:
        data = self._blob.read(self._read, min(_PIECE, SHOWN - self._read))
        if data:
            text = self._decoder.decode(data)
            self._view.add_text(readable(text if self._read else text.removeprefix("\ufeff")))
            self._read += len(data)
            self._timer.start()
        else:
            self._timer.stop()
