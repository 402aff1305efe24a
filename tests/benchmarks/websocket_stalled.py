"""What a client that never reads does to the delivery times of all the others."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import chain
from statistics import median

from tests.benchmarks.processes import percentiles, ratio
from tests.benchmarks.websocket_delivery import delivery_times, percentile
from tests.benchmarks.websocket_load import TEXT, broadcast_once, clients, frame, upgrade
from tests.benchmarks.websocket_peers import Lateness, Peer, window

COUNT = 1000
PACE = 10.0
SECONDS = 0.8
GROUPS = 4
"""Each has connections of its own, which end before the server's first ping."""

MESSAGE = frame(TEXT)
FILL = frame(b"x" * 16_000)
FILLS = 16
"""More than the system keeps for a client that does not read, so that every further message waits in the server."""


@dataclass
class _Seen:
    """All delivery times; and for each slice the p99 within a broadcast, which another process seldom disturbs."""

    times: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


def stalled() -> Lateness:
    """Slices with the same traffic, with that client and without it in turn; print what it changes."""
    alone, beside = _Seen(), _Seen()
    with window("broadcast") as peer:
        for _ in range(GROUPS):
            with clients(peer.port, COUNT) as sockets:
                for stalls in (False, True, True, False):
                    with _never_reads(peer.port) if stalls else nullcontext():
                        _slice(peer, sockets, beside if stalls else alone, "one stalled" if stalls else "none stalled")
        late = peer.lateness()
    print(f"\na client that never reads beside {COUNT:,} others, {PACE:.0f} broadcasts a second, ms until delivered:")
    for name, seen in (("with it", beside), ("without", alone)):
        print(
            f"{name:10}p50 / p99 / max of all {percentiles(seen.times)};"
            f" p99 within one broadcast, median of slices {median(seen.p99):.1f}"
        )
    print(f"median change of that p99 {ratio(beside.p99, alone.p99) - 1:+.0%} (wanted: less than 10%)")
    return late


def _slice(peer: Peer, sockets: list[socket.socket], seen: _Seen, who: str) -> None:
    for _ in range(FILLS):
        broadcast_once(sockets, FILL)
    peer.phase(f"fan-out to {COUNT:,}, {who}")
    times = delivery_times(sockets, MESSAGE, PACE, SECONDS)
    peer.phase("pause")
    seen.times += chain(*times)
    seen.p99.append(median(percentile(broadcast, 0.99) for broadcast in times))


@contextmanager
def _never_reads(port: int) -> Iterator[None]:
    """A client that reads its handshake and nothing else, and for which the system keeps as little as possible."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        sock.connect(("127.0.0.1", port))
        upgrade([sock], port)
        yield
