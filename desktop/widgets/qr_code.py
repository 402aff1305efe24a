"""Shows a text as a QR code, for the camera of a phone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

MODULE = 4
"""Device-independent pixels of one dark or light square, at most."""

QUIET = 4
"""Light modules around the code, without which readers do not find it (ISO/IEC 18004, section 6.3.8)."""


class QrCode(QWidget):
    """Dark on white in every scheme, as readers need it; hidden without a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show this text, an empty one by nothing. Raises ValueError for more than a QR code can hold, about 2 KB."""
        if text == self._text:
            return
        self._image = _image_of(text) if text else QImage()
        self._text = text
        self.setAccessibleName(f"QR code of {text}")
        self.setToolTip(text)
        self.updateGeometry()
        self.update()
        self.setVisible(bool(text))

    def text(self) -> str:
        """The text that is shown."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._image.size() * MODULE

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        scale = painter.deviceTransform().m11()
        side = self._image.width() * max(1, int(MODULE * scale)) / scale  # whole pixels of the screen for each module
        painter.drawImage(QRectF(0, 0, side, side), self._image)


def _image_of(text: str) -> QImage:
    """The code with its quiet zone, one pixel a module."""
    import segno

    rows = [bytes(0 if dark else 255 for dark in row) for row in segno.make_qr(text).matrix_iter(border=QUIET)]
    return QImage(b"".join(rows), len(rows), len(rows), len(rows), QImage.Format.Format_Grayscale8).copy()
