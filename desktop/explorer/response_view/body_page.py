"""The body of a response: in each of its forms, searched, filtered, copied and saved."""

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.reading.content import charset_for, content_type_of
from desktop.explorer.reading.formats import Form, Format, format_of, forms_of, is_stream, is_told
from desktop.explorer.reading.rendering import SHOWN
from desktop.explorer.reading.saving import proposed_name
from desktop.explorer.response_view.body_bar import BodyBar
from desktop.explorer.response_view.body_view import Body, BodyView
from desktop.explorer.response_view.copying import Copying
from desktop.explorer.response_view.filter_line import FilterLine
from desktop.explorer.response_view.filtering import QUERIED, Filtering
from desktop.explorer.response_view.find_bar import FindBar
from desktop.explorer.response_view.live_text import LiveText
from desktop.explorer.response_view.saver import Saver
from desktop.explorer.response_view.searching import Ground, Search, ground_of_page, ground_of_text
from desktop.explorer.sending.reply import Reply
from desktop.tasks import TaskSet
from desktop.widgets.code_view import CodeView
from desktop.widgets.message_line import MessageLine
from desktop.widgets.page_view import PageView
from servers.logs import visible

_SNIFFED = 1024
_ENOUGH = 3  # growths after which a text that was watched stays as it is when it ends


class BodyPage(QWidget):
    """Shows the body of one reply; a form that was chosen for a format stays for the next body of that format."""

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reply: Reply | None = None
        self._kind = Format.TEXT
        self._sent_charset = "utf-8"
        self._charset = ""
        self._live: LiveText | None = None
        self._chosen: dict[Format, Form] = {}
        self.bar = BodyBar(self)
        self.view = BodyView(tasks, self)
        self.find_bar = FindBar(self)
        self.filter = FilterLine(self)
        self.notice = MessageLine(parent=self)
        self.search = Search(self.find_bar, self._ground, tasks, self)
        self.filtering = Filtering(self.filter, self.view, tasks, self)
        self.copying = Copying(self.view, tasks, self)
        self.saver = Saver(tasks, self)
        self._lay_out()
        self._connect()

    def show_reply(self, reply: Reply) -> None:
        """Show a body that has come to its end."""
        watched = self._live
        same = self._reply is not None and self._reply.decoded is reply.decoded
        if not same:
            self._begin()
        self._tell(reply)
        self._reply = reply
        self._end_watching()
        self.bar.setEnabled(True)
        if same and watched is not None and watched.growths >= _ENOUGH and watched.is_whole and not self._charset:
            self.view.body, self.view.form = self._body(reply), Form.RAW
            self.bar.show_form(Form.RAW)
            return
        forms = self._offer(reply)
        wanted = self._chosen.get(self._kind, forms[0])
        self._show(wanted if wanted in forms else forms[0])

    def show_live(self, reply: Reply) -> bool:
        """Show what has come so far of a body; False where that makes no sense before its end."""
        if self._reply is None or self._reply.decoded is not reply.decoded:
            self._begin()
            self._tell(reply)
        self._reply = reply
        if not is_told(content_type_of(reply.exchange.response_headers)):
            return False
        if self._kind is Format.EVENTS:
            self.bar.offer((Form.EVENTS,), queried=False, coded=False)
            self.bar.show_form(Form.EVENTS)
            self.view.show_events(reply.decoded)
        elif is_stream(self._kind):
            self._show_live_text(reply)
        self.bar.setEnabled(False)
        return is_stream(self._kind)

    def forget(self) -> None:
        """Let go of the body."""
        self._reply = None
        self._end_watching()
        self.search.stop()
        self.view.clear()

    def end_live(self) -> None:
        """Nothing more will come of what is shown."""
        if self._reply is not None:
            self.show_reply(self._reply)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = QKeySequence.StandardKey
        if event.matches(key.Find):
            self._open_search()
        elif event.matches(key.FindNext):
            self.search.move(1)
        elif event.matches(key.FindPrevious):
            self.search.move(-1)
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        """Another body."""
        self._charset = ""
        self._end_watching()
        self.view.clear()
        self.search.stop()
        self.find_bar.hide()
        self.filtering.forget()

    def _tell(self, reply: Reply) -> None:
        """Find out what the body is."""
        content_type = content_type_of(reply.exchange.response_headers)
        start = reply.decoded.read(0, _SNIFFED)
        self._kind = format_of(content_type, start)
        self._sent_charset = charset_for(content_type, start)
        self.filter.show_language(self._kind)
        self.bar.show_charset(self._sent_charset, self._charset)
        self.bar.media_type.setText(visible(content_type) or "no Content-Type")
        self.bar.media_type.setToolTip(self.bar.media_type.text())

    def _offer(self, reply: Reply) -> tuple[Form, ...]:
        forms = forms_of(self._kind, reply.decoded.size)
        queried = self._kind in QUERIED and reply.decoded.size > 0
        self.bar.offer(forms, queried=queried, coded=reply.decoded is not reply.body)
        return forms

    def _end_watching(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _show_live_text(self, reply: Reply) -> None:
        if self._live is None:
            self._live = LiveText(self.view.code, reply.decoded, self._sent_charset, self)
            self.view.show_code()
            self.bar.offer((Form.RAW,), queried=False, coded=False)
            self.bar.show_form(Form.RAW)
        self._live.grow()
        if reply.decoded.size > SHOWN:
            self.notice.say(f"The first {SHOWN:,} bytes are shown until all has come.")

    def _body(self, reply: Reply) -> Body:
        cut = reply.exchange.error is not None or bool(reply.fault) or not reply.finished
        return Body(reply.decoded, self._kind, self._charset or self._sent_charset, cut)

    def _show(self, form: Form) -> None:
        if self._reply is not None:
            self.filtering.forget()
            self.bar.show_form(form)
            self.view.show_body(self._body(self._reply), form)

    def _choose(self, form: Form) -> None:
        self._chosen[self._kind] = form
        self._show(form)

    def _choose_charset(self, name: str) -> None:
        self._charset = name
        self._show(self.view.form)

    def _open_search(self) -> None:
        if self._ground() is None and self._reply is not None:
            self._show(Form.RAW)
        self.find_bar.begin()
        self.search.again()

    def _close_search(self) -> None:
        self.find_bar.hide()
        self.search.stop()
        self.view.focus_shown()

    def _ground(self) -> Ground | None:
        """What can be searched of what is shown."""
        shown = self.view.currentWidget()
        if isinstance(shown, CodeView):
            return ground_of_text(shown)
        if isinstance(shown, PageView) and self.view.paged is not None:
            return ground_of_page(shown, *self.view.paged)
        return None

    def _save(self, decoded: bool) -> None:
        reply = self._reply
        if reply is not None:
            headers = reply.exchange.response_headers
            name = proposed_name(headers, reply.exchange.target, content_type_of(headers))
            self.saver.ask(reply.decoded if decoded else reply.body, name)

    def _say(self, sentence: str) -> None:
        self.notice.say(sentence)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._choose)
        self.bar.charset_chosen.connect(self._choose_charset)
        self.bar.find_wanted.connect(self._open_search)
        self.bar.filter_wanted.connect(self.filter.begin)
        self.bar.copy_wanted.connect(self.copying.copy_body)
        self.bar.save_wanted.connect(self._save)
        self.find_bar.closed.connect(self._close_search)
        self.view.noted.connect(self._say)
        self.view.changed.connect(self.search.again)

    def _lay_out(self) -> None:
        self.find_bar.hide()
        self.filter.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        for widget in (self.bar, self.filter, self.find_bar, self.notice, self.saver.line):
            layout.addWidget(widget)
        layout.addWidget(self.view, 1)
