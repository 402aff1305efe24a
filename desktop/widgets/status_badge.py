"""A server's state as an icon and a word in its colour."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop import theme
from servers.server import ServerState

_ICONS = {
    ServerState.STOPPED: "stop-circle-outline",
    ServerState.STARTING: "progress-clock",
    ServerState.RUNNING: "check-circle",
    ServerState.STOPPING: "progress-clock",
    ServerState.FAILED: "alert-circle",
}


def state_color(state: ServerState) -> str:
    """The colour that stands for a state, next to its icon and word."""
    scheme = theme.colors()
    return {
        ServerState.STOPPED: scheme.stopped,
        ServerState.STARTING: scheme.changing,
        ServerState.RUNNING: scheme.running,
        ServerState.STOPPING: scheme.changing,
        ServerState.FAILED: scheme.failed,
    }[state]


def state_icon_name(state: ServerState) -> str:
    """The icon that stands for a state."""
    return _ICONS[state]


class StatusBadge(QWidget):
    """Shows one ServerState; never by colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = ServerState.STOPPED
        self._icon = QLabel(self)
        self._word = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self._icon)
        layout.addWidget(self._word)
        self._refresh()

    def show_state(self, state: ServerState) -> None:
        """Show another state."""
        self.state = state
        self._refresh()

    def text(self) -> str:
        """The word that is shown."""
        return self._word.text()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_word"):
            self._refresh()

    def _refresh(self) -> None:
        color = state_color(self.state)
        palette = self._word.palette()
        if palette.color(QPalette.ColorRole.WindowText).name() != color:
            palette.setColor(QPalette.ColorRole.WindowText, color)
            self._word.setPalette(palette)
        self._icon.setPixmap(theme.icon(_ICONS[self.state], color).pixmap(16, 16))
        self._word.setText(self.state.value.capitalize())
        self.setAccessibleName(f"State: {self.state.value}")
