"""Opens the listening sockets of a server, and says in words why a port cannot be had."""

import asyncio
import contextlib
import errno
import ipaddress
import itertools
import os
import socket
import sys
from collections.abc import Iterable

LOOPBACK = ("127.0.0.1", "::1")
BACKLOG = 1024
_NO_SUCH_FAMILY = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
_TRY_NEXT = {errno.EADDRINUSE, errno.EACCES}
_ATTEMPTS = 50
_TURNS = 3
_FILES, _OTHER_FILES = 16_384, 256


class CannotListen(OSError):
    """The address cannot be had; its text is a sentence for the user."""

    def __str__(self) -> str:
        return str(self.strerror)


class PortInUse(CannotListen):
    """The port already has a listener; ``holder`` names its process where the system tells."""

    def __init__(self, port: int, holder: str | None) -> None:
        self.port = port
        self.holder = holder
        by = f" by {holder}" if holder else ""
        super().__init__(errno.EADDRINUSE, f"Port {port} is already in use{by}.")


def listen(host: str, port: int) -> list[socket.socket]:
    """Return listening sockets for ``host`` and ``port`` (0: any free port, the same for all sockets).

    ``localhost`` means 127.0.0.1 and, where the system has IPv6, ::1. Raises CannotListen, PortInUse among them.
    """
    if not 0 <= port <= 65535:
        raise CannotListen(errno.EINVAL, f"{port} is not a port; choose one from 1 to 65535.")
    for _ in range(_ATTEMPTS):
        try:
            return _listen_all(addresses_of(host), port)
        except PortInUse:
            if port:
                raise
    raise CannotListen(errno.EADDRINUSE, f"No port is free on {host}.")


def next_free_port(host: str, port: int) -> int:
    """The next port above ``port``, then from 1024, that ``host`` can listen on. Raises CannotListen without one."""
    for candidate in itertools.chain(range(port + 1, 65536), range(1024, port)):
        try:
            sockets = _listen_all(addresses_of(host), candidate, name_holder=False)
        except CannotListen as error:
            if error.errno not in _TRY_NEXT:
                raise
            continue
        for sock in sockets:
            sock.close()
        return candidate
    raise CannotListen(errno.EADDRINUSE, f"No port is free on {host}.")


def addresses_of(host: str) -> tuple[str, ...]:
    """The IP addresses to bind for ``host``. Raises CannotListen when the name is not one of this computer."""
    if host == "localhost":
        return LOOPBACK
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise CannotListen(errno.EADDRNOTAVAIL, f"“{host}” is not an address of this computer.") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def most_connections() -> int:
    """How many connections this process may hold, after having asked the system for as many files as it allows."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return sys.maxsize
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return sys.maxsize if soft == resource.RLIM_INFINITY else max(1, soft - _OTHER_FILES)


async def accept_no_more(sockets: Iterable[socket.socket]) -> None:
    """Let what was accepted become connections that can be ended: asyncio loses it if its listener is closed before.

    ``sockets`` are those that asyncio listens on; it takes a few turns of the loop from accept to connection.
    """
    for sock in sockets:
        with contextlib.suppress(NotImplementedError):  # of the loop that Windows has without a window
            asyncio.get_running_loop().remove_reader(sock)
    for _ in range(_TURNS):
        await asyncio.sleep(0)


def is_loopback(address: str) -> bool:
    """Whether an IP address literal is reachable from this computer alone."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def _listen_all(addresses: tuple[str, ...], port: int, *, name_holder: bool = True) -> list[socket.socket]:
    sockets: list[socket.socket] = []
    for address in addresses:
        try:
            sockets.append(_listen_one(address, sockets[0].getsockname()[1] if sockets else port))
        except OSError as error:
            if sockets and error.errno in _NO_SUCH_FAMILY:
                continue
            for sock in sockets:  # first: the search for who holds the port would find them
                sock.close()
            raise _explained(error, address, port, name_holder=name_holder) from error
    return sockets


def _listen_one(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.setblocking(False)
        sock.bind((address, port))
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock


def _explained(error: OSError, address: str, port: int, *, name_holder: bool) -> OSError:
    if error.errno == errno.EADDRINUSE:
        return PortInUse(port, _holder(port) if name_holder and port else None)
    if isinstance(error, PermissionError):
        sentence = f"Port {port} needs administrator rights; choose a port from 1024 to 65535."
        return CannotListen(errno.EACCES, sentence)
    if error.errno in _NO_SUCH_FAMILY:
        return CannotListen(error.errno, f"{address} is not an address of this computer.")
    return error


def _holder(port: int) -> str | None:
    """The process that listens on ``port``, as "name (process 123)", where this user may know it."""
    import psutil

    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                if connection.pid == os.getpid():
                    return "another server of Portside"
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.Error, OSError):
        return None
    return None
