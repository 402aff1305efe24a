"""The chosen record in full, below the table: an exchange as text, a message or a handshake in a view of its own."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.server_panels.message_view import MessageView
from desktop.widgets.code_view import CodeView
from desktop.widgets.empty_state import Hint
from desktop.widgets.handshake_view import HandshakeView
from desktop.widgets.record_text import describe
from servers.exchange import Exchange, Record

_NOTHING = "Choose a row to see it in full."


class ExchangeView(CodeView):
    """Requests with their responses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The chosen record in full")
        self.setPlaceholderText(_NOTHING)

    def show_record(self, record: Record | None) -> None:
        """Show another record, or none."""
        self.show_text(describe(record) if isinstance(record, Exchange) else "")


class SocketView(QStackedWidget):
    """Handshakes, messages and control frames of WebSockets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nothing = Hint(_NOTHING, self)
        self.handshake = HandshakeView(self)
        self.message = MessageView(self)
        for widget in (self.nothing, self.handshake, self.message):
            self.addWidget(widget)

    def show_record(self, record: Record | None) -> None:
        """Show another record, or none."""
        if record is None:
            self.setCurrentWidget(self.nothing)
        elif isinstance(record, Exchange):
            self.handshake.show_handshake(record)
            self.setCurrentWidget(self.handshake)
        else:
            self.message.show_message(record)
            self.setCurrentWidget(self.message)
