"""Load for WebSocket servers on loopback: raw sockets in one epoll loop, frames made beforehand, bytes only counted."""

import selectors
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psutil

from tests.benchmarks.load import SETTLE, connect

TOGETHER = 50
"""Handshakes under way at a time: fewer than a listening socket's backlog."""

IN_FLIGHT = 4
"""Broadcasts on their way at a time, so that the server never waits for the load."""

TEXT = b'{"kind": "say", "text": "sixty-four bytes that look like JSON."}'


class Rate(NamedTuple):
    """Messages a second; messages a second of the server's processor time; the share of the time that the load used.

    A share well under 1 shows that the server was measured, and not the load.
    """

    messages: float
    worked: float
    share: float


def frame(payload: bytes, *, deflate: bool = False) -> bytes:
    """A text message of a client (RFC 6455, section 5.2), compressed by itself (RFC 7692, section 7.2.1)."""
    first = 0x81
    if deflate:
        compressor = zlib.compressobj(wbits=-9)  # the smallest window: every server has agreed to at least that
        payload = (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\0\0\xff\xff")
        first |= 0x40
    mask = b"\x01\x02\x03\x04"
    masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    size = struct.pack("!B", 0x80 | len(payload)) if len(payload) < 126 else struct.pack("!BH", 0xFE, len(payload))
    return bytes([first]) + size + mask + masked


@contextmanager
def clients(port: int, count: int, *, deflate: bool = False) -> Iterator[list[socket.socket]]:
    """So many open connections; in the end they are closed without a closing handshake."""
    sockets: list[socket.socket] = []
    try:
        while len(sockets) < count:
            group = [connect(port) for _ in range(min(TOGETHER, count - len(sockets)))]
            sockets += group
            upgrade(group, port, deflate=deflate)
        yield sockets
    finally:
        for sock in sockets:
            sock.close()


def upgrade(sockets: list[socket.socket], port: int, *, deflate: bool = False) -> None:
    """The opening handshake on each. Raises ConnectionError unless it succeeds, compression as wanted."""
    extension = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" if deflate else ""
    request = (
        f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{extension}\r\n"
    ).encode()
    for sock in sockets:
        sock.sendall(request)
    for sock in sockets:
        response = b""
        while not response.endswith(b"\r\n\r\n"):
            received = sock.recv(4096)
            if not received:
                raise ConnectionError(f"the server ended a handshake after {response!r}")
            response += received
        if not response.startswith(b"HTTP/1.1 101 ") or (b"permessage-deflate" in response) != deflate:
            raise ConnectionError(f"the server answered {response!r}")
        sock.settimeout(None)  # with a time limit every call would be two calls of the system


def echo(sockets: list[socket.socket], message: bytes, server: psutil.Process, seconds: float) -> Rate:
    """One message in flight on each connection; what comes back is one short frame."""
    with selectors.DefaultSelector() as selector:
        for sock in sockets:
            selector.register(sock, selectors.EVENT_READ, sock)
            sock.sendall(message)

        def answered(seconds: float) -> int:
            count = 0
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                for key, _ in selector.select(1.0):
                    _whole(key.data.recv(4096))
                    count += 1
                    key.data.sendall(message)
            return count

        return _measured(answered, server, seconds)


def echo_rate(port: int, connections: int, server: int, seconds: float) -> float:
    """Messages a second that the verbatim echo of the process with that id returns."""
    with clients(port, connections) as sockets:
        return echo(sockets, frame(TEXT), psutil.Process(server), seconds).messages


def _whole(received: bytes) -> None:
    if len(received) < 2 or len(received) != 2 + received[1]:
        raise ConnectionError(f"the server answered {received!r}")


def broadcast_once(sockets: list[socket.socket], message: bytes) -> int:
    """Send through the first connection, receive on all; the bytes that came to each: servers may put words before."""
    sockets[0].sendall(message)
    size = 0
    for sock in sockets:
        received = sock.recv(65536)
        while len(received) < (size := _size(received)):
            received += sock.recv(65536)
    return size


def _size(received: bytes) -> int:
    """Of the frame that begins like this, as far as can be told."""
    if len(received) < 4:
        return 4
    return 4 + int.from_bytes(received[2:4]) if received[1] == 126 else 2 + received[1]


def flood(sockets: list[socket.socket], message: bytes, server: psutil.Process, seconds: float) -> Rate:
    """Deliveries to all connections of what the first one sends, as fast as they come."""
    size = broadcast_once(sockets, message)
    with selectors.DefaultSelector() as selector:
        for sock in sockets:
            selector.register(sock, selectors.EVENT_READ, sock.recv)
        sockets[0].sendall(message * (IN_FLIGHT - 1))
        received = sent = 0

        def delivered(seconds: float) -> float:
            nonlocal received, sent
            before = received
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                for key, _ in selector.select(1.0):
                    received += len(key.data(65536))
                while received >= sent:
                    sockets[0].sendall(message)
                    sent += size * len(sockets)
            return (received - before) / size

        return _measured(delivered, server, seconds)


def _measured(work: Callable[[float], float], server: psutil.Process, seconds: float) -> Rate:
    work(SETTLE)
    begin, own, used = time.perf_counter(), time.process_time(), _used(server)
    count = work(seconds)
    elapsed = time.perf_counter() - begin
    return Rate(count / elapsed, count / (_used(server) - used), (time.process_time() - own) / elapsed)


def _used(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)
