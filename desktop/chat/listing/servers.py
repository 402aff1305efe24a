"""The servers at hand: those of this program, ready to be started and connected to."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.elided import ElidedLabel
from servers.logs import visible


@dataclass(frozen=True, slots=True)
class ServerAtHand:
    """A server that can be connected to while it is ``running``; ``words`` say its state, as “Running” does."""

    name: str
    url: str
    running: bool
    words: str


class ServerList(QWidget):
    """A line for each server. ``wanted`` carries the URL of one to connect to, ``start_requested`` a name."""

    wanted = Signal(str)
    start_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[ServerLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.XS)
        self.hide()

    def show_servers(self, servers: Sequence[ServerAtHand]) -> None:
        """Show these, in this order."""
        for line in self.lines[len(servers) :]:
            line.hide()
            line.deleteLater()
        del self.lines[len(servers) :]
        for line, server in zip(self.lines, servers, strict=False):
            line.show_server(server)
        for server in servers[len(self.lines) :]:
            self._add(server)
        self.setVisible(bool(servers))

    def _add(self, server: ServerAtHand) -> None:
        line = ServerLine(server, self)
        line.wanted.connect(self.wanted)
        line.start_requested.connect(self.start_requested)
        self._layout.addWidget(line)
        self.lines.append(line)


class ServerLine(QWidget):
    """One server: its state as icon and words, name, URL, and the buttons that start it and connect to it."""

    wanted = Signal(str)
    start_requested = Signal(str)

    def __init__(self, server: ServerAtHand, parent: QWidget) -> None:
        super().__init__(parent)
        self._server = server
        self.icon, self.name = QLabel(self), QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.words, self.url = ElidedLabel(self), ElidedLabel(self)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.url.setFont(theme.mono_font())
        self.start_button, self.connect_button = QPushButton("Start", self), QPushButton("Connect", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for widget in (self.name, self.icon, self.words, self.url, self.start_button, self.connect_button):
            layout.addWidget(widget, 1 if widget is self.url else 0)
        self.start_button.clicked.connect(self._start)
        self.connect_button.clicked.connect(self._connect)
        self.show_server(server)

    def show_server(self, server: ServerAtHand) -> None:
        """Show a server, or another state of it."""
        self._server = server
        self.name.setText(visible(server.name))
        self.url.setText(visible(server.url))
        self.words.setText(visible(server.words))
        self.words.setToolTip(self.words.text())
        had_focus = self.start_button.hasFocus()
        self.connect_button.setEnabled(server.running)
        self.start_button.setVisible(not server.running)
        if had_focus and server.running:
            self.connect_button.setFocus()
        self.start_button.setAccessibleName(f"Start {server.name}")
        self.connect_button.setAccessibleName(f"Connect to {server.name}")
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "connect_button"):
            self._recolor()

    def _recolor(self) -> None:
        scheme = theme.colors()
        name, color = (
            ("check-circle", scheme.running) if self._server.running else ("stop-circle-outline", scheme.stopped)
        )
        self.icon.setPixmap(theme.icon(name, color).pixmap(theme.L, theme.L))
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self.words.setPalette(palette)
        self.start_button.setIcon(theme.icon("play"))
        self.connect_button.setIcon(theme.icon("lan-connect"))

    def _start(self) -> None:
        self.start_requested.emit(self._server.name)

    def _connect(self) -> None:
        self.wanted.emit(self._server.url)
