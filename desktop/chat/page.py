"""The chat page of the main window: what to do first, then the list of open chat windows."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import shortcuts, theme
from desktop.chat.state_line import StateLine
from desktop.chat.window import ChatWindow
from desktop.chat.windows import ChatWindows

_INVITATION = (
    "No chat window is open. Each one is a WebSocket client of its own.\n"
    "Open two and write in one: both show the broadcast, and the one that wrote shows the special reply."
)


class ChatPage(QWidget):
    """Opens chat windows, and lists those that are open with name, URL and state."""

    def __init__(self, windows: ChatWindows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._windows = windows
        self.rows: dict[ChatWindow, Row] = {}
        self.stack = QStackedWidget(self)
        self.first_button = _new_button(self)
        self.new_button = _new_button(self)
        self.stack.addWidget(self._empty_state())
        self.stack.addWidget(self._list())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        for button in (self.first_button, self.new_button):
            button.clicked.connect(self._new_window)
        windows.changed.connect(self._refresh)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in (self.first_button, self.new_button):
                button.setIcon(theme.icon("chat-plus-outline"))

    def _empty_state(self) -> QWidget:
        page = QWidget(self)
        words = QLabel(_INVITATION, page, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(page)
        layout.setSpacing(theme.L)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.addStretch(1)
        layout.addWidget(words)
        layout.addWidget(self.first_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return page

    def _list(self) -> QWidget:
        page, inside = QWidget(self), QWidget(self)
        self._rows_layout = QVBoxLayout(inside)
        self._rows_layout.setSpacing(theme.S)
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self._rows_layout.addStretch(1)
        area = QScrollArea(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(page)
        layout.setSpacing(theme.M)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(area, 1)
        return page

    def _new_window(self) -> None:
        self._windows.new_window()

    def _refresh(self) -> None:
        for window in [window for window in self.rows if window not in self._windows.open]:
            row = self.rows.pop(window)
            row.hide()
            row.deleteLater()
        for window in self._windows.open:
            if window not in self.rows:
                self.rows[window] = Row(window, self)
                self._rows_layout.insertWidget(self._rows_layout.count() - 1, self.rows[window])
            self.rows[window].refresh()
        self.stack.setCurrentIndex(1 if self.rows else 0)


class Row(QFrame):
    """One open window in the list."""

    def __init__(self, window: ChatWindow, parent: QWidget) -> None:
        super().__init__(parent, frameShape=QFrame.Shape.StyledPanel)
        self._window = window
        self.name = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.url = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.url.setFont(theme.mono_font())
        self.state_line = StateLine(self)
        self.show_button = QPushButton("Show", self)
        self.close_button = QPushButton("Close", self)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.close_button)
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.addWidget(self.name, 0, 0)
        layout.addWidget(self.url, 0, 1)
        layout.addWidget(self.state_line, 1, 0, 1, 2)
        layout.addLayout(buttons, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.setColumnStretch(1, 1)
        layout.setHorizontalSpacing(theme.M)
        self.show_button.clicked.connect(self._show)
        self.close_button.clicked.connect(window.close)

    def refresh(self) -> None:
        """Show what the window is now."""
        name = self._window.name.text() or "No name"
        self.name.setText(name)
        self.url.setText(self._window.url.text())
        self.state_line.show_session(self._window.session)
        self.show_button.setAccessibleName(f"Show the window of {name}")
        self.close_button.setAccessibleName(f"Close the window of {name}")

    def _show(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()


def _new_button(parent: QWidget) -> QPushButton:
    button = QPushButton(theme.icon("chat-plus-outline"), "New chat window", parent)
    button.setToolTip(f"New chat window ({shortcuts.NEW_CHAT_WINDOW})")
    return button
