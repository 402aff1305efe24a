"""Where to connect a new chat window to: any URL, a recent one, or a server at hand."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop import theme
from desktop.chat.listing.servers import ServerAtHand, ServerList
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm

_NOTHING = "Type the URL of a WebSocket server first, for example ws://localhost:8002."


class ConnectTo(QWidget):
    """``wanted`` carries the URL for a new window, ``start_requested`` the name of a server at hand."""

    wanted = Signal(str)
    start_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.url, self.field = QComboBox(self), QLineEdit(self)
        self.button = QPushButton("Connect", self)
        self.message = MessageLine(parent=self)
        self.servers = ServerList(self)
        self._make_field()
        self._lay_out()
        self.button.clicked.connect(self._connect)
        self.field.returnPressed.connect(self._connect)
        self.url.editTextChanged.connect(self._clear_message)
        self.servers.wanted.connect(self.wanted)
        self.servers.start_requested.connect(self.start_requested)
        self._recolor()

    def show_recent(self, urls: Sequence[str]) -> None:
        """Offer these URLs, and keep what is typed."""
        if [self.url.itemText(number) for number in range(self.url.count())] == list(urls):
            return
        typed = self.url.currentText()
        self.url.clear()
        self.url.addItems(urls)
        self.url.setEditText(typed)

    def show_servers(self, servers: Sequence[ServerAtHand]) -> None:
        """Show the servers at hand."""
        self.servers.show_servers(servers)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "servers"):
            self._recolor()

    def _make_field(self) -> None:
        box = self.url
        box.setLineEdit(self.field)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setFont(theme.mono_font())
        box.setAccessibleName("URL to connect to")
        calm(box)
        self.field.setFont(theme.mono_font())
        self.field.setAccessibleName("URL to connect to")
        self.field.setPlaceholderText("ws://localhost:8002")
        self.field.setClearButtonEnabled(True)
        completer = QCompleter(box.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        box.setCompleter(completer)

    def _lay_out(self) -> None:
        label = QLabel("Connect &to", self)
        label.setBuddy(self.url)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.url, 1)
        line.addWidget(self.button)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.M)
        layout.setVerticalSpacing(theme.S)
        layout.addWidget(label, 0, 0)
        layout.addLayout(line, 0, 1)
        layout.addWidget(self.message, 1, 1)
        layout.addWidget(self.servers, 2, 1)
        layout.setColumnStretch(1, 1)

    def _connect(self) -> None:
        url = self.url.currentText().strip()
        if url:
            self.wanted.emit(url)
        else:
            self.message.say(_NOTHING, fault=True)
            self.url.setFocus()

    def _clear_message(self) -> None:
        self.message.say("")

    def _recolor(self) -> None:
        self.button.setIcon(theme.icon("lan-connect"))
