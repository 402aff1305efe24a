"""The first line of a request: method, URL, and the button that sends it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.explorer.model.request import METHODS
from desktop.explorer.request_view.url_field import UrlField
from desktop.widgets.fields.previews import without_value
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider

_HEIGHT = 32


class RequestLine(QWidget):
    """``pressed`` asks to send, or to cancel while a request is on its way; ``tour`` is the button of the CRUD tour.

    ``pasted`` carries a curl command that was pasted into the URL field.
    """

    pressed = Signal()
    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sending = False
        self.method = QComboBox(self)
        self.url = UrlField(self)
        self.button = QPushButton(self)
        self._last: QWidget = self.button
        self.tour = QToolButton(self)
        self.missing = MessageLine(parent=self)
        self._prepare_fields()
        self.button.setMinimumWidth(110)
        self.button.clicked.connect(self.pressed)
        self.url.pasted.connect(self.pasted)
        self.url.marked.connect(self._say_missing)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.S)
        for widget in (self.method, self.url, self.button, self.tour):
            widget.setMinimumHeight(_HEIGHT)
            self._row.addWidget(widget)
        self._row.setStretchFactor(self.url, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(self._row)
        layout.addWidget(self.missing)
        self.show_sending(False)

    def add_button(self, button: QToolButton) -> None:
        """Put another button behind Send."""
        button.setMinimumHeight(_HEIGHT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row.insertWidget(self._row.indexOf(self.tour), button)
        self.setTabOrder(self._last, button)
        self.setTabOrder(button, self.tour)
        self._last = button

    def set_variables(self, provider: Provider) -> None:
        """Complete and check the URL with these variables."""
        self.url.set_variables(provider)

    def show_request(self, method: str, url: str) -> None:
        """Show another method and URL; Undo brings the URL back that was there."""
        self.method.setCurrentText(method)
        self.url.selectAll()
        self.url.insert(url)
        self.url.setCursorPosition(0)

    def show_url(self, url: str) -> None:
        """Show the URL as it was changed elsewhere; Undo brings the other one back."""
        if url != self.url.text():
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

    def _say_missing(self) -> None:
        self.missing.say(without_value(self.url.unresolved))

    def _prepare_fields(self) -> None:
        self.method.setEditable(True)
        self.method.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.method.addItems(METHODS)
        completer = QCompleter(METHODS, self.method)  # Qt's own would turn “pat” into “patCH”
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.method.setCompleter(completer)
        self.method.setFont(theme.mono_font())
        self.method.setMinimumContentsLength(9)
        self.method.setAccessibleName("Method")
        self.method.setToolTip("The method; any other can be typed")
        self.url.setAccessibleName("URL")
        self.url.setPlaceholderText("http://localhost:5000/players")
        self.url.setToolTip(f"The URL, or a curl command to paste ({shortcuts.FOCUS_URL})")
        self.tour.setAutoRaise(True)
        self.tour.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tour.setAccessibleName("Run the CRUD tour")
        self.tour.setToolTip("Run the CRUD tour: a ready collection of requests to the REST server")
