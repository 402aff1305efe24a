"""The state of a chat connection as icon and words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop import theme
from desktop.chat.connection_view.words import state_words
from desktop.chat.session import Session, State
from servers.logs import visible

Look = tuple[str, str]
"""The name of an icon, and that of its colour."""

WAITING: Look = ("timer-sand", "changing")
_FAILED: Look = ("alert-circle", "failed")
_LOOKS: dict[State, Look] = {
    State.CONNECTING: ("progress-clock", "changing"),
    State.OPEN: ("check-circle", "running"),
    State.CLOSING: ("progress-clock", "changing"),
    State.CLOSED: ("circle-off-outline", "stopped"),
}


class StateLine(QWidget):
    """Shows a session's state, or another sentence until the state changes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = _LOOKS[State.CLOSED]
        self.icon = QLabel(self)
        self.words = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QGridLayout(self)
        layout.setHorizontalSpacing(theme.S)
        layout.setVerticalSpacing(theme.XS)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.icon, 0, 0)
        layout.addWidget(self.words, 0, 1)
        layout.setColumnStretch(1, 1)

    def show_session(self, session: Session | None) -> None:
        """Show the state that a session is in now."""
        failed = session is not None and session.failed
        self.say(state_words(session), _FAILED if failed else _LOOKS[session.state if session else State.CLOSED])

    def complain(self, sentence: str) -> None:
        """Show what went wrong."""
        self.say(visible(sentence), _FAILED)

    def say(self, words: str, look: Look) -> None:
        """Show other words, with an icon in their colour."""
        self._look = look
        self.words.setText(words)
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
