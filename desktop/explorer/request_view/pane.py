"""One request and its response: type it, send it, read what came back."""

import asyncio
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.explorer.model.prepared import InvalidRequest, PreparedRequest
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.editor import RequestEditor
from desktop.explorer.request_view.halves import Halves
from desktop.explorer.request_view.line import RequestLine
from desktop.explorer.request_view.prompts import PromptDialog, secret_answers
from desktop.explorer.response_view.view import ResponseView
from desktop.explorer.sending.reply import Reply
from desktop.explorer.session import Session, Spot
from desktop.explorer.variables.scope import Scope
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine

FIRST_REQUEST = Request("GET", "http://localhost:5000/players")
_NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a pane shows: a request as typed, and the reply to it if there is one.

    ``note`` is a sentence about the request: why it was not sent, or what is special about how it was.
    """

    request: Request
    reply: Reply | None = None
    note: str = ""


class RequestPane(QWidget):
    """``tasks`` run the sending; their owner closes them and the session's client.

    ``changed`` follows every edit, ``replied`` every end of a sending. ``tour_wanted`` asks for the CRUD tour. ``spot``
    is where the request belongs; its ``prompts`` are the variables that are asked for before it is sent.
    """

    changed = Signal()
    replied = Signal()
    tour_wanted = Signal()

    def __init__(self, session: Session, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._sending: asyncio.Task[None] | None = None
        self._reply: Reply | None = None
        self._note = ""
        self._prompts: tuple[tuple[str, str], ...] = ()
        self._answers: dict[str, str] = {}
        self.spot = _NOWHERE
        self.line = RequestLine(self)
        self.send_anyway = QPushButton("Send as written", self)
        self.fault = MessageLine((self.send_anyway,), self)
        self.editor = RequestEditor(self)
        self.response = ResponseView(tasks, self)
        self.escape = QShortcut(QKeySequence(shortcuts.CANCEL_REQUEST), self)
        self.escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.escape.activated.connect(self.cancel)
        self._lay_out()
        self._connect()
        self.show_request(FIRST_REQUEST)
        self._show_sending(False)

    @property
    def sending(self) -> bool:
        """Whether a request is on its way."""
        return self._sending is not None

    def belong(self, spot: Spot, prompts: tuple[tuple[str, str], ...] = ()) -> None:
        """The request belongs to another place from now on."""
        self.spot, self._prompts = spot, prompts
        self.editor.show_inherited(self._session.inherited(spot), _source(spot))
        self.refresh_variables()

    def refresh_variables(self) -> None:
        """The environment has changed."""
        self.line.url.refresh()
        self.editor.refresh()

    def request(self) -> Request:
        """The request as typed."""
        return replace(self.editor.request(), method=self.line.method.currentText(), url=self.line.url.text())

    def sheet(self) -> Sheet:
        """The request as typed, and the reply that is shown."""
        return Sheet(self.request(), self._reply, self._note)

    def show_request(self, request: Request) -> None:
        """Put a request into the fields; what was in the URL and the body comes back by Undo there."""
        self.line.show_request(request.method, request.url)
        self.editor.show_request(request)
        self._clear_faults()
        self.changed.emit()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another request with its reply; what is on its way is given up."""
        self._give_up()
        self.show_request(sheet.request)
        self._reply, self._note = sheet.reply, sheet.note
        self.fault.say(sheet.note, fault=sheet.reply is None)
        if sheet.reply is not None:
            self.response.show_reply(sheet.reply)
        elif sheet.note:
            self.response.show_unsent()
        else:
            self.response.show_nothing()

    def send(self) -> None:
        """Send what is typed, or say in place why it cannot be sent; nothing while a request is on its way."""
        if self._sending is not None:
            return
        known = self._scope()
        asked = tuple(one for one in self._prompts if known.get(one[0]) is None)
        if asked:
            dialog = PromptDialog(asked, self)
            dialog.answered.connect(self._send)
            dialog.open()
        else:
            self._send({})

    def try_request(self, request: Request) -> None:
        """Put a request in place of what is there and send it; typed headers stay, ticked off."""
        self._give_up()
        kept = (replace(row, enabled=False) for row in self.request().headers)
        self.show_request(replace(request, headers=(*request.headers, *kept)))
        self.send()

    def cancel(self) -> None:
        """Stop waiting for the response."""
        if self._sending is not None:
            self._sending.cancel()

    async def end(self) -> None:
        """Cancel what is on its way, and wait until nothing of it comes back here."""
        sending = self._sending
        self._give_up()
        self.response.show_nothing()
        if sending is not None:
            await asyncio.wait([sending])

    def _scope(self) -> Scope:
        return self._session.scope(self.spot)

    def _send(self, prompts: dict[str, str], as_written: bool = False) -> None:
        if self._sending is not None:
            return
        self._answers = prompts
        self._clear_faults()
        typed = self.request()
        resolved = self._session.resolved(typed, self.spot, prompts)
        missing = replace(resolved, body="").unresolved
        if missing and not as_written:
            self._say_missing(missing)
            return
        left = resolved.unresolved
        note = f"Sent as written, for want of a value: {_named(left)}." if left else ""
        try:
            prepared = resolved.prepare(self._session.folder(self.spot))
        except InvalidRequest as fault:
            self._show_fault(fault)
            return
        self._reply, self._note = None, note
        self.fault.say(note)
        self.response.show_waiting(f"Waiting for {prepared.target.place}…")
        self._sending = self._tasks.spawn(
            self._exchange(typed, prepared, secret_answers(prompts)),
            name=f"sending {prepared.method} {prepared.target}",
        )
        self._sending.add_done_callback(self._sent)
        self._show_sending(True)

    def _send_as_written(self) -> None:
        self._send(self._answers, as_written=True)

    def _give_up(self) -> None:
        """Cancel what is on its way, and show nothing of how it ends."""
        self.cancel()
        self._sending = None
        self._show_sending(False)

    async def _exchange(self, typed: Request, prepared: PreparedRequest, secrets: frozenset[str]) -> None:
        self._reply = await self._session.send(typed, prepared, self.spot, self.response.show_live, secrets)
        self.response.show_reply(self._reply)

    def _sent(self, task: "asyncio.Task[None]") -> None:
        if task is not self._sending:
            return
        self._sending = None
        if task.cancelled():
            self.response.show_cancelled()
        elif task.exception() is not None:
            self.response.show_failed()
        self._show_sending(False)
        self.replied.emit()

    def _press(self) -> None:
        if self._sending is None:
            self.send()
        else:
            self.cancel()

    def _say_missing(self, names: tuple[str, ...]) -> None:
        self.fault.say(
            f"There is no value for {_named(names)}. Choose an environment that has one, or send it as written.",
            fault=True,
            buttons=(self.send_anyway,),
        )
        self.line.focus_url()

    def _show_fault(self, fault: InvalidRequest) -> None:
        if fault.field in self.editor.faults:
            self.editor.show_fault(fault.field, fault.sentence)
            return
        self.fault.say(fault.sentence, fault=True)
        (self.line.method if fault.field == "method" else self.line.url).setFocus()

    def _clear_faults(self) -> None:
        self.fault.say("")
        self.editor.clear_faults()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.line)
        layout.addWidget(self.fault)
        layout.addWidget(Halves(self._session, self.editor, self.response, self), 1)

    def _connect(self) -> None:
        self.line.pressed.connect(self._press)
        self.line.url.returnPressed.connect(self.send)
        self.line.url.textChanged.connect(self.editor.show_url)
        self.line.url.textChanged.connect(self.changed)
        self.line.method.currentTextChanged.connect(self.editor.show_method)
        self.line.method.currentTextChanged.connect(self.changed)
        self.line.set_variables(self._scope)
        self.editor.set_variables(self._scope)
        self.editor.url_edited.connect(self.line.show_url)
        self.editor.changed.connect(self.changed)
        self.send_anyway.clicked.connect(self._send_as_written)
        self.response.send_wanted.connect(self.send)
        self.line.tour.clicked.connect(self.tour_wanted)
        self.response.tour_wanted.connect(self.tour_wanted)

    def _show_sending(self, sending: bool) -> None:
        self.line.show_sending(sending)
        self.escape.setEnabled(sending)
        self.response.first_send.setEnabled(not sending)


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _source(spot: Spot) -> str:
    return "" if spot.path is None else spot.path.parent.name
