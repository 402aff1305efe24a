"""2,000 connections held: the memory that they cost, and an echo that goes on beside them."""

import socket
from contextlib import AbstractContextManager

from tests.benchmarks.websocket_load import clients, echo_rate
from tests.benchmarks.websocket_peers import Lateness, Peer, bare, window

COUNT = 2000
SECONDS = 3.0


def held() -> Lateness:
    """Print the memory; gives how late the window's ticks were."""
    print(f"\n{COUNT:,} idle connections, each in a new process; memory in MB")
    late: Lateness = {}
    for deflate in (False, True):
        for server in (window("verbatim"), bare("echo")):
            late |= _held(server, deflate=deflate)
    print("wanted: under 250 MB in all")
    return late


def _held(server: AbstractContextManager[Peer], *, deflate: bool) -> Lateness:
    kind = "compressed" if deflate else "plain"
    with server as peer:
        alone, before = _echo(peer, 0.7), peer.memory()
        peer.phase(f"{COUNT:,} {kind} clients come")
        with clients(peer.port, COUNT, deflate=deflate) as sockets:
            peer.phase(f"{COUNT:,} {kind} clients held")
            beside, after = _echo(peer, SECONDS), peer.memory()
            peer.phase("pause")
            still = sum(map(_is_open, sockets))
        print(
            f"{peer.name:30}{kind:12}{after:6.0f} in all, {before:.0f} before:"
            f" {(after - before) * 1000 / COUNT:.1f} kB each; {still:,} still open;"
            f" beside them {beside:,.0f} echoes a second, {beside / alone:.2f} of what it was without"
        )
        return peer.lateness() if peer.windowed else {}


def _echo(peer: Peer, seconds: float) -> float:
    return echo_rate(peer.port, 1, peer.server.pid, seconds)


def _is_open(sock: socket.socket) -> bool:
    sock.setblocking(False)
    try:
        return bool(sock.recv(4096))
    except BlockingIOError:
        return True
