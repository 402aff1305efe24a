"""The first line of a response: its status in code and words, how long it took, how big it is."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.explorer.status import StatusClass, rest_meaning, status_class
from servers.exchange import Exchange
from servers.logs import visible
from servers.status import official_reason

_ICONS = {
    StatusClass.INFORMATION: "information",
    StatusClass.SUCCESS: "check-circle",
    StatusClass.REDIRECTION: "arrow-right-circle",
    StatusClass.CLIENT_ERROR: "alert",
    StatusClass.SERVER_ERROR: "close-circle",
    StatusClass.UNKNOWN: "help-circle",
}


def _color(kind: StatusClass) -> str:
    scheme = theme.colors()
    return {
        StatusClass.INFORMATION: scheme.stopped,
        StatusClass.SUCCESS: scheme.running,
        StatusClass.REDIRECTION: scheme.accent,
        StatusClass.CLIENT_ERROR: scheme.changing,
        StatusClass.SERVER_ERROR: scheme.failed,
        StatusClass.UNKNOWN: scheme.failed,
    }[kind]


class StatusLine(QWidget):
    """A chip with icon and status, the meaning to a REST client, time in ms and size in bytes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._kind = "help-circle", StatusClass.UNKNOWN
        self._icon = QLabel(self)
        self.status = QLabel(self)
        self.meaning = QLabel(self)
        self.figures = QLabel(self)
        for label in (self.status, self.meaning, self.figures):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = self.status.font()
        bold.setBold(True)
        self.status.setFont(bold)
        self._chip = QFrame(self)
        self._lay_out()

    def show_exchange(self, exchange: Exchange, decoded_size: int) -> None:
        """Show how an attempt ended; ``decoded_size`` is the body's size in bytes without content codings."""
        if exchange.status:
            self._show_status(exchange)
        else:
            self._kind, self._icon_name = StatusClass.UNKNOWN, "lan-disconnect"
            self.status.setText("No response")
            self.meaning.setText("")
        self.figures.setText(_figures(exchange, decoded_size))
        self.setAccessibleName(f"{self.status.text()}, {self.meaning.text()}, {self.figures.text()}")
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_chip"):
            self._recolor()

    def _show_status(self, exchange: Exchange) -> None:
        status, reason = exchange.status, official_reason(exchange.status)
        self._kind = status_class(status)
        self._icon_name = _ICONS[self._kind]
        self.status.setText(f"{status} {reason}".rstrip())
        meaning = f"{self._kind.value}: {rest_meaning(status)}"
        if exchange.reason and exchange.reason != reason:
            meaning += f" (the server calls it “{visible(exchange.reason)}”)"
        self.meaning.setText(meaning)

    def _lay_out(self) -> None:
        self._chip.setObjectName("statusChip")
        chip = QHBoxLayout(self._chip)
        chip.setContentsMargins(theme.S, theme.XS, theme.M, theme.XS)
        chip.setSpacing(theme.S)
        chip.addWidget(self._icon)
        chip.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(self._chip)
        layout.addWidget(self.meaning)
        layout.addStretch()
        layout.addWidget(self.figures)

    def _recolor(self) -> None:
        color = _color(self._kind)
        self._chip.setStyleSheet(f"#statusChip {{ border: 1px solid {color}; border-radius: 6px; }}")
        palette = self.status.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.status.setPalette(palette)
        self._icon.setPixmap(theme.icon(self._icon_name, color).pixmap(18, 18))


def _figures(exchange: Exchange, decoded_size: int) -> str:
    size = f"{exchange.response_size:,} bytes"
    if decoded_size != exchange.response_size:
        size += f" ({decoded_size:,} decoded)"
    time = f"{exchange.duration_ns / 1e6:,.1f} ms"
    return f"{time}  ·  {size}" if exchange.status else time
