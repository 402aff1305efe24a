"""What came back: status line, body, headers, cookies, times, the way to it, and the request as it was sent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading.rendering import as_sent, notes_on
from desktop.explorer.response_view.body_page import BodyPage
from desktop.explorer.response_view.cookies_page import CookiesPage
from desktop.explorer.response_view.first_page import EmptyPage, WaitingPage
from desktop.explorer.response_view.headers_page import HeadersPage
from desktop.explorer.response_view.status_line import StatusLine
from desktop.explorer.response_view.steps_page import StepsPage
from desktop.explorer.response_view.timing_page import TimingPage
from desktop.explorer.sending.reply import Reply
from desktop.tasks import TaskSet
from desktop.widgets.code_view import CodeView
from desktop.widgets.message_line import MessageLine
from servers.exchange import header

_BODY, _HEADERS, _COOKIES, _TIMING, _STEPS, _SENT = range(6)


class ResponseView(QStackedWidget):
    """Shows what to do first, then that a request is on its way, then how it ended; ``tasks`` do what takes time."""

    send_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live: Reply | None = None
        self.empty, self.waiting, self.result = EmptyPage(self), WaitingPage(self), QWidget(self)
        self.first_send, self.tour, self.progress = self.empty.send, self.empty.tour, self.waiting.words
        self.empty.send_wanted.connect(self.send_wanted)
        self.empty.tour_wanted.connect(self.tour_wanted)
        self.line = StatusLine(self.result)
        self.notice = MessageLine(parent=self.result)
        self.tabs = QTabWidget(self.result)
        self.body_page = BodyPage(tasks, self.tabs)
        self.body = self.body_page.view.code
        self.headers = HeadersPage(self.tabs)
        self.cookies = CookiesPage(self.tabs)
        self.timing = TimingPage(self.tabs)
        self.steps = StepsPage(self.tabs)
        self.sent = CodeView(self.tabs)
        self.sent.setAccessibleName("The request as it was sent")
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing has been sent yet."""
        self._say_first("No response yet", "Choose a method, type a URL, and send the request.", "Send the request")
        self.tour.show()

    def show_unsent(self) -> None:
        """A run has left out the request."""
        self._say_first("Not sent", "The run could not send this request as it stands.", "Send the request")

    def show_waiting(self, sentence: str) -> None:
        """The response takes its time; the sentence says what is being waited for."""
        self._live = None
        self.body_page.forget()
        self.waiting.say(sentence)
        self.setCurrentWidget(self.waiting)

    def show_cancelled(self) -> None:
        """The request was cancelled; what had come of a stream stays."""
        if self._live is not None:
            self._live = None
            self.body_page.end_live()
            self.notice.say("Stopped. What had come until then is shown.")
            return
        self._say_first("Cancelled", "The request was cancelled before the whole response had come.", "Send again")

    def show_failed(self) -> None:
        """Portside itself failed; its error dialog says how."""
        self._say_first("Failed", "The request could not be finished.", "Send again")

    def show_live(self, reply: Reply) -> None:
        """Show a response whose body still grows, or how far it is; to be called again when more has come."""
        if not self.body_page.show_live(reply):
            length = header(reply.exchange.response_headers, "Content-Length") or ""
            known = int(length) if length.isascii() and length.isdigit() else None
            self.waiting.show_progress(reply.body.size, known)
            return
        if self._live is None:
            self._show_around(reply)
        self.line.show_reply(reply)
        self._live = reply

    def show_reply(self, reply: Reply) -> None:
        """Show how an attempt ended."""
        self._live = None
        self.body_page.show_reply(reply)
        self.timing.show_reply(reply)
        self.line.show_reply(reply)
        self._show_around(reply)

    def _show_around(self, reply: Reply) -> None:
        """Everything but the body and what changes while it comes."""
        exchange = reply.exchange
        self.notice.say("\n".join(notes_on(reply)), fault=exchange.error is not None)
        self.headers.show_headers(exchange.response_headers)
        cookies = self.cookies.show_headers(exchange.response_headers)
        steps = self.steps.show_reply(reply)
        self.sent.show_text(as_sent(reply))
        self.tabs.setTabText(_HEADERS, f"H&eaders ({len(exchange.response_headers)})")
        self.tabs.setTabText(_COOKIES, f"Coo&kies ({cookies})")
        self.tabs.setTabText(_STEPS, f"Ste&ps ({steps + 1})")
        self.tabs.setTabText(_SENT, "Re&quest as sent" if exchange.remote else "Re&quest, not sent")
        self._show_tabs(exchange.status != 0, cookies > 0, reply.finished and exchange.remote is not None, steps > 0)
        self.setCurrentWidget(self.result)

    def _show_tabs(self, answered: bool, cookies: bool, timed: bool, steps: bool) -> None:
        came_back = answered and not self.tabs.isTabVisible(_BODY)
        for tab, there in (
            (_BODY, answered),
            (_HEADERS, answered),
            (_COOKIES, cookies),
            (_TIMING, timed),
            (_STEPS, steps),
        ):
            self.tabs.setTabVisible(tab, there)
        if came_back:
            self.tabs.setCurrentIndex(_BODY)

    def _say_first(self, title: str, advice: str, action: str) -> None:
        self._live = None
        self.body_page.forget()
        self.empty.offer(title, advice, action)
        self.setCurrentWidget(self.empty)

    def _lay_out(self) -> None:
        for tab, title in (
            (self.body_page, "Bo&dy"),
            (self.headers, "H&eaders"),
            (self.cookies, "Coo&kies"),
            (self.timing, "Ti&ming"),
            (self.steps, "Ste&ps"),
            (_framed(self.sent, self.tabs), "Re&quest as sent"),
        ):
            self.tabs.addTab(tab, title)
        layout = QVBoxLayout(self.result)
        layout.setContentsMargins(0, theme.S, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.line)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)
        for page in (self.empty, self.waiting, self.result):
            self.addWidget(page)


def _framed(view: QWidget, parent: QWidget) -> QWidget:
    page = QWidget(parent)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
    layout.addWidget(view)
    return page
