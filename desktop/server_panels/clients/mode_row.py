"""What the WebSocket server does with a message: chosen in a list, explained in a sentence."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.widgets.wheel import calm
from servers.settings import Mode, WebSocketSettings

_WIDTH = 12
"""Characters of a title that are seen whole in the narrowest window."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How a mode is called and what it does; ``without_sender`` if the sender does not get the broadcast."""

    title: str
    about: str
    without_sender: str = ""


MODES = {
    Mode.ECHO: _Words("Echo", "Text comes back to its sender with “ECHO! ” before it, bytes come back as they are."),
    Mode.VERBATIM: _Words("Verbatim echo", "Every message comes back to its sender exactly as it is."),
    Mode.BROADCAST: _Words(
        "Broadcast",
        "Every message goes to all clients in the room of its sender.",
        "Every message goes to all other clients in the room of its sender.",
    ),
    Mode.BROADCAST_REPLY: _Words(
        "Broadcast + special reply",
        "Every message goes to all clients in the room of its sender, who gets a special reply besides.",
        "Every message goes to all other clients in the room of its sender, who gets a special reply.",
    ),
}


class ModeRow(QWidget):
    """Shows and sets the mode, also while the server is stopped; ``page_wanted`` asks for the HTML page."""

    page_wanted = Signal()

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__(parent)
        self._control = control
        self.mode = QComboBox(self)
        self.to_sender = QCheckBox("The sender gets the &broadcast too", self)
        self.page = QPushButton("Open the &HTML page", self)
        self.about = QLabel(self)
        self._make_widgets()
        self._lay_out()
        self._recolor()
        control.changed.connect(self._show)
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "about"):
            self._recolor()

    def _make_widgets(self) -> None:
        for one, words in MODES.items():
            self.mode.addItem(words.title, one)
        calm(self.mode)
        self.mode.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.mode.setMinimumContentsLength(_WIDTH)
        self.mode.setToolTip("What the server does with a message; counts from the next one")
        self.mode.activated.connect(self._choose)
        self.to_sender.clicked.connect(self._choose_sender)
        self.page.setToolTip("Open a page in the browser that is a WebSocket client of this server")
        self.page.clicked.connect(self.page_wanted)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)

    def _lay_out(self) -> None:
        label = QLabel("M&ode", self)
        label.setBuddy(self.mode)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(label)
        row.addWidget(self.mode, 1)
        row.addSpacing(theme.S)
        row.addWidget(self.to_sender)
        row.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.about, 1)
        below.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(row)
        layout.addLayout(below)

    def _show(self) -> None:
        """Show what the settings say, without taking it for a choice."""
        settings = self._settings()
        words = MODES[settings.mode]
        broadcasts = bool(words.without_sender)
        with QSignalBlocker(self.mode), QSignalBlocker(self.to_sender):
            self.mode.setCurrentIndex(list(MODES).index(settings.mode))
            self.to_sender.setChecked(settings.to_sender)
        self.to_sender.setEnabled(broadcasts)
        why_not = "" if broadcasts else "Counts in the broadcast modes only: there is no broadcast in this mode."
        self.to_sender.setToolTip(why_not or "Whether clients get their own messages back, as all others do")
        about = words.about if settings.to_sender or not broadcasts else words.without_sender
        self.about.setText(about if broadcasts else f"{about} There is no broadcast.")

    def _settings(self) -> WebSocketSettings:
        settings = self._control.settings
        return settings if isinstance(settings, WebSocketSettings) else WebSocketSettings()

    def _choose(self, index: int) -> None:
        self._control.change(mode=list(MODES)[index])

    def _choose_sender(self, on: bool) -> None:
        self._control.change(to_sender=on)

    def _recolor(self) -> None:
        self.page.setIcon(theme.icon("web"))
        palette = self.about.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.colors().muted)
        self.about.setPalette(palette)
