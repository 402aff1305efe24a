"""Between the buttons and one server: takes intents, runs them as tasks, and says when the state has changed."""

import enum
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.tasks import TaskSet
from servers.listening import PortInUse, next_free_port
from servers.server import Address, AnyServer, ServerState
from servers.settings import HttpSettings, Listen

BUSY = (ServerState.STARTING, ServerState.STOPPING)


@dataclass(frozen=True, slots=True)
class ServerSpec:
    """What the window says about a server: name in the code, titles, icon, what it does, what can be tried."""

    name: str
    title: str
    short: str
    icon: str
    purpose: str
    try_label: str
    try_tip: str


SPECS = (
    ServerSpec(
        "http",
        "HTTP",
        "HTTP",
        "web",
        "Static sites and dynamic pages.",
        "Play Breakout",
        "Show the site in your browser",
    ),
    ServerSpec(
        "rest",
        "REST",
        "REST",
        "api",
        "Resources over sample data or your own.",
        "GET /players",
        "Send the request in the explorer",
    ),
    ServerSpec(
        "ws",
        "WebSocket",
        "WS",
        "message-processing-outline",
        "Echo, broadcast, and a special reply to the sender.",
        "Open two chats",
        "Open two chat windows side by side",
    ),
)


class ServerControl(QObject):
    """The window's handle on one server; it exists before the server does, and is ``ready`` from ``attach`` on.

    ``setting_chosen`` has the server's name, a setting's key and its value for JSON.
    """

    changed = Signal()
    starting = Signal()
    setting_chosen = Signal(str, str, object)
    try_requested = Signal(str)

    def __init__(self, spec: ServerSpec, settings: Listen, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self.spec = spec
        self._settings = settings
        self._tasks = tasks
        self._server: AnyServer | None = None
        self._early: dict[str, Any] = {}

    def attach(self, server: AnyServer) -> None:
        """From now on speak for this server; it gets the settings that were chosen before it was there."""
        self._server = server
        server.settings = replace(server.settings, **self._early)
        server.on_state = self.changed.emit
        self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether there is a server to start."""
        return self._server is not None

    @property
    def state(self) -> ServerState:
        """The state of the server."""
        return ServerState.STOPPED if self._server is None else self._server.state

    @property
    def can_start(self) -> bool:
        """Whether Start would do something."""
        return self.ready and self.state in (ServerState.STOPPED, ServerState.FAILED)

    @property
    def can_stop(self) -> bool:
        """Whether Stop would do something."""
        return self.state is ServerState.RUNNING

    @property
    def settings(self) -> Listen:
        """The settings as they are now."""
        return self._settings if self._server is None else self._server.settings

    @property
    def address(self) -> Address | None:
        """Where the server answers; None unless it runs."""
        return None if self._server is None else self._server.address

    @property
    def port(self) -> int:
        """The port in use while the server runs, else the one it will ask for."""
        return self.settings.port if self.address is None else self.address.port

    @property
    def url(self) -> str:
        """Where the server answers; empty unless it runs."""
        return "" if self.address is None else self.address.url

    @property
    def error(self) -> str:
        """Why the server failed, as a sentence; empty unless it has failed."""
        if self._server is None or self.state is not ServerState.FAILED:
            return ""
        error = self._server.error
        known = isinstance(error, OSError) and error.strerror
        return str(error) if known else f"The {self.spec.title} server failed: {error}"

    @property
    def notice(self) -> str:
        """What the last start found and the user should know; empty where there is nothing to say."""
        return (self._server and self._server.notice) or ""

    @property
    def try_label(self) -> str:
        """What there is to try: the game of the bundled sites, where they are served."""
        settings = self.settings
        is_own = isinstance(settings, HttpSettings) and settings.root is not None
        return "Open in browser" if is_own else self.spec.try_label

    @property
    def port_is_taken(self) -> bool:
        """Whether the server failed because something else listens on its port."""
        return self._server is not None and isinstance(self._server.error, PortInUse)

    def set_port(self, port: int) -> None:
        """Use another port from the next start on."""
        self.change(port=port)

    def change(self, **values: Any) -> None:
        """Replace settings of the server, and tell which really are others now."""
        before = self.settings
        after = replace(before, **values)
        if self._server is not None:
            self._server.settings = after
        else:
            self._settings = after
            self._early |= values
        if after != before:
            self.changed.emit()
        for key in values:
            if getattr(after, key) != getattr(before, key):
                self.setting_chosen.emit(self.spec.name, key, for_json(getattr(after, key)))

    def start(self) -> None:
        """Start the server unless it runs or is about to; ``starting`` is the last moment to set its port."""
        self.starting.emit()
        if self._server is not None and self.can_start:
            self._tasks.spawn(self._start(self._server), name=f"start the {self.spec.title} server")

    async def ensure_running(self) -> str:
        """Start the server if need be and wait for it; returns why it does not run, empty if it does."""
        self.starting.emit()
        if self._server is None:
            return "The servers are still being loaded; try again in a moment."
        await self._start(self._server)
        return self.error

    def stop(self) -> None:
        """Stop the server unless it is stopped or about to be."""
        if self._server is not None and self.can_stop:
            self._tasks.spawn(self._server.stop(), name=f"stop the {self.spec.title} server")

    def restart(self) -> None:
        """Stop a running server and start it again with the settings as they are now."""
        if self._server is not None and self.can_stop:
            self._tasks.spawn(self._restart(self._server), name=f"restart the {self.spec.title} server")

    def toggle(self) -> None:
        """Stop a running server, start a stopped one."""
        if self.can_stop:
            self.stop()
        else:
            self.start()

    def start_on_next_port(self) -> None:
        """Take the next free port and start there."""
        with suppress(OSError):  # no port at all is free: the card goes on saying what it says
            self.set_port(next_free_port(self.settings.host, self.settings.port))
            self.start()

    def request_try(self) -> None:
        """Ask to be shown how the server works."""
        self.try_requested.emit(self.spec.name)

    async def _start(self, server: AnyServer) -> None:
        try:
            await server.start()
        except OSError:
            return  # an expected failure: the server is FAILED and the card says why

    async def _restart(self, server: AnyServer) -> None:
        with suppress(OSError):  # as above
            await server.restart()


def for_json(value: object) -> object:
    """The value of a setting as the settings file holds it."""
    if isinstance(value, enum.Enum):
        return value.value
    return str(value) if isinstance(value, Path) else value
