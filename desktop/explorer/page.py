"""The explorer's page: type a request, send it, read what came back."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.explorer.client import Client
from desktop.explorer.notice import Notice
from desktop.explorer.rendering import is_instant, render
from desktop.explorer.request import METHODS, InvalidRequest, PreparedRequest, Request
from desktop.explorer.request_editor import RequestEditor
from desktop.explorer.response_view import ResponseView
from desktop.tasks import TaskSet

FIRST_REQUEST = Request("GET", "http://localhost:5000/players")


class ExplorerPage(QWidget):
    """One request and its response. ``tasks`` run the sending; their owner closes them and the client."""

    def __init__(self, client: Client, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._sending: asyncio.Task[None] | None = None
        self._again = False
        self._make_first_line()
        self.fault = Notice(self)
        self.editor = RequestEditor(self)
        self.response = ResponseView(self)
        self._lay_out()
        self._connect()
        self.show_request(FIRST_REQUEST)
        self._show_sending(False)

    def request(self) -> Request:
        """The request as typed."""
        return Request(self.method.currentText(), self.url.text(), self.editor.header_rows(), self.editor.body_text())

    def show_request(self, request: Request) -> None:
        """Put a request into the fields; what was in the URL and the body comes back by Undo there."""
        self.method.setCurrentText(request.method)
        self.url.selectAll()
        self.url.insert(request.url)
        body = request.body if isinstance(request.body, str) else request.body.decode("utf-8", "backslashreplace")
        self.editor.show_request(request.headers, body)
        self._clear_faults()

    def send(self) -> None:
        """Send what is typed, or say in place why it cannot be sent; nothing while a request is on its way."""
        if self._sending is not None:
            return
        self.editor.headers.commit()
        self._clear_faults()
        try:
            prepared = self.request().prepare()
        except InvalidRequest as fault:
            self._show_fault(fault)
            return
        self.response.show_waiting(prepared.target.place)
        name = f"sending {prepared.method} {prepared.target}"
        self._sending = self._tasks.spawn(self._exchange(prepared), name=name)
        self._sending.add_done_callback(self._sent)
        self._show_sending(True)

    def try_request(self, request: Request) -> None:
        """Put a request in place of what is there and send it; typed headers stay, ticked off."""
        kept = (replace(row, enabled=False) for row in self.editor.header_rows())
        self.show_request(replace(request, headers=(*request.headers, *kept)))
        self._again = self._sending is not None
        if self._again:
            self.cancel()
        else:
            self.send()

    def cancel(self) -> None:
        """Stop waiting for the response."""
        if self._sending is not None:
            self._sending.cancel()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "response"):
            self._show_sending(self._sending is not None)

    async def _exchange(self, prepared: PreparedRequest) -> None:
        reply = await self._client.send(prepared, self.response.show_progress)
        rendering = render(reply) if is_instant(reply) else await asyncio.to_thread(render, reply)
        self.response.show_reply(reply, rendering)

    def _sent(self, task: "asyncio.Task[None]") -> None:
        self._sending = None
        if task.cancelled():
            self.response.show_cancelled()
        elif task.exception() is not None:
            self.response.show_failed()
        self._show_sending(False)
        if self._again:
            self._again = False
            self.send()

    def _press(self) -> None:
        if self._sending is None:
            self.send()
        else:
            self.cancel()

    def _show_fault(self, fault: InvalidRequest) -> None:
        if fault.field in self.editor.faults:
            self.editor.show_fault(fault.field, fault.sentence)
            return
        self.fault.say(fault.sentence)
        (self.method if fault.field == "method" else self.url).setFocus()

    def _clear_faults(self) -> None:
        self.fault.say("")
        self.editor.clear_faults()

    def _focus_url(self) -> None:
        self.url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.url.selectAll()

    def _make_first_line(self) -> None:
        self.method = QComboBox(self)
        self.method.setEditable(True)
        self.method.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.method.addItems(METHODS)
        self.method.setFont(theme.mono_font())
        self.method.setMinimumContentsLength(9)
        self.method.setAccessibleName("Method")
        self.method.setToolTip("The method; any other can be typed")
        self.url = QLineEdit(self)
        self.url.setFont(theme.mono_font())
        self.url.setAccessibleName("URL")
        self.url.setPlaceholderText("http://localhost:5000/players")
        self.url.setToolTip(f"The URL ({shortcuts.FOCUS_URL})")
        self.button = QPushButton(self)
        self.button.setMinimumWidth(110)
        for widget in (self.method, self.url, self.button):
            widget.setMinimumHeight(32)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.method)
        line.addWidget(self.url, 1)
        line.addWidget(self.button)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setObjectName("explorerSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.editor)
        splitter.addWidget(self.response)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.setSpacing(theme.S)
        layout.addLayout(line)
        layout.addWidget(self.fault)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.button.clicked.connect(self._press)
        self.response.send_wanted.connect(self.send)
        self.url.returnPressed.connect(self.send)
        for keys, action in ((shortcuts.SEND_REQUEST, self.send), (shortcuts.FOCUS_URL, self._focus_url)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _show_sending(self, sending: bool) -> None:
        scheme = theme.colors()
        face, text = (scheme.raised, scheme.text) if sending else (scheme.accent, scheme.on_accent)
        # flat, because the gradient of the style takes the contrast below 4.5:1
        self.button.setStyleSheet(
            f"QPushButton {{ background: {face}; color: {text}; border: 2px solid {scheme.border}; border-radius: 4px;"
            f" padding: 4px 12px; }} QPushButton:focus {{ border-color: {scheme.text}; }}"
        )
        self.button.setText("Cancel" if sending else "Send")
        self.button.setIcon(theme.icon("close" if sending else "send", text))
        self.button.setToolTip("Stop waiting for the response" if sending else f"Send ({shortcuts.SEND_REQUEST})")
        self.response.first_send.setEnabled(not sending)
