"""The first line of a response: its status in code and words, where it came from, how long it took, how big it is."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from desktop import theme
from desktop.explorer.reading.status import StatusClass, rest_meaning, status_class
from desktop.explorer.sending.reply import Reply
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.icon_button import IconButton
from servers.exchange import Endpoint, Exchange, Headers
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


_ROOMY = 820  # pixels from which protocol and address fit, too


class StatusLine(QWidget):
    """A chip with icon and status, the meaning to a REST client, time and size; more behind the last button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._kind = "help-circle", StatusClass.UNKNOWN
        self._icon = QLabel(self)
        self.status = QLabel(self)
        self.meaning = ElidedLabel(self)
        self.place = QLabel(self)
        self.figures = QLabel(self)
        for label in (self.status, self.place, self.figures):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = self.status.font()
        bold.setBold(True)
        self.status.setFont(bold)
        self._chip = QFrame(self)
        self.more = IconButton("information-outline", "Details of the exchange", self)
        self.details = QMenu(self)
        self.more.clicked.connect(self._open_details)
        self._lay_out()

    def show_reply(self, reply: Reply) -> None:
        """Show how an attempt ended, or as far as it is."""
        exchange = reply.exchange
        if exchange.status:
            self._show_status(exchange)
        else:
            self._kind, self._icon_name = StatusClass.UNKNOWN, "lan-disconnect"
            self.status.setText("No response")
            self.meaning.setText("")
        self.meaning.setToolTip(self.meaning.text())
        self.place.setText(_place(exchange))
        self.figures.setText(_figures(reply))
        self._show_details(reply)
        self.setAccessibleName(f"{self.status.text()}, {self.meaning.text()}, {self.figures.text()}")
        self._recolor()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.place.setVisible(self.width() >= _ROOMY)

    def _open_details(self) -> None:
        self.details.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _show_details(self, reply: Reply) -> None:
        lines = _details(reply)
        self.details.clear()
        for line in lines:
            self.details.addAction(line.replace("&", "&&"))
        self.more.setToolTip("\n".join(lines))

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
        layout.addWidget(self.meaning, 1)
        for widget in (self.place, self.figures, self.more):
            layout.addWidget(widget)

    def _recolor(self) -> None:
        color = _color(self._kind)
        self._chip.setStyleSheet(f"#statusChip {{ border: 1px solid {color}; border-radius: 6px; }}")
        palette = self.status.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.status.setPalette(palette)
        self._icon.setPixmap(theme.icon(self._icon_name, color).pixmap(18, 18))


def _figures(reply: Reply) -> str:
    exchange = reply.exchange
    if not exchange.status:
        return _time(exchange)
    received = short_size(reply.body.size)
    if reply.decoded.size != reply.body.size:
        received += f" ({short_size(reply.decoded.size)} decoded)"
    return f"{_time(exchange)}  ·  {received}"


def _place(exchange: Exchange) -> str:
    if not exchange.status:
        return ""
    return "  ·  ".join(filter(None, (f"HTTP/{exchange.version}", _address(exchange.remote))))


def _details(reply: Reply) -> list[str]:
    exchange = reply.exchange
    lines = [f"{name}: {value}" for name, value in _facts(reply) if value]
    if exchange.status:
        lines.append(f"Headers: {_head_size(exchange.response_headers):,} bytes")
        lines.append(f"Body: {reply.body.size:,} bytes")
        if reply.decoded is not reply.body:
            lines.append(f"Body, decoded: {reply.decoded.size:,} bytes")
    return lines


def _facts(reply: Reply) -> tuple[tuple[str, str], ...]:
    exchange = reply.exchange
    return (
        ("Protocol", f"HTTP/{exchange.version}" if exchange.status else ""),
        ("Reason given", visible(exchange.reason)),
        ("Remote address", _address(exchange.remote)),
        ("Local address", _address(exchange.local)),
        ("Time", _time(exchange)),
    )


def _time(exchange: Exchange) -> str:
    return f"{exchange.duration_ns / 1e6:,.1f} ms"


def _address(end: Endpoint | None) -> str:
    if end is None:
        return ""
    host, port = end
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _head_size(headers: Headers) -> int:
    """Bytes of the header fields on the wire, each with its colon, space and line end."""
    return sum(
        len(name.encode("utf-8", "surrogateescape")) + len(value.encode("utf-8", "surrogateescape")) + 4
        for name, value in headers
    )


def short_size(size: int) -> str:
    """A number of bytes in few characters, exact while it is small."""
    if size < 100_000:
        return f"{size:,} byte{'' if size == 1 else 's'}"
    for unit in ("kB", "MB"):
        size_in_unit = size / (1_000 if unit == "kB" else 1_000_000)
        if size_in_unit < 1_000:
            return f"{size_in_unit:,.1f} {unit}"
    return f"{size / 1e9:,.2f} GB"
