"""The handshake of a connection in a window of its own: request, response, what they mean, why it failed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.empty_state import Hint
from desktop.widgets.handshake_view import HandshakeView
from desktop.widgets.message_line import MessageLine
from desktop.widgets.record_text import on_the_wire
from servers.exchange import Exchange
from servers.handshakes.masking import masked
from servers.logs import visible

_NOT_SENT = "No request was sent, so there is nothing to see of a handshake."
_SIDE_BY_SIDE = 600
"""Pixels of width from which the words and the wire stand side by side."""


class HandshakeDialog(QDialog):
    """Not modal: it stays beside the chat. Secrets are masked until their user wants to see them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exchange: Exchange | None = None
        self.setWindowTitle("Handshake")
        self.failure = MessageLine(parent=self)
        self.view = HandshakeView(self)
        self.nothing = Hint(_NOT_SENT, self)
        self.secrets = QCheckBox("&Show secrets", self)
        self.copy = QPushButton("&Copy", self)
        self.done_button = QPushButton("Close", self)
        self._lay_out()
        self.secrets.toggled.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.done_button.clicked.connect(self.close)

    def show_handshake(self, exchange: Exchange | None, failure: str = "") -> None:
        """Show a handshake with secrets masked; of a failed attempt with the sentence that says why."""
        self._exchange = exchange
        self.failure.say(visible(failure), fault=True)
        self.secrets.setChecked(False)
        self.secrets.setVisible(exchange is not None and masked(exchange) != exchange)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        direction = Qt.Orientation
        self.view.setOrientation(direction.Horizontal if event.size().width() >= _SIDE_BY_SIDE else direction.Vertical)

    def _show(self) -> None:
        exchange = self._sent()
        self.view.setVisible(exchange is not None)
        self.nothing.setVisible(exchange is None)
        if exchange is not None:
            self.view.show_handshake(exchange)

    def _sent(self) -> Exchange | None:
        """The exchange as it is shown; None where no request was sent."""
        if self._exchange is None or not self._exchange.request_headers:
            return None
        return self._exchange if self.secrets.isChecked() else masked(self._exchange)

    def _copy(self) -> None:
        exchange = self._sent()
        wire = on_the_wire(exchange) if exchange is not None else ""
        QGuiApplication.clipboard().setText("\n\n".join(filter(None, (self.failure.text(), wire))))

    def _lay_out(self) -> None:
        self.copy.setToolTip("Copy request and response as they are shown")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.secrets)
        buttons.addStretch()
        for button in (self.copy, self.done_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addWidget(self.failure)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nothing, 1)
        layout.addLayout(buttons)
        self.resize(theme.XL * 36, theme.XL * 20)
