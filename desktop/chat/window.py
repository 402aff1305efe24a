"""One chat window: a WebSocket client with its address, transcript and message box."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.chat.session import SendFailed, Session, State
from desktop.chat.state_line import StateLine, state_words
from desktop.chat.transcript.view import Transcript
from desktop.tasks import Report, TaskSet
from desktop.widgets.close_row import CloseRow
from desktop.widgets.composer import Composer
from servers.chat_protocol import NAME_LIMIT
from servers.close_codes import CLIENT_CODES
from servers.recorder import Recorder


class ChatWindow(QWidget):
    """A top-level window with one connection at a time.

    ``changed`` tells of a new state, ``closing`` that the window was closed: whoever made it then awaits ``leave``.
    The certificate at ``authority`` is trusted, too, if it is there.
    """

    changed = Signal()
    closing = Signal(QWidget)

    def __init__(self, url: str, name: str, recorder: Recorder, report: Report, authority: Path | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.session: Session | None = None
        self._recorder = recorder
        self._authority = authority
        self._tasks = TaskSet(report)
        self._sending = False
        self.url = QLineEdit(url, self, placeholderText="ws://localhost:8002")
        self.name = QLineEdit(name, self, maxLength=NAME_LIMIT)
        self.connect_button = QPushButton("Connect", self)
        self.close_options = QToolButton(self)
        self.state_line = StateLine(self)
        self.close_row = CloseRow(CLIENT_CODES, self)
        self.transcript = Transcript(self)
        self.composer = Composer(self)
        self._lay_out()
        self._wire()
        self._show_state()

    @property
    def state_text(self) -> str:
        """The state of the connection in words."""
        return state_words(self.session)

    def connect_now(self) -> None:
        """Connect to the URL under the name in the fields, unless there is a connection already."""
        if self.session is not None and self.session.state is not State.CLOSED:
            return
        self.session = Session(
            self.url.text().strip(),
            self.name.text().strip(),
            self._recorder,
            on_entry=self.transcript.messages.add,
            on_state=self._show_state,
            authority=self._authority,
        )
        self._show_state()
        self._tasks.spawn(self.session.run(), name=f"the chat connection of {self.name.text()}")

    async def leave(self) -> None:
        """Close the connection with 1001 and end every task; takes little more than a second at most."""
        try:
            if self.session is not None:
                await self.session.leave()
        finally:
            await self._tasks.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        self.closing.emit(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()

    def _lay_out(self) -> None:
        url_label, name_label = QLabel("&URL", self), QLabel("&Name", self)
        url_label.setBuddy(self.url)
        name_label.setBuddy(self.name)
        self.name.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        self.close_options.setCheckable(True)
        self.close_options.setToolTip("Close with a code and a reason")
        self.close_options.setAccessibleName("Close with a code and a reason")
        self.close_options.setFixedHeight(self.connect_button.sizeHint().height())
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        for widget in (url_label, self.url, name_label, self.name, self.connect_button, self.close_options):
            top.addWidget(widget, 1 if widget is self.url else 0)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.addLayout(top)
        layout.addWidget(self.close_row)
        layout.addWidget(self.state_line)
        layout.addWidget(self.transcript, 1)
        layout.addWidget(self.composer)
        self.close_row.hide()
        self.setMinimumSize(theme.XL * 16, theme.XL * 13)
        self.composer.setFocus()
        self._refresh_icons()

    def _wire(self) -> None:
        self.connect_button.clicked.connect(self._toggle)
        self.url.returnPressed.connect(self.connect_now)
        self.name.returnPressed.connect(self.connect_now)
        self.name.textChanged.connect(self._show_title)
        self.close_options.toggled.connect(self.close_row.setVisible)
        self.close_row.chosen.connect(self._close_with)
        self.composer.submitted.connect(self._submit)
        self.composer.box.refused.connect(self.state_line.complain)
        QShortcut(QKeySequence(shortcuts.FOCUS_URL), self).activated.connect(self._focus_url)
        QShortcut(QKeySequence(shortcuts.CLOSE_WINDOW), self).activated.connect(self.close)

    def _toggle(self) -> None:
        if self.session is None or self.session.state is State.CLOSED:
            self.connect_now()
            self.composer.setFocus()
        else:
            self._tasks.spawn(self.session.close(), name="closing a chat connection")

    def _close_with(self, code: int, reason: str) -> None:
        if self.session is not None:
            self._tasks.spawn(self.session.close(code, reason), name="closing a chat connection")

    def _submit(self) -> None:
        if self._sending or self.composer.box.document().isEmpty():
            return
        if self.session is None or self.session.state is not State.OPEN:
            self.state_line.complain("Not sent: there is no connection. Connect, then send your text.")
            return
        self._sending = True
        self._tasks.spawn(self._send(self.session, self.composer.take()), name="sending a chat message")

    async def _send(self, session: Session, text: str) -> None:
        try:
            await session.send_text(text)
        except SendFailed as failure:
            self.composer.put_back(text)
            self.state_line.complain(str(failure))
        finally:
            self._sending = False

    def _show_state(self) -> None:
        state = self.session.state if self.session else State.CLOSED
        self.state_line.show_session(self.session)
        self.connect_button.setText(
            {State.CLOSED: "Connect", State.CONNECTING: "Cancel"}.get(state, "Disconnect"),
        )
        self.connect_button.setEnabled(state is not State.CLOSING)
        self.close_row.setEnabled(state is State.OPEN)
        for field in (self.url, self.name):
            field.setReadOnly(state is not State.CLOSED)
        if state is State.OPEN and self.session is not None and self.session.name:
            self.name.setText(self.session.name)
        self._refresh_icons()
        self._show_title()
        self.changed.emit()

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.name.text() or 'Chat'} – Portside chat")

    def _refresh_icons(self) -> None:
        connected = self.session is not None and self.session.state is not State.CLOSED
        self.connect_button.setIcon(theme.icon("lan-disconnect" if connected else "lan-connect"))
        self.close_options.setIcon(theme.icon("chevron-down"))
        self.setWindowIcon(theme.icon("chat-outline"))

    def _focus_url(self) -> None:
        self.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.url.selectAll()
