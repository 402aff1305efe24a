"""One sender, many receivers: deliveries a second, and how long each is on its way."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from statistics import median

from tests.benchmarks.processes import ratio
from tests.benchmarks.websocket_delivery import delivery_times, percentile
from tests.benchmarks.websocket_load import TEXT, clients, flood, frame
from tests.benchmarks.websocket_peers import Lateness, Peer, bare, window

PACES = {100: 50.0, 1000: 10.0}
"""Messages a second at which delivery times are taken, by the number of receivers."""

ROUNDS = 5
SECONDS = 0.8
MESSAGE = frame(TEXT)


@dataclass
class _Seen:
    """Of one server, a value a round."""

    flat: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    share: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)


def fan_out() -> Lateness:
    """Print the figures; gives how late the window's ticks were."""
    with ExitStack() as stack:
        peers = [stack.enter_context(peer) for peer in (window("broadcast"), bare("broadcast"))]
        for count, pace in PACES.items():
            seen = {peer.name: _Seen() for peer in peers}
            for _ in range(ROUNDS):
                for peer in peers:
                    _slice(peer, count, pace, seen[peer.name])
            _print(count, pace, seen)
        return peers[0].lateness()


def _slice(peer: Peer, count: int, pace: float, seen: _Seen) -> None:
    with clients(peer.port, count) as sockets:
        peer.phase(f"fan-out to {count:,}, {pace:.0f} a second")
        times = list(chain(*delivery_times(sockets, MESSAGE, pace, SECONDS)))
        peer.phase(f"fan-out to {count:,}, flat out")
        rate = flood(sockets, MESSAGE, peer.server, SECONDS)
        peer.phase("pause")
    seen.flat.append(rate.messages)
    seen.worked.append(rate.worked)
    seen.share.append(rate.share)
    seen.p50.append(percentile(times, 0.5))
    seen.p99.append(percentile(times, 0.99))


def _print(count: int, pace: float, seen: dict[str, _Seen]) -> None:
    print(f"\nbroadcasts to {count:,} clients, median of {ROUNDS} rounds; in brackets the load's own share")
    for name, one in seen.items():
        print(
            f"{name:34}{median(one.flat):9,.0f} deliveries a second ({median(one.share):.2f});"
            f" {pace:.0f} messages a second arrive after ms p50 / p99: {median(one.p50):.1f} / {median(one.p99):.1f}"
        )
    ours, reference = seen.values()
    print(
        f"ratio {ratio(ours.flat, reference.flat):.2f} (wanted: 0.8),"
        f" by processor time {ratio(ours.worked, reference.worked):.2f};"
        f" of the times p50 {ratio(ours.p50, reference.p50):.2f}, p99 {ratio(ours.p99, reference.p99):.2f}"
    )
