"""Load generators for a server on loopback: one epoll loop, so cheap that the server is what is measured."""

import selectors
import socket
import time

SETTLE = 0.3
"""Seconds of load before the count begins."""


def http_rate(port: int, path: str, connections: int, seconds: float) -> float:
    """Requests a second that the server answers on keep-alive connections, each with one request at a time."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    sockets = [connect(port) for _ in range(connections)]
    size = len(_whole_response(sockets[0], request))
    return _rate(sockets, request, size, seconds)


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


def _rate(sockets: list[socket.socket], request: bytes, answer_size: int, seconds: float) -> float:
    with selectors.DefaultSelector() as selector:
        waiting = dict.fromkeys(sockets, answer_size)
        for sock in sockets:
            selector.register(sock, selectors.EVENT_READ)
            sock.sendall(request)
        _drive(selector, waiting, request, answer_size, SETTLE)
        begin = time.perf_counter()
        answered = _drive(selector, waiting, request, answer_size, seconds)
        elapsed = time.perf_counter() - begin
    for sock in sockets:
        sock.close()
    return answered / elapsed


def _drive(
    selector: selectors.BaseSelector,
    waiting: dict[socket.socket, int],
    request: bytes,
    answer_size: int,
    seconds: float,
) -> int:
    answered = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(1.0):
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            received = len(sock.recv(65536))
            if not received:
                raise ConnectionError("the server closed a connection under load")
            waiting[sock] -= received
            if waiting[sock] == 0:
                answered += 1
                waiting[sock] = answer_size
                sock.sendall(request)
    return answered


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
    length = _length(head)
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body
