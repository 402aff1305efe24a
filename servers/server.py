"""The lifecycle that every server shares: its states, the legal ways between them, and the address it answers on."""

import abc
import asyncio
import enum
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from servers.settings import Listen

log = logging.getLogger("portside.server")

S = TypeVar("S", bound=Listen)


class ServerState(enum.Enum):
    """Where a server is in its life; the value is the word that users read."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


_NEXT = {
    ServerState.STOPPED: {ServerState.STARTING},
    ServerState.STARTING: {ServerState.RUNNING, ServerState.FAILED, ServerState.STOPPED},
    ServerState.RUNNING: {ServerState.STOPPING},
    ServerState.STOPPING: {ServerState.STOPPED, ServerState.FAILED},
    ServerState.FAILED: {ServerState.STARTING, ServerState.STOPPED},
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server answers.

    ``bound`` holds the real socket names, (host, port) each; ``host`` is the name to write in a URL.
    """

    scheme: str
    host: str
    port: int
    bound: tuple[tuple[str, int], ...]

    @property
    def url(self) -> str:
        """The root URL (RFC 3986), an IPv6 literal in brackets, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


class Server(abc.ABC, Generic[S]):
    """One server that can be started and stopped any number of times.

    ``start``, ``stop`` and ``restart`` are serialised by one lock, do nothing where there is nothing to do, and may be
    cancelled: a cancelled start leaves a stopped server. A failure of ``_start`` is remembered in ``error``, makes
    the state FAILED and is raised. ``on_state`` is called without arguments after every change of state.
    ``notice`` is a sentence about what the last start found and the user should know, though the server runs.
    ``settings`` may be replaced at any time; host and port count from the next start.
    """

    name: str

    def __init__(self, settings: S) -> None:
        self.settings = settings
        self.state = ServerState.STOPPED
        self.error: Exception | None = None
        self.notice: str | None = None
        self.address: Address | None = None
        self.on_state: Callable[[], None] | None = None
        self._lock = asyncio.Lock()

    async def start(self) -> None:
        """Listen and serve. Raises OSError (PortInUse among them) when the address cannot be had."""
        async with self._lock:
            if self.state is not ServerState.RUNNING:
                await self._launch()

    async def stop(self) -> None:
        """Close the listening sockets and every connection; the port is free when this returns."""
        async with self._lock:
            await self._halt()

    async def restart(self) -> None:
        """Stop and start again, with the settings as they are now."""
        async with self._lock:
            await self._halt()
            await self._launch()

    @abc.abstractmethod
    async def _start(self) -> Address:
        """Open everything; on failure or cancellation the template calls ``_stop`` to release what was opened."""

    @abc.abstractmethod
    async def _stop(self) -> None:
        """Release everything that ``_start`` opened, however far it came; must free the sockets when cancelled."""

    async def _launch(self) -> None:
        self.error = None
        self._enter(ServerState.STARTING)
        try:
            self.address = await self._start()
        except asyncio.CancelledError:
            await self._release(ServerState.STOPPED)
            raise
        except Exception as error:
            self.error = error
            await self._release(ServerState.FAILED)
            raise
        self._enter(ServerState.RUNNING)

    async def _release(self, outcome: ServerState) -> None:
        try:
            await self._stop()
        finally:
            self._enter(outcome)

    async def _halt(self) -> None:
        if self.state is ServerState.STOPPED:
            return
        if self.state is ServerState.FAILED:
            self.error = None
            self._enter(ServerState.STOPPED)
            return
        self._enter(ServerState.STOPPING)
        outcome = ServerState.STOPPED
        try:
            await self._stop()
        except Exception as error:
            self.error = error
            outcome = ServerState.FAILED
            raise
        finally:
            self.address = None
            self._enter(outcome)

    def _enter(self, state: ServerState) -> None:
        if state not in _NEXT[self.state]:
            raise RuntimeError(f"a {self.state.value} server cannot become {state.value}")
        self.state = state
        log.debug("%s is %s", type(self).__name__, state.value)
        if self.on_state is not None:
            self.on_state()


AnyServer = Server[Any]
