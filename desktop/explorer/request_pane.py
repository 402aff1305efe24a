"""One request and its response: type it, send it, read what came back."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.client import Client, Reply
from desktop.explorer.rendering import is_instant, render
from desktop.explorer.request import InvalidRequest, PreparedRequest, Request
from desktop.explorer.request_editor import RequestEditor
from desktop.explorer.request_line import RequestLine
from desktop.explorer.response_view import ResponseView
from desktop.tasks import TaskSet
from desktop.widgets.message_line import MessageLine

FIRST_REQUEST = Request("GET", "http://localhost:5000/players")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a pane shows: a request as typed, and the reply to it if there is one.

    ``note`` is a sentence about the request: why it was not sent, or what is special about how it was.
    """

    request: Request
    reply: Reply | None = None
    note: str = ""


class RequestPane(QWidget):
    """``tasks`` run the sending; their owner closes them and the client. ``tour_wanted`` asks for the CRUD tour."""

    tour_wanted = Signal()

    def __init__(self, client: Client, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._sending: asyncio.Task[None] | None = None
        self._reply: Reply | None = None
        self._note = ""
        self.line = RequestLine(self)
        self.fault = MessageLine(parent=self)
        self.editor = RequestEditor(self)
        self.response = ResponseView(self)
        self._lay_out()
        self._connect()
        self.show_request(FIRST_REQUEST)
        self._show_sending(False)

    def request(self) -> Request:
        """The request as typed."""
        self.editor.headers.commit()
        return Request(
            self.line.method.currentText(), self.line.url.text(), self.editor.header_rows(), self.editor.body_text()
        )

    def sheet(self) -> Sheet:
        """The request as typed, and the reply that is shown."""
        return Sheet(self.request(), self._reply, self._note)

    def show_request(self, request: Request) -> None:
        """Put a request into the fields; what was in the URL and the body comes back by Undo there."""
        self.line.show_request(request.method, request.url)
        body = request.body if isinstance(request.body, str) else request.body.decode("utf-8", "backslashreplace")
        self.editor.show_request(request.headers, body)
        self._clear_faults()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another request with its reply; what is on its way is given up."""
        self._give_up()
        self.show_request(sheet.request)
        self._reply, self._note = sheet.reply, sheet.note
        self.fault.say(sheet.note, fault=sheet.reply is None)
        if sheet.reply is not None:
            self._show_at_once(sheet.reply)
        elif sheet.note:
            self.response.show_unsent()
        else:
            self.response.show_nothing()

    def send(self) -> None:
        """Send what is typed, or say in place why it cannot be sent; nothing while a request is on its way."""
        if self._sending is not None:
            return
        self._clear_faults()
        try:
            prepared = self.request().prepare()
        except InvalidRequest as fault:
            self._show_fault(fault)
            return
        self._reply, self._note = None, ""
        self.response.show_waiting(f"Waiting for {prepared.target.place}…")
        self._begin(self._exchange(prepared), f"sending {prepared.method} {prepared.target}")

    def try_request(self, request: Request) -> None:
        """Put a request in place of what is there and send it; typed headers stay, ticked off."""
        self._give_up()
        kept = (replace(row, enabled=False) for row in self.editor.header_rows())
        self.show_request(replace(request, headers=(*request.headers, *kept)))
        self.send()

    def cancel(self) -> None:
        """Stop waiting for the response."""
        if self._sending is not None:
            self._sending.cancel()

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._sending = self._tasks.spawn(work, name=name)
        self._sending.add_done_callback(self._sent)
        self._show_sending(True)

    def _give_up(self) -> None:
        """Cancel what is on its way, and show nothing of how it ends."""
        self.cancel()
        self._sending = None
        self._show_sending(False)

    async def _exchange(self, prepared: PreparedRequest) -> None:
        await self._show(await self._client.send(prepared, self.response.show_progress))

    async def _show(self, reply: Reply) -> None:
        self._reply = reply
        rendering = render(reply) if is_instant(reply) else await asyncio.to_thread(render, reply)
        self.response.show_reply(reply, rendering)

    def _show_at_once(self, reply: Reply) -> None:
        """Show a reply that has been there before; a big one takes its time."""
        if is_instant(reply):
            self.response.show_reply(reply, render(reply))
        else:
            self.response.show_waiting("Reading the response…")
            self._begin(self._show(reply), f"showing the response to {reply.request.method} {reply.request.target}")

    def _sent(self, task: "asyncio.Task[None]") -> None:
        if task is not self._sending:
            return
        self._sending = None
        if task.cancelled():
            self.response.show_cancelled()
        elif task.exception() is not None:
            self.response.show_failed()
        self._show_sending(False)

    def _press(self) -> None:
        if self._sending is None:
            self.send()
        else:
            self.cancel()

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
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setObjectName("explorerSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.editor)
        splitter.addWidget(self.response)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.line)
        layout.addWidget(self.fault)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.line.pressed.connect(self._press)
        self.line.url.returnPressed.connect(self.send)
        self.response.send_wanted.connect(self.send)
        self.line.tour.clicked.connect(self.tour_wanted)
        self.response.tour_wanted.connect(self.tour_wanted)

    def _show_sending(self, sending: bool) -> None:
        self.line.show_sending(sending)
        self.response.first_send.setEnabled(not sending)
