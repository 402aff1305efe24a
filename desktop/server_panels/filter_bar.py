"""What narrows a traffic table: a text, the kinds of messages, and one client."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop import theme
from desktop.server_panels.columns import client_text
from desktop.server_panels.record_filter import KINDS, RecordFilter
from desktop.widgets.message_line import MessageLine
from desktop.widgets.ring_table import Column
from servers.exchange import Exchange, Record

WIDTH = 220


class FilterBar(QWidget):
    """Emits ``changed`` with a RecordFilter, or None where it would accept all.

    ``line`` says which client is shown, with the way back to all of them; it is hidden while all are.
    """

    changed = Signal(object)

    def __init__(self, columns: tuple[Column[Record], ...], parent: QWidget, *, kinds: bool) -> None:
        super().__init__(parent)
        self._columns = columns
        self._client: Exchange | None = None
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("Filter")
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName("Show only rows that contain this text")
        self.text.setMaximumWidth(WIDTH)
        self.text.textChanged.connect(self._tell)
        self.kinds = QComboBox(self)
        self.kinds.addItems(list(KINDS))
        self.kinds.setAccessibleName("Kinds that are shown")
        self.kinds.setVisible(kinds)
        self.kinds.currentIndexChanged.connect(self._tell)
        self.show_all = QPushButton("Show all clients", self)
        self.show_all.clicked.connect(self.release)
        self.line = MessageLine((self.show_all,), parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.kinds)
        layout.addWidget(self.text)

    @property
    def client(self) -> Exchange | None:
        """The handshake of the one client that is shown."""
        return self._client

    def show_only(self, client: Exchange) -> None:
        """Show what went over the connection that this handshake opened."""
        self._client = client
        self.line.say(f"Only {client_text(client)} is shown.", buttons=(self.show_all,))
        self._tell()

    def release(self) -> None:
        """Show all clients."""
        self._client = None
        self.line.say("")
        self._tell()

    def _tell(self) -> None:
        made = RecordFilter(self._columns, self.text.text(), KINDS[self.kinds.currentText()], self._client)
        self.changed.emit(None if made.accepts_all else made)
