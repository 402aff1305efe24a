"""One WebSocket message in full: as text, as indented JSON, or byte by byte."""

import enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.server_panels.columns import client_text, time_text
from desktop.widgets.code_view import CodeView
from desktop.widgets.form_bar import FormBar
from desktop.widgets.hex_rows import FixedBytes, HexRows
from desktop.widgets.json_text import pretty
from desktop.widgets.message_line import MessageLine
from desktop.widgets.page_view import PageView
from desktop.widgets.record_text import close_text, text_of
from servers.exchange import Direction, Kind, Message

INDENTED = 16 * 1024
"""Characters of JSON that are indented, which must not take long."""


class Form(enum.Enum):
    """How a payload is shown; the value is the word for it."""

    TEXT = "Text"
    JSON = "Indented JSON"
    HEX = "Hexadecimal"


class MessageView(QWidget):
    """Shows a message or control frame in the form last chosen for its kind; ``copy`` takes all that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._forms = dict.fromkeys((Kind.TEXT, Kind.CLOSE), Form.TEXT)
        self._forms |= dict.fromkeys((Kind.BINARY, Kind.PING, Kind.PONG), Form.HEX)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # long, and no reason to grow
        self.form = QComboBox(self)
        self.form.addItems([form.value for form in Form])
        self.form.activated.connect(self._choose)
        self.copy = QPushButton("&Copy", self)
        self.copy.setToolTip("Copy all of the message as it is shown")
        self.copy.clicked.connect(self._copy)
        self.remark = MessageLine(parent=self)
        self.text = CodeView(self)
        self.text.setAccessibleName("The chosen message as text")
        self.page = PageView(self)
        self.page.setAccessibleName("The chosen message in hexadecimal")
        self.page.setFont(theme.mono_font())
        self._lay_out()

    def show_message(self, message: Message) -> None:
        """Show another message."""
        self._message = message
        way = "from" if message.direction is Direction.RECEIVED else "to"
        kind = message.kind.value.capitalize()
        self.heading.setText(f"{kind} {way} {client_text(message)}, {message.size:,} bytes, {time_text(message)}")
        self.heading.setToolTip(self.heading.text())
        self.form.setCurrentText(self._forms[message.kind].value)
        self._show(message, self._forms[message.kind])

    def _show(self, message: Message, form: Form) -> None:
        self.stack.setCurrentWidget(self.page if form is Form.HEX else self.text)
        remark = ""
        if form is Form.HEX:
            self.page.show_rows(HexRows(FixedBytes(message.data)), hexadecimal=True)
        elif form is Form.JSON:
            remark = self._show_json(text_of(message))
        else:
            self.text.show_text(close_text(message.data) if message.kind is Kind.CLOSE else text_of(message))
        kept = f"Only the first {len(message.data):,} of {message.size:,} bytes are kept." if message.truncated else ""
        self.remark.say(" ".join(filter(None, (kept, remark))))

    def _show_json(self, text: str) -> str:
        """Show a text indented if that can be done; returns why not."""
        if len(text) > INDENTED:
            self.text.show_text(text)
            return f"Over {INDENTED:,} characters are not indented."
        printed = pretty(text)
        self.text.show_text(printed.text, "" if printed.fault else "json")
        return printed.fault or ""

    def _choose(self, index: int) -> None:
        if self._message is not None:
            form = list(Form)[index]
            self._forms[self._message.kind] = form
            self._show(self._message, form)

    def _copy(self) -> None:
        if self.stack.currentWidget() is self.page:
            self.page.select_all()
            self.page.copy()
        else:
            QApplication.clipboard().setText(self.text.text())

    def _lay_out(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.text)
        self.stack.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(FormBar(self.heading, self.form, self.copy, self))
        layout.addWidget(self.remark)
        layout.addWidget(self.stack, 1)
