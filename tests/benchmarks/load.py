"""Load generators for a server on loopback: one epoll loop, so cheap that the server is what is measured."""

import itertools
import selectors
import socket
import time
from collections.abc import Iterator

SETTLE = 0.3
"""Seconds of load before the count begins."""


def http_rate(port: int, path: str, connections: int, seconds: float, fields: str = "") -> float:
    """Requests a second that the server answers on keep-alive connections, each with one request at a time.

    ``fields`` are more header lines, each with its end. A ``{}`` in the path is another number in each request.
    """
    head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{fields}\r\n"
    numbers = itertools.count(1_000_000)
    requests = (head.format(number).encode() for number in numbers) if "{}" in path else itertools.repeat(head.encode())
    sockets = [connect(port) for _ in range(connections)]
    size = len(_whole_response(sockets[0], next(requests)))
    return _Load(port, requests, size).rate(sockets, seconds)


def download(port: int, path: str) -> Iterator[int]:
    """The bytes of one response, received in large pieces: the length of each piece as it comes."""
    with connect(port) as sock:
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        buffer = bytearray(1 << 20)
        while count := sock.recv_into(buffer):
            yield count


def post_rate(port: int, path: str, body: bytes, connections: int, seconds: float) -> float:
    """Requests a second that are answered with 201; the sizes of the answers may differ."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    sockets = [connect(port) for _ in range(connections)]
    with selectors.DefaultSelector() as selector:
        partial = dict.fromkeys(sockets, b"")
        for sock in sockets:
            selector.register(sock, selectors.EVENT_READ)
            sock.sendall(request)
        _post(selector, partial, request, SETTLE)
        begin = time.perf_counter()
        answered = _post(selector, partial, request, seconds)
        elapsed = time.perf_counter() - begin
    for sock in sockets:
        sock.close()
    return answered / elapsed


def _post(selector: selectors.BaseSelector, partial: dict[socket.socket, bytes], request: bytes, seconds: float) -> int:
    answered = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(1.0):
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            received = sock.recv(65536)
            if not received:
                raise ConnectionError("the server closed a connection under load")
            answer = partial[sock] = partial[sock] + received
            head, end_of_head, rest = answer.partition(b"\r\n\r\n")
            if end_of_head and len(rest) >= _length(head):
                if not head.startswith(b"HTTP/1.1 201 "):
                    raise ConnectionError(f"the server answered {head[:200]!r}")
                answered += 1
                partial[sock] = b""
                sock.sendall(request)
    return answered


def _length(head: bytes) -> int:
    lines = (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    return int(next(lines).split(b":")[1])


class _Load:
    """One request at a time on each of some connections; each answer has ``size`` bytes."""

    def __init__(self, port: int, requests: Iterator[bytes], size: int) -> None:
        self._port = port
        self._requests = requests
        self._size = size
        self._missing: dict[socket.socket, int] = {}

    def rate(self, sockets: list[socket.socket], seconds: float) -> float:
        """Answers a second."""
        with selectors.DefaultSelector() as selector:
            for sock in sockets:
                self._begin(selector, sock)
            self._drive(selector, SETTLE)
            begin = time.perf_counter()
            answered = self._drive(selector, seconds)
            elapsed = time.perf_counter() - begin
        for sock in self._missing:
            sock.close()
        return answered / elapsed

    def _begin(self, selector: selectors.BaseSelector, sock: socket.socket) -> None:
        selector.register(sock, selectors.EVENT_READ)
        self._missing[sock] = self._size
        sock.sendall(next(self._requests))

    def _drive(self, selector: selectors.BaseSelector, seconds: float) -> int:
        answered = 0
        missing, size, requests = self._missing, self._size, self._requests
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for key, _ in selector.select(1.0):
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                received = _received(sock)
                if not received:
                    self._connect_again(selector, sock)
                    continue
                missing[sock] -= received
                if missing[sock] == 0:
                    answered += 1
                    missing[sock] = size
                    sock.sendall(next(requests))
        return answered

    def _connect_again(self, selector: selectors.BaseSelector, old: socket.socket) -> None:
        """Replace a connection that the server has closed after an answer, as one of HTTP/1.0 does."""
        if self._missing.pop(old) != self._size:
            raise ConnectionError("the server closed a connection in the middle of an answer")
        selector.unregister(old)
        old.close()
        self._begin(selector, connect(self._port))


def _received(sock: socket.socket) -> int:
    """Bytes that have come; 0 where the server has closed the connection, or cut it."""
    try:
        return len(sock.recv(65536))
    except ConnectionResetError:
        return 0


def connect(port: int) -> socket.socket:
    """A connection that sends small pieces at once."""
    sock = socket.create_connection(("127.0.0.1", port), timeout=10)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _whole_response(sock: socket.socket, request: bytes) -> bytes:
    sock.sendall(request)
    response = b""
    while b"\r\n\r\n" not in response:
        response += sock.recv(65536)
    head, _, body = response.partition(b"\r\n\r\n")
    length = 0 if b" 304 " in head[:16] else _length(head)
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body
