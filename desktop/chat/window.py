"""One chat window: a WebSocket client with its address, transcript and message box."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop import shortcuts
from desktop.chat.asking import Asking
from desktop.chat.connecting.address import without_credentials
from desktop.chat.connection_view.options_panel import OptionsPanel
from desktop.chat.connection_view.people import PeoplePanel
from desktop.chat.connection_view.words import state_words, waiting_words
from desktop.chat.keeping.values import target_from, to_json
from desktop.chat.link import Link
from desktop.chat.people import name_text
from desktop.chat.repeating.panel import RepeatPanel
from desktop.chat.repeating.ping_row import PingRow
from desktop.chat.sending import NO_CONNECTION, Sender
from desktop.chat.session import Session
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.window_parts import ChatWindowParts
from desktop.tasks import TaskSet
from desktop.widgets.close_row import CloseRow
from desktop.widgets.variables import fill

_SOON_MS = 100


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
        self._shown, self._kept_repeat = target, dict[str, Any]()
        self._state: tuple[object, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._show_state)
        self.link = Link(
            self._resolved,
            surroundings,
            on_entry=self.pane.add,
            on_state=self._on_state,
            on_frame=self.gathered.add,
        )
        self._sender = Sender(self.link, self.box, self._filled, self._tasks)
        self._asking = Asking(self.link, self._tasks, self.state_bar.complain)
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
        url, name, options = self.bar.url.text().strip(), self.bar.name.text().strip(), self._options.made
        return replace(self._shown, url=url, name=name) if options is None else options.target(url, name)

    def set_color(self, index: int) -> None:
        """Show one of the colours of windows."""
        self.stripe.show_color(index)

    def set_recent(self, urls: Sequence[str]) -> None:
        """Offer these URLs, the newest first."""
        self.bar.set_recent(urls)

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
            if self._repeat.made is not None:
                await self._repeat.made.leave()
            await self.link.leave()
        finally:
            await self._tasks.close()
            await self.pane.leave()

    def kept(self) -> dict[str, object]:
        """What comes back after a restart, in the types of JSON: what is typed and chosen, but no message."""
        return {
            "target": to_json(self.target()),
            "box": self.box.kept(),
            "repeat": self._kept_repeat if self._repeat.made is None else self._repeat.made.kept(),
            "reading": self.pane.kept(),
            "panels": self.panels(),
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take what ``kept`` gave; what is missing or not understood is left out."""
        self._show_target(target_from(kept.get("target")))
        self.box.restore(_object(kept, "box"))
        self.pane.restore(_object(kept, "reading"))
        self._kept_repeat = _object(kept, "repeat")
        self._repeat.tell(RepeatPanel.restore, self._kept_repeat)
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
        self.state_bar.retry_requested.connect(self.link.retry_now)
        self.state_bar.stop_requested.connect(self.hang_up)
        self.state_bar.handshake_requested.connect(self._show_handshake)
        self.bar.toggles["people"].clicked.connect(self._asking.look_around)
        self.box.controls.to_box.asked.connect(self._asking.names)
        self.box.submitted.connect(self._sender.submit)
        self.saved.send_requested.connect(self._sender.submit)
        self._options.tell(self._connect_options)
        self._close_row.tell(self._connect_close_row)
        self._ping.tell(self._connect_ping)
        self._people.tell(self._connect_people)

    def _connect_options(self, options: OptionsPanel) -> None:
        options.changed.connect(self._count_options)

    def _connect_close_row(self, row: CloseRow) -> None:
        row.chosen.connect(self._close_with)

    def _connect_ping(self, ping: PingRow) -> None:
        ping.chosen.connect(self._asking.ping)

    def _connect_people(self, people: PeoplePanel) -> None:
        people.asked.connect(self._asking.names)
        people.chosen.connect(self.box.write_to)
        people.renamed.connect(self._asking.rename)

    def _add_keys(self) -> None:
        for keys, slot in (
            (shortcuts.FOCUS_URL, self.bar.focus_url),
            (shortcuts.CLOSE_WINDOW, self.close),
            (shortcuts.CONNECT_CHAT, self._toggle),
            (shortcuts.PING_SERVER, self._asking.ping),
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

    def _show_handshake(self) -> None:
        session = self.session
        if session is not None:
            self.handshake.show_handshake(session.handshake, session.outcome if session.failed else "")
            self.handshake.show()
            self.handshake.raise_()

    def _show_target(self, target: Target) -> None:
        self._shown = target
        self.bar.url.setText(target.url)
        self.bar.name.setText(target.name)
        self._options.tell(OptionsPanel.show_target, target)
        self._count_options()
        self._show_title()

    def _count_options(self) -> None:
        self.bar.show_option_count(self.target().changed_options)

    def _on_state(self) -> None:
        """Show a new state at once; names and latencies, of which servers may tell thousands a second, soon."""
        session = self.session
        state = (session, session.state if session is not None else None, self.link.waiting, self.link.is_busy)
        if state != self._state:
            self._state = state
            self._show_state()
        elif not self._soon.isActive():
            self._soon.start()

    def _show_state(self) -> None:
        session, is_open = self.session, self.link.is_open
        self.bar.show_state(session, self.link.waiting)
        self.state_bar.show_state(session, self.link.waiting)
        self._options.tell(OptionsPanel.show_connected, self.link.is_busy)
        self._close_row.setEnabled(is_open)
        self._ping.tell(PingRow.set_connected, is_open)
        self._ping.tell(PingRow.show_latency, session.latency if session is not None else None)
        self._repeat.tell(RepeatPanel.set_sender, self._sender.send if is_open else None)
        self.box.set_connected(is_open, NO_CONNECTION)
        self._show_people(session if is_open else None)
        if session is not None and session.handshake is not None:
            self.pane.server, self.pane.exchange = without_credentials(session.target.url), session.handshake
        self._show_title()
        self.changed.emit()

    def _show_people(self, session: Session | None) -> None:
        speaks_chat = session is not None and session.speaks_chat
        if session is None or not speaks_chat:
            self._people.tell(PeoplePanel.show_people, None, "")
            self.box.set_chat(None)
            return
        self._people.tell(PeoplePanel.show_people, session.names, session.name)
        self.box.set_chat(tuple(name for name in session.names if name != session.name))

    def _show_title(self) -> None:
        self.setWindowTitle(f"{name_text(self.title_name) or 'Chat'} – Portside chat")


def _object(kept: Mapping[str, object], name: str) -> dict[str, Any]:
    """The JSON object of this name; empty where there is none."""
    content = kept.get(name)
    return content if isinstance(content, dict) else {}
