"""One chat window in the list on the Chat page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop import theme
from desktop.chat.people import name_text
from desktop.chat.state_line import WAITING, StateLine
from desktop.chat.window_colors import window_color
from desktop.chat.windows import ChatWindows
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.icon_button import IconButton
from servers.logs import visible

if TYPE_CHECKING:
    from desktop.chat.window import ChatWindow


class Row(QFrame):
    """Its colour, name, URL and state, and the buttons that show, connect, duplicate and close it."""

    def __init__(self, window: "ChatWindow", windows: ChatWindows, parent: QWidget) -> None:
        super().__init__(parent, frameShape=QFrame.Shape.StyledPanel)
        self._window = window
        self._windows = windows
        self._color = windows.color_of(window)
        self._shown: tuple[object, ...] = ()
        self.dot, self.name = QLabel(self), QLabel(self)
        self.url = ElidedLabel(self)
        self.state_line = StateLine(self)
        self.show_button, self.link_button = QPushButton("Show", self), QPushButton("Disconnect", self)
        self.copy_button = IconButton("content-duplicate", "Duplicate", self)
        self.close_button = IconButton("close", "Close", self)
        self._look()
        self._lay_out()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Show what the window is now."""
        window, session = self._window, self._window.session
        state = None if session is None else (session.state, session.failed)
        now = (window.title_name, window.target().url, window.state_text, window.is_open, window.link.waiting, state)
        if now == self._shown:
            return
        self._shown = now
        self.name.setText(name_text(now[0]) or "No name")
        self.url.setText(visible(now[1]))
        self.url.setToolTip(self.url.text())
        self._show_state()
        self._name_buttons()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "close_button"):
            self._recolor()

    def _look(self) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.url.setFont(theme.mono_font())
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.state_line.words.setForegroundRole(QPalette.ColorRole.WindowText)  # in its colour, on Base as well
        self._recolor()
        self.link_button.setMinimumWidth(self.link_button.sizeHint().width())  # of the longer word

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        for button in (self.show_button, self.link_button, self.copy_button, self.close_button):
            buttons.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.dot)
        head.addWidget(self.name)
        head.addWidget(self.url, 1)
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setHorizontalSpacing(theme.M)
        layout.setVerticalSpacing(theme.XS)
        layout.addLayout(head, 0, 0)
        layout.addWidget(self.state_line, 1, 0)
        layout.addLayout(buttons, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.setColumnStretch(0, 1)

    def _wire(self) -> None:
        self._window.changed.connect(self.refresh)
        self.show_button.clicked.connect(self._show)
        self.link_button.clicked.connect(self._toggle_link)
        self.copy_button.clicked.connect(self._duplicate)
        self.close_button.clicked.connect(self._window.close)

    def _show_state(self) -> None:
        if self._window.link.waiting is None:
            self.state_line.show_session(self._window.session)
        else:
            self.state_line.say(self._window.state_text, WAITING)

    def _name_buttons(self) -> None:
        name = self.name.text()
        self.link_button.setText("Disconnect" if self._window.is_open else "Connect")
        self.link_button.setIcon(theme.icon("lan-disconnect" if self._window.is_open else "lan-connect"))
        self.show_button.setAccessibleName(f"Show the window of {name}")
        self.link_button.setAccessibleName(f"{self.link_button.text()} the window of {name}")
        self.copy_button.setAccessibleName(f"Duplicate the window of {name}")
        self.close_button.setAccessibleName(f"Close the window of {name}")

    def _recolor(self) -> None:
        self.dot.setPixmap(theme.icon("circle", window_color(self._color)).pixmap(theme.L, theme.L))
        self.show_button.setIcon(theme.icon("window-restore"))
        self.link_button.setIcon(theme.icon("lan-disconnect" if self._window.is_open else "lan-connect"))

    def _show(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _toggle_link(self) -> None:
        if self._window.is_open:
            self._window.hang_up()
        else:
            self._window.connect_now()

    def _duplicate(self) -> None:
        self._windows.duplicate(self._window)
