"""The first line of a request: method, URL, and the button that sends it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from desktop import shortcuts, theme
from desktop.explorer.request import METHODS


class RequestLine(QWidget):
    """``pressed`` asks to send, or to cancel while a request is on its way; ``tour`` is the button of the CRUD tour."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sending = False
        self.method = QComboBox(self)
        self.url = QLineEdit(self)
        self.button = QPushButton(self)
        self.tour = QToolButton(self)
        self._prepare_fields()
        self.button.setMinimumWidth(110)
        self.button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        for widget in (self.method, self.url, self.button, self.tour):
            widget.setMinimumHeight(32)
            layout.addWidget(widget)
        layout.setStretchFactor(self.url, 1)
        self.show_sending(False)

    def show_request(self, method: str, url: str) -> None:
        """Show another method and URL; Undo brings the URL back that was there."""
        self.method.setCurrentText(method)
        self.url.selectAll()
        self.url.insert(url)

    def show_sending(self, sending: bool) -> None:
        """Show whether a request is on its way."""
        self._sending = sending
        scheme = theme.colors()
        face, text = (scheme.raised, scheme.text) if sending else (scheme.accent, scheme.on_accent)
        # flat, because the gradient of the style takes the contrast below 4.5:1
        self.button.setStyleSheet(
            f"QPushButton {{ background: {face}; color: {text}; border: 2px solid {scheme.border}; border-radius: 4px;"
            f" padding: 4px 12px; }} QPushButton:focus {{ border-color: {scheme.text}; }}"
        )
        self.button.setText("Cancel" if sending else "Send")
        self.button.setIcon(theme.icon("close" if sending else "send", text))
        self.tour.setIcon(theme.icon("playlist-play"))
        self.button.setToolTip("Stop waiting for the response" if sending else f"Send ({shortcuts.SEND_REQUEST})")

    def focus_url(self) -> None:
        """Make ready to type another URL."""
        self.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.url.selectAll()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self.show_sending(self._sending)

    def _prepare_fields(self) -> None:
        self.method.setEditable(True)
        self.method.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.method.addItems(METHODS)
        self.method.setFont(theme.mono_font())
        self.method.setMinimumContentsLength(9)
        self.method.setAccessibleName("Method")
        self.method.setToolTip("The method; any other can be typed")
        self.url.setFont(theme.mono_font())
        self.url.setAccessibleName("URL")
        self.url.setPlaceholderText("http://localhost:5000/players")
        self.url.setToolTip(f"The URL ({shortcuts.FOCUS_URL})")
        self.tour.setAutoRaise(True)
        self.tour.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tour.setAccessibleName("Run the CRUD tour")
        self.tour.setToolTip("Run the CRUD tour: a ready collection of requests to the REST server")
