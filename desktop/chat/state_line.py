"""The state of a chat connection as icon and words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.chat.session import Session, State
from servers.logs import visible

_ICONS = {
    State.CONNECTING: ("progress-clock", "changing"),
    State.OPEN: ("check-circle", "running"),
    State.CLOSING: ("progress-clock", "changing"),
    State.CLOSED: ("circle-off-outline", "stopped"),
}
_FAILED = ("alert-circle", "failed")


def state_words(session: Session | None) -> str:
    """The state of a session in words."""
    if session is None:
        return "Not connected."
    match session.state:
        case State.CONNECTING:
            return "Connecting …"
        case State.OPEN:
            name = f" as {visible(session.name)}" if session.name else ""
            return f"Connected{name}{'' if session.speaks_chat else ', plain client'}."
        case State.CLOSING:
            return "Closing …"
        case State.CLOSED:
            return visible(session.outcome) or "Closed."


class StateLine(QWidget):
    """Shows a session's state, or another sentence until the state changes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = _ICONS[State.CLOSED]
        self.icon = QLabel(self)
        self.words = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.icon)
        layout.addWidget(self.words, 1)

    def show_session(self, session: Session | None) -> None:
        """Show the state that a session is in now."""
        self._look = _ICONS[session.state if session else State.CLOSED]
        if session is not None and session.failed:
            self._look = _FAILED
        self.words.setText(state_words(session))
        self._refresh()

    def complain(self, sentence: str) -> None:
        """Show what went wrong."""
        self._look = _FAILED
        self.words.setText(visible(sentence))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh()

    def _refresh(self) -> None:
        name, role = self._look
        color: str = getattr(theme.colors(), role)
        self.icon.setPixmap(theme.icon(name, color).pixmap(theme.L, theme.L))
        palette = self.words.palette()
        if palette.color(QPalette.ColorRole.WindowText).name() != color:
            palette.setColor(QPalette.ColorRole.WindowText, color)
            self.words.setPalette(palette)
