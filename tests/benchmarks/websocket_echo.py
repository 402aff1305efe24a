"""Echoes a second, against `websockets` on plain asyncio and npm `ws`."""

import statistics
import time
from collections.abc import Iterable
from contextlib import ExitStack
from typing import NamedTuple

from tests.benchmarks.processes import ratio
from tests.benchmarks.websocket_load import TEXT, Rate, clients, echo, frame
from tests.benchmarks.websocket_peers import Lateness, Peer, bare, node, window

ROUNDS = 5
SECONDS = 0.6
REST = 2.0


class Case(NamedTuple):
    """How many clients echo, and whether their messages are compressed."""

    connections: int
    deflate: bool = False

    def __str__(self) -> str:
        return f"{self.connections}{' deflate' if self.deflate else ''}"


CASES = (Case(1), Case(32), Case(32, deflate=True), Case(500))

Seen = dict[str, dict[Case, list[Rate]]]


def echoes() -> Lateness:
    """Print the rates; gives how late the window's ticks were."""
    with ExitStack() as stack:
        found = [stack.enter_context(peer) for peer in (window("verbatim"), bare("echo"), node())]
        peers = [peer for peer in found if peer]
        ours = peers[0]
        ours.phase("at rest")
        time.sleep(REST)
        seen: Seen = {peer.name: {case: [] for case in CASES} for peer in peers}
        for _ in range(ROUNDS):
            for case in CASES:
                for peer in peers:
                    seen[peer.name][case].append(_slice(peer, case))
        _print(seen)
        return ours.lateness()


def _slice(peer: Peer, case: Case) -> Rate:
    with clients(peer.port, case.connections, deflate=case.deflate) as sockets:
        peer.phase(f"echo, {case}")
        rate = echo(sockets, frame(TEXT, deflate=case.deflate), peer.server, SECONDS)
        peer.phase("pause")
    return rate


def _print(seen: Seen) -> None:
    print(f"\nWebSocket echoes a second, {len(TEXT)} bytes of text, median of {ROUNDS} rounds of {SECONDS} s")
    print("(in brackets the share of the time that the load itself was at work: at 1 it would be what is measured)")
    _line("connections", map(str, CASES))
    for name, rates in seen.items():
        _line(name, (f"{_median(rates[case], 0):,.0f} ({_median(rates[case], 2):.2f})" for case in CASES))
    ours, *others = seen
    for other in others:
        for index, word in enumerate(("", ", by processor time")):
            pairs = ((seen[ours][case], seen[other][case]) for case in CASES)
            ratios = (ratio([one[index] for one in mine], [one[index] for one in theirs]) for mine, theirs in pairs)
            _line(f"against {other}{word}", (f"{one:.2f}" for one in ratios))
    print("wanted: 0.9 of plain asyncio")


def _line(name: str, cells: Iterable[str]) -> None:
    print(f"{name:56}" + "".join(f"{cell:>16}" for cell in cells))


def _median(rates: list[Rate], index: int) -> float:
    return statistics.median(rate[index] for rate in rates)
