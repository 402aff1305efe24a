"""One chat window: a WebSocket client with its address, transcript and message box."""

from collections.abc import Coroutine, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop import shortcuts
from desktop.chat.composing.payload import read_payload
from desktop.chat.connecting.address import without_credentials
from desktop.chat.connection_view.words import state_words, waiting_words
from desktop.chat.keeping.values import target_from, to_json
from desktop.chat.link import Link
from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.session import SendFailed, Session
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.window_parts import ChatWindowParts
from desktop.tasks import TaskSet
from desktop.widgets.variables import fill
from servers.logs import visible

_NO_CONNECTION = "Not sent: there is no connection. Connect, then send your message."


class ChatWindow(ChatWindowParts):
    """A top-level window with one connection at a time.

    ``changed`` tells of a new state, ``closing`` that the window was closed: whoever made it then awaits ``leave``.
    """

    changed = Signal()
    closing = Signal(QWidget)

    def __init__(self, target: Target, surroundings: Surroundings) -> None:
        self._tasks = TaskSet(surroundings.report)
        super().__init__(surroundings, self._tasks, self._url)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._surroundings = surroundings
        self.link = Link(
            self._resolved,
            surroundings,
            on_entry=self.pane.add,
            on_state=self._on_state,
            on_frame=self.frames.add,
        )
        self._show_target(target)
        self._connect_parts()
        self._add_keys()
        self.use_surroundings()
        self._on_state()
        self.box.setFocus()

    @property
    def session(self) -> Session | None:
        """The present connection, or the last."""
        return self.link.session

    @property
    def is_open(self) -> bool:
        """Whether it is connected, or is trying to be."""
        return self.link.is_busy

    @property
    def title_name(self) -> str:
        """What the window is called: the name that the server knows, else the one that is typed."""
        session = self.session
        return (session.name if session is not None and self.link.is_open else "") or self.bar.name.text()

    @property
    def state_text(self) -> str:
        """The state of the connection in words, or how long it waits for the next attempt."""
        session, waiting = self.session, self.link.waiting
        if session is None or waiting is None:
            return state_words(session)
        return waiting_words(session.outcome, waiting.attempt, waiting.due - monotonic())

    def target(self) -> Target:
        """Where it connects, as typed."""
        return self.options.target(self.bar.url.text().strip(), self.bar.name.text().strip())

    def set_color(self, index: int) -> None:
        """Show one of the colours of windows."""
        self.stripe.show_color(index)

    def use_surroundings(self) -> None:
        """The variables of the surroundings are there, or have other values."""
        if self._surroundings.variables is not None:
            self.use_variables(self._surroundings.variables)

    def connect_now(self) -> None:
        """Connect, unless there is a connection or an attempt already."""
        if not self.link.is_busy:
            self._tasks.spawn(self.link.run(), name=f"the chat connection of {self.bar.name.text()}")

    def hang_up(self) -> None:
        """Close the connection with 1000, or give up trying."""
        self._tasks.spawn(self.link.close(), name="closing a chat connection")

    async def leave(self) -> None:
        """Close the connection with 1001 and end every task; takes little more than a second at most."""
        try:
            await self.repeat.leave()
            await self.link.leave()
        finally:
            await self._tasks.close()
            await self.pane.leave()

    def kept(self) -> dict[str, object]:
        """What comes back after a restart, in the types of JSON: what is typed and chosen, but no message."""
        return {
            "target": to_json(self.target()),
            "box": self.box.kept(),
            "repeat": self.repeat.kept(),
            "reading": self.pane.kept(),
            "panels": self.panels(),
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take what ``kept`` gave; what is missing or not understood is left out."""
        self._show_target(target_from(kept.get("target")))
        for name, part in (("box", self.box), ("repeat", self.repeat), ("reading", self.pane)):
            content = kept.get(name)
            part.restore(content if isinstance(content, dict) else {})
        self.show_panels(kept.get("panels"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        self.closing.emit(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh_variables()

    def _connect_parts(self) -> None:
        self.bar.connect_requested.connect(self._connect)
        self.bar.disconnect_requested.connect(self.hang_up)
        self.bar.name.textChanged.connect(self._show_title)
        self.options.changed.connect(self._count_options)
        self.state_bar.retry_requested.connect(self.link.retry_now)
        self.state_bar.stop_requested.connect(self.hang_up)
        self.state_bar.handshake_requested.connect(self._show_handshake)
        self.close_row.chosen.connect(self._close_with)
        self.ping.chosen.connect(self._ping)
        self.people.asked.connect(self._ask_names)
        self.bar.toggles["people"].clicked.connect(self._look_who_is_there)
        self.people.chosen.connect(self._write_to)
        self.people.renamed.connect(self._rename)
        self.box.submitted.connect(self._submit)
        self.saved.send_requested.connect(self._submit)

    def _add_keys(self) -> None:
        for keys, slot in (
            (shortcuts.FOCUS_URL, self.bar.focus_url),
            (shortcuts.CLOSE_WINDOW, self.close),
            (shortcuts.CONNECT_CHAT, self._toggle),
            (shortcuts.PING_SERVER, self._ping),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _filled(self, text: str) -> str:
        provider = self._surroundings.variables
        return text if provider is None or "{{" not in text else fill(text, provider())

    def _resolved(self) -> Target:
        return self.target().resolve(self._filled)

    def _url(self) -> str:
        return self._filled(self.bar.url.text().strip())

    def _toggle(self) -> None:
        if self.link.is_busy:
            self.hang_up()
        else:
            self._connect()

    def _connect(self) -> None:
        self.connect_now()
        self.box.setFocus()

    def _close_with(self, code: int, reason: str) -> None:
        self._tasks.spawn(self.link.close(code, reason), name="closing a chat connection")

    def _submit(self, message: Outgoing) -> None:
        if not self.link.is_open:
            self.box.refused(message, _NO_CONNECTION)
            return
        self.box.set_busy(True)
        self._tasks.spawn(self._deliver(message), name="sending a chat message")

    async def _deliver(self, message: Outgoing) -> None:
        try:
            await self._send(message)
        except SendFailed as failure:
            self.box.refused(message, str(failure))
        else:
            self.box.accepted(message)
        finally:
            self.box.set_busy(False)

    async def _send(self, message: Outgoing) -> None:
        """Send it with its variables filled in. Raises SendFailed."""
        session, whole = self.session, message.resolve(self._filled)
        try:
            content = await read_payload(whole)
        except ValueError as error:
            raise SendFailed(str(error)) from None
        if session is None:
            raise SendFailed(_NO_CONNECTION)
        label = Path(whole.text).name if whole.form is Form.FILE else ""
        await session.send(content, to=whole.to, raw=whole.raw, label=label)

    def _ping(self, data: bytes = b"") -> None:
        if self.session is not None:
            self._ask(self.session.ping(data))

    def _ask_names(self) -> None:
        if self.session is not None:
            self._ask(self.session.ask_names())

    def _look_who_is_there(self, wanted: bool) -> None:
        if wanted and self.session is not None and self.link.is_open and self.session.speaks_chat:
            self._ask_names()

    def _rename(self, name: str) -> None:
        if self.session is not None:
            self._ask(self.session.rename(name))

    def _ask(self, question: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn(self._asked(question), name="asking a chat server")

    async def _asked(self, question: Coroutine[Any, Any, None]) -> None:
        try:
            await question
        except SendFailed as failure:
            self.state_bar.complain(str(failure))

    def _write_to(self, name: str) -> None:
        self.box.write_to(name)

    def _show_handshake(self) -> None:
        session = self.session
        if session is not None:
            self.handshake.show_handshake(session.handshake, session.outcome if session.failed else "")
            self.handshake.show()
            self.handshake.raise_()

    def _show_target(self, target: Target) -> None:
        self.bar.url.setText(target.url)
        self.bar.name.setText(target.name)
        self.options.show_target(target)
        self._count_options()
        self._show_title()

    def _count_options(self) -> None:
        self.bar.show_option_count(self.options.count)

    def _on_state(self) -> None:
        session, is_open = self.session, self.link.is_open
        self.bar.show_state(session, self.link.waiting)
        self.state_bar.show_state(session, self.link.waiting)
        self.options.show_connected(self.link.is_busy)
        self.close_row.setEnabled(is_open)
        self.ping.set_connected(is_open)
        self.ping.show_latency(session.latency if session is not None else None)
        self.repeat.set_sender(self._send if is_open else None)
        self.box.set_connected(is_open, _NO_CONNECTION)
        self._show_people(session if is_open else None)
        if session is not None and session.handshake is not None:
            self.pane.server, self.pane.exchange = without_credentials(session.target.url), session.handshake
        self._show_title()
        self.changed.emit()

    def _show_people(self, session: Session | None) -> None:
        speaks_chat = session is not None and session.speaks_chat
        if session is None or not speaks_chat:
            self.people.show_people(None, "")
            self.box.set_chat(None)
            return
        self.people.show_people(session.names, session.name)
        self.box.set_chat(tuple(name for name in session.names if name != session.name))

    def _show_title(self) -> None:
        self.setWindowTitle(f"{visible(self.title_name) or 'Chat'} – Portside chat")
