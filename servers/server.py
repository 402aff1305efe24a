"""The lifecycle that every server shares: its states, the legal ways between them, and the address it answers on."""

import abc
import asyncio
import enum
import logging
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from socket import socket
from typing import Any, Generic, TypeVar

from servers.listening import addresses_of
from servers.network import EVERYWHERE, outward_hosts
from servers.settings import Listen
from servers.tls.authority import LocalAuthority
from servers.tls.layer import TlsLayer

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
        """The root URL (RFC 3986) for this computer, an IPv6 literal in brackets, without a trailing slash."""
        return self._at("localhost" if self.host in EVERYWHERE else self.host)

    @property
    def network_urls(self) -> tuple[str, ...]:
        """The root URLs for other computers, the likeliest to work first; none while bound to loopback."""
        return tuple(self._at(host) for host in outward_hosts([address for address, _ in self.bound]))

    def _at(self, host: str) -> str:
        return f"{self.scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"


class Server(abc.ABC, Generic[S]):
    """One server that can be started and stopped any number of times.

    ``start``, ``stop`` and ``restart`` are serialised by one lock, do nothing where there is nothing to do, and may be
    cancelled: a cancelled start leaves a stopped server. A failure of ``_start`` is remembered in ``error``, makes
    the state FAILED and is raised. ``on_state`` is called without arguments after every change of state.
    ``notice`` is a sentence about what the last start found and the user should know, though the server runs.
    ``settings`` may be replaced at any time; host, port and tls count from the next start.
    ``authority`` issues the certificates where the settings ask for TLS.
    """

    name: str
    authority: LocalAuthority | None = None

    def __init__(self, settings: S) -> None:
        self.settings = settings
        self.state = ServerState.STOPPED
        self.error: Exception | None = None
        self.notice: str | None = None
        self.address: Address | None = None
        self.on_state: Callable[[], None] | None = None
        self._lock = asyncio.Lock()
        self._layer: TlsLayer | None = None

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

    async def _tls(self) -> ssl.SSLContext | None:
        """Make TLS ready where the settings ask for it; ``_start`` calls this before it listens.

        Raises OSError with a sentence.
        """
        if not self.settings.tls:
            return None
        if self.authority is None:
            raise OSError("There is no certificate authority for TLS here. Switch TLS off to start the server.")
        host = self.settings.host
        self._layer = await TlsLayer.open(self.authority, {host, *addresses_of(host)}, self._add_notice)
        return self._layer.context

    def _secure(self, transport: asyncio.BaseTransport, protocol: asyncio.BaseProtocol) -> bool:
        """Put TLS between a new connection and its protocol; False where there is nothing to do.

        ``connection_made`` of the protocol calls this first, and is called again when the handshake is done.
        """
        if self._layer is None or transport.get_extra_info("sslcontext") is not None:
            return False
        self._layer.begin(transport, protocol)
        return True

    def _address(self, scheme: str, sockets: Sequence[socket]) -> Address:
        """Where the sockets listen; ``scheme`` is that without TLS."""
        bound = tuple(sock.getsockname()[:2] for sock in sockets)
        return Address(scheme if self._layer is None else f"{scheme}s", self.settings.host, bound[0][1], bound)

    def _add_notice(self, sentence: str) -> None:
        """Add to the notice."""
        if sentence not in (self.notice or ""):
            self.notice = " ".join(filter(None, (self.notice, sentence)))
        if self.state is ServerState.RUNNING and self.on_state is not None:
            self.on_state()

    async def _end(self) -> None:
        """Release everything, with TLS last: websockets waits for connections that TLS alone knows."""
        if self._layer is not None:
            self._layer.cut_silent()
        try:
            await self._stop()
        finally:
            if self._layer is not None:
                self._layer.end()
            self._layer = None

    async def _launch(self) -> None:
        self.error = self.notice = None
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
            await self._end()
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
            await self._end()
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
