"""What is seen while a folder is dragged over the Site tab."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop import theme

_WORDS = "Drop the folder to serve it"


class DropSign(QWidget):
    """Covers its parent with an invitation; hidden until it is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_WORDS)
        self._covered = parent
        parent.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Cover the parent."""
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        scheme = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(scheme.window)
        veil.setAlphaF(0.93)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(scheme.accent), 2, Qt.PenStyle.DashLine))
        edge = QRectF(self.rect()).adjusted(theme.S, theme.S, -theme.S, -theme.S)
        painter.drawRoundedRect(edge, theme.S, theme.S)
        painter.setPen(QColor(scheme.text))
        painter.drawText(edge, Qt.AlignmentFlag.AlignCenter, _WORDS)


def dragged(data: QMimeData) -> list[str]:
    """The files and folders of this computer that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
