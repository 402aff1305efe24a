"""The row that sends pings with data of the user's choice, and shows how long the last one took."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.outgoing import Form
from desktop.chat.session import PING_LIMIT
from desktop.widgets.figures import latency_text
from desktop.widgets.hex_bytes import typed_bytes
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm

_FORMS = (Form.TEXT, Form.HEX)


class PingRow(QWidget):
    """``chosen`` has the data of a ping that can be sent (RFC 6455, section 5.5.2)."""

    chosen = Signal(bytes)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._connected = False
        self.data = QLineEdit(self, placeholderText="optional")
        self.form = QComboBox(self)
        self.button = QPushButton("&Ping", self)
        self.latency = QLabel(self)
        self.about = MessageLine(parent=self)
        self._lay_out()
        self.data.textChanged.connect(self._explain)
        self.form.currentIndexChanged.connect(self._change_form)
        self.data.returnPressed.connect(self._choose)
        self.button.clicked.connect(self._choose)
        self.show_latency(None)
        self.set_connected(False)

    def set_connected(self, connected: bool) -> None:
        """Whether a ping can be sent now."""
        self._connected = connected
        self.button.setEnabled(connected)
        self.button.setToolTip("" if connected else "Connect first: pings are sent over a connection.")
        self.button.setAccessibleDescription(self.button.toolTip())

    def show_latency(self, seconds: float | None) -> None:
        """Show how long the last ping took to its pong; None before the first."""
        words = "no pong yet" if seconds is None else latency_text(seconds)
        self.latency.setText(words)
        self.latency.setAccessibleName(f"Last round trip: {words}")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self._recolor()

    def _change_form(self) -> None:
        self.data.setFont(theme.mono_font() if self._form is Form.HEX else self.font())
        self.data.setPlaceholderText("optional, such as 01 FF" if self._form is Form.HEX else "optional")
        self._explain()

    @property
    def _form(self) -> Form:
        return _FORMS[self.form.currentIndex()]

    def _bytes(self, *, goes_on: bool = False) -> bytes:
        """The data that is typed, so far if it ``goes_on``. Raises ValueError with a sentence where it is none."""
        text = self.data.text()
        data = typed_bytes(text, goes_on=goes_on) if self._form is Form.HEX else text.encode()
        if len(data) > PING_LIMIT:
            raise ValueError(f"The data has {len(data):,} bytes; a ping may have {PING_LIMIT} at most.")
        return data

    def _explain(self) -> None:
        """Say why what is typed so far cannot be sent."""
        try:
            self._bytes(goes_on=True)
        except ValueError as error:
            self.about.say(str(error), fault=True)
        else:
            self.about.say("")

    def _choose(self) -> None:
        try:
            data = self._bytes()
        except ValueError as error:
            self.about.say(str(error), fault=True)
        else:
            if self._connected:
                self.chosen.emit(data)

    def _lay_out(self) -> None:
        label = QLabel("Pin&g data", self)
        label.setBuddy(self.data)
        for form in _FORMS:
            self.form.addItem(form.value)
        self.form.setAccessibleName("How the data of the ping is typed")
        calm(self.form)
        self.latency.setTextFormat(Qt.TextFormat.PlainText)
        self.latency.setToolTip("From the last ping to its pong")
        self.latency.setMinimumWidth(self.fontMetrics().horizontalAdvance("no pong yet"))
        self.about.setMinimumWidth(1)  # a long word in it must not widen the window
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(label)
        row.addWidget(self.data, 1)
        for widget in (self.form, self.button, self.latency):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(row)
        layout.addWidget(self.about)
        self._recolor()

    def _recolor(self) -> None:
        self.button.setIcon(theme.icon("swap-horizontal"))
