"""What came back: status line, body, headers, and the request as it was sent."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.client import Reply
from desktop.explorer.content import content_type_of
from desktop.explorer.rendering import Rendering
from desktop.explorer.status_line import StatusLine
from desktop.widgets.code_view import CodeView
from desktop.widgets.key_value_table import KeyValueTable, Row
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

_BODY, _HEADERS, _SENT = range(3)


class ResponseView(QStackedWidget):
    """Shows what to do first, then that a request is on its way, then how it ended."""

    send_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rendering: Rendering | None = None
        self.empty, self.waiting, self.result = QWidget(self), QWidget(self), QWidget(self)
        self._make_empty()
        self._make_waiting()
        self._make_result()
        for page in (self.empty, self.waiting, self.result):
            self.addWidget(page)
        self.show_nothing()
        self._recolor()

    def show_nothing(self) -> None:
        """Nothing has been sent yet."""
        self._say_first("No response yet", "Choose a method, type a URL, and send the request.", "Send the request")
        self.tour.show()

    def show_unsent(self) -> None:
        """A run has left out the request."""
        self._say_first("Not sent", "The run could not send this request as it stands.", "Send the request")

    def show_waiting(self, sentence: str) -> None:
        """The response takes its time; the sentence says what is being waited for."""
        self.progress.setText(sentence)
        self.setCurrentWidget(self.waiting)

    def show_progress(self, received: int) -> None:
        """So many bytes of the body have come."""
        self.progress.setText(f"Received {received:,} bytes…")

    def show_cancelled(self) -> None:
        """The request was cancelled."""
        self._say_first("Cancelled", "The request was cancelled before the whole response had come.", "Send again")

    def show_failed(self) -> None:
        """Portside itself failed; its error dialog says how."""
        self._say_first("Failed", "The request could not be finished.", "Send again")

    def show_reply(self, reply: Reply, rendering: Rendering) -> None:
        """Show how an attempt ended."""
        self._rendering = rendering
        exchange = reply.exchange
        self.line.show_exchange(exchange, rendering.decoded_size)
        self.notice.say("\n".join(rendering.notes), fault=exchange.error is not None)
        self.media_type.setText(visible(content_type_of(exchange.response_headers)) or "no Content-Type")
        self.headers.set_rows([Row(name, value) for name, value in exchange.response_headers])
        self.sent.show_text(rendering.sent)
        self._show_response_tabs(exchange.status != 0)
        self.tabs.setTabText(_HEADERS, f"H&eaders ({len(exchange.response_headers)})")
        self.tabs.setTabText(_SENT, "Re&quest as sent" if exchange.remote else "Re&quest, not sent")
        for form in (self.pretty, self.raw):
            form.setVisible(rendering.pretty is not None)
        self._show_body()
        self.setCurrentWidget(self.result)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "tabs"):
            self._recolor()

    def _make_empty(self) -> None:
        self._picture = QLabel(self.empty)
        self._title = QLabel(self.empty)
        self._advice = QLabel(self.empty)
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._title.setFont(font)
        self.first_send = QPushButton(self.empty)
        self.first_send.clicked.connect(self.send_wanted)
        self.tour = QPushButton("Run the CRUD tour", self.empty)
        self.tour.setToolTip("Create, read, replace and delete a player, and meet each status code of a REST service")
        self.tour.clicked.connect(self.tour_wanted)
        layout = QVBoxLayout(self.empty)
        layout.setSpacing(theme.M)
        layout.addStretch()
        for widget in (self._picture, self._title, self._advice, self.first_send, self.tour):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def _make_waiting(self) -> None:
        self.progress = QLabel(self.waiting)
        self.progress.setTextFormat(Qt.TextFormat.PlainText)
        bar = QProgressBar(self.waiting)
        bar.setRange(0, 0)
        bar.setFixedWidth(280)
        bar.setAccessibleName("The response is on its way")
        layout = QVBoxLayout(self.waiting)
        layout.addStretch()
        for widget in (self.progress, bar):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()

    def _make_result(self) -> None:
        self.line = StatusLine(self.result)
        self.notice = MessageLine(parent=self.result)
        self.tabs = QTabWidget(self.result)
        self.body = CodeView(self.tabs)
        self.body.setAccessibleName("Response body")
        self.headers = KeyValueTable(self.tabs, editable=False)
        self.headers.setAccessibleName("Response headers")
        self.sent = CodeView(self.tabs)
        self.sent.setAccessibleName("The request as it was sent")
        self.tabs.addTab(self._body_page(), "Bo&dy")
        self.tabs.addTab(self.headers, "H&eaders")
        self.tabs.addTab(self.sent, "Re&quest as sent")
        layout = QVBoxLayout(self.result)
        layout.setContentsMargins(0, theme.S, 0, 0)
        layout.setSpacing(theme.S)
        for widget in (self.line, self.notice, self.tabs):
            layout.addWidget(widget)
        layout.setStretchFactor(self.tabs, 1)

    def _body_page(self) -> QWidget:
        page = QWidget(self.tabs)
        self.pretty = QRadioButton("&Pretty", page)
        self.raw = QRadioButton("&Raw", page)
        self.pretty.setChecked(True)
        self._forms = QButtonGroup(page)
        for button in (self.pretty, self.raw):
            self._forms.addButton(button)
        self._forms.buttonClicked.connect(self._show_body)
        self.media_type = QLabel(page)
        self.media_type.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self.pretty)
        row.addWidget(self.raw)
        row.addStretch()
        row.addWidget(self.media_type)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(row)
        layout.addWidget(self.body)
        return page

    def _show_response_tabs(self, answered: bool) -> None:
        came_back = answered and not self.tabs.isTabVisible(_BODY)
        for tab in (_BODY, _HEADERS):
            self.tabs.setTabVisible(tab, answered)
        if came_back:
            self.tabs.setCurrentIndex(_BODY)

    def _show_body(self) -> None:
        rendering = self._rendering
        if rendering is None:
            return
        indented = rendering.pretty if self.pretty.isChecked() else None
        text = rendering.raw if indented is None else indented
        self.body.setPlaceholderText("" if text else "The response has no body.")
        self.body.show_text(text)

    def _say_first(self, title: str, advice: str, action: str) -> None:
        self._title.setText(title)
        self._advice.setText(advice)
        self.first_send.setText(action)
        self.tour.hide()
        self.setCurrentWidget(self.empty)

    def _recolor(self) -> None:
        self._picture.setPixmap(theme.icon("compass-outline", theme.colors().muted).pixmap(48, 48))
