"""The top of a chat window: where to connect, under which name, and the switches of the parts below."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import shortcuts, theme
from desktop.chat.connection_view.url_field import UrlField
from desktop.chat.link import Waiting
from desktop.chat.session import Session, State
from desktop.widgets.fields.previews import without_value
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.icon_button import IconButton
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider
from servers.chat_names import clean_name
from servers.chat_protocol import NAME_LIMIT

_TOGGLES = {
    "options": ("tune-variant", "Options", "headers, subprotocols, authorization, proxy, TLS", shortcuts.CHAT_OPTIONS),
    "people": ("account-group-outline", "People", "who is in the room", ""),
    "frames": ("view-list-outline", "Frames", "what goes over the wire, in place of messages", shortcuts.SHOW_FRAMES),
    "repeat": ("repeat", "Repeat", "send on a timer, or a list of messages", ""),
    "ping": ("pulse", "Ping", "send a ping, and how long its answer takes", ""),
    "close": ("close-octagon-outline", "Close", "close the connection with a code and a reason", ""),
}
_FIXED = "URL and name can be changed after disconnecting."
_BUSY = {State.CONNECTING: "Cancel", State.OPEN: "Disconnect", State.CLOSING: "Disconnect"}


class ConnectionBar(QWidget):
    """URL, name and the button that connects, gives up or disconnects.

    ``toggles`` are buttons by the name of what each switches on: options, people, frames, repeat, ping, close.
    """

    connect_requested = Signal()
    disconnect_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_busy = False
        self.url = UrlField(self)
        self.name = VariableField(self)
        self.button = QPushButton("Disconnect", self)
        self.toggles = {key: _toggle(key, self) for key in _TOGGLES}
        self.missing = MessageLine(parent=self)
        self._prepare()
        self._lay_out()
        self.button.clicked.connect(self._press)
        for field in (self.url, self.name):
            field.returnPressed.connect(self._enter)
            field.marked.connect(self._say_missing)
        self.show_state(None, None)

    def set_variables(self, provider: Provider) -> None:
        """Complete and check URL and name with these variables."""
        self.url.set_variables(provider)
        self.name.set_variables(provider)

    def refresh(self) -> None:
        """The values of variables have changed."""
        self.url.refresh()
        self.name.refresh()

    def set_recent(self, urls: Sequence[str]) -> None:
        """Offer these URLs while one is typed, the first of them first."""
        self.url.set_recent(urls)

    def show_state(self, session: Session | None, waiting: Waiting | None) -> None:
        """Show what can be done about a connection now; its name, once the server has given one."""
        state = session.state if session is not None else State.CLOSED
        self._is_busy = state is not State.CLOSED or waiting is not None
        if self.missing.text() == _FIXED:
            self._say_missing()
        words = _BUSY.get(state, "Connect" if waiting is None else "Cancel")
        self.button.setText(words)
        self.button.setToolTip("" if self._is_busy else f"Connect ({shortcuts.CONNECT_CHAT})")
        self.button.setEnabled(state is not State.CLOSING)
        for field, what in ((self.url, "URL"), (self.name, "name")):
            field.setReadOnly(state is not State.CLOSED)
            field.setToolTip("" if state is State.CLOSED else f"Disconnect to change the {what}")
        if session is not None and state is State.OPEN and session.name and "{{" not in self.name.text():
            self._show_name(session.name)
        self._refresh_icon()

    def show_option_count(self, count: int) -> None:
        """Show beside its button how many options are not at their default."""
        button = self.toggles["options"]
        button.setText(str(count) if count else "")
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if count else style.ToolButtonIconOnly)
        button.setToolTip(f"{_tip('options')}{f'. {count} not at the default' if count else ''}")
        button.setAccessibleName(f"Options{f', {count} not at the default' if count else ''}")

    def focus_url(self) -> None:
        """Make ready to type another URL."""
        self.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.url.selectAll()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "missing"):
            self._refresh_icon()

    def _press(self) -> None:
        (self.disconnect_requested if self._is_busy else self.connect_requested).emit()

    def _enter(self) -> None:
        if not self._is_busy:
            self.connect_requested.emit()
        elif self.url.isReadOnly():
            self.missing.say(_FIXED)

    def _show_name(self, name: str) -> None:
        """Take over what the server has made of the name; no variable, whose value would go to it the next time."""
        if name != self.name.text() and "{{" not in name and name == clean_name(name):
            self.name.setText(name)

    def _say_missing(self) -> None:
        self.missing.say(without_value(tuple(dict.fromkeys((*self.url.unresolved, *self.name.unresolved)))))

    def _refresh_icon(self) -> None:
        self.button.setIcon(theme.icon("lan-disconnect" if self._is_busy else "lan-connect"))

    def _prepare(self) -> None:
        self.url.setAccessibleName("URL")
        self.url.setPlaceholderText("ws://localhost:8002")
        self.name.setAccessibleName("Name")
        self.name.setPlaceholderText("the server’s choice")
        self.name.setMaxLength(NAME_LIMIT)
        self.name.setFont(self.font())
        self.name.setMaximumWidth(self.fontMetrics().averageCharWidth() * 24)
        self._refresh_icon()
        self.button.setFixedWidth(self.button.sizeHint().width())  # of its longest word, so that nothing moves

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.S)
        layout.setVerticalSpacing(theme.XS)
        rows = (
            (QLabel("&URL", self), self.url, [self.button]),
            (QLabel("&Name", self), self.name, self.toggles.values()),
        )
        for number, (label, field, others) in enumerate(rows):
            label.setBuddy(field)
            row = QHBoxLayout()
            row.setSpacing(theme.S if number == 0 else 0)
            row.addWidget(field, 1)
            if number:
                row.addSpacing(theme.S)
                row.addStretch()
            for other in others:
                row.addWidget(other)
            layout.addWidget(label, number, 0)
            layout.addLayout(row, number, 1)
        layout.addWidget(self.missing, 2, 0, 1, 2)


def _toggle(key: str, parent: QWidget) -> IconButton:
    icon, name, _, shortcut = _TOGGLES[key]
    button = IconButton(icon, name, parent, _tip(key))
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if shortcut:
        QShortcut(QKeySequence(shortcut), parent).activated.connect(button.click)
    return button


def _tip(key: str) -> str:
    _, name, about, shortcut = _TOGGLES[key]
    return f"{name}: {about}{f' ({shortcut})' if shortcut else ''}"
