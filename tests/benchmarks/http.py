"""The HTTP part of `make bench`: files of several sizes against the servers that people start instead."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from email.utils import formatdate
from pathlib import Path

from tests.benchmarks.http_peers import Peer, peers, portside
from tests.benchmarks.load import download, http_rate
from tests.benchmarks.processes import percentiles, ratio, read, tell

CONNECTIONS = 32
MANY = 500
SECONDS = 1.0
ROUNDS = 5
SMALL, MIDDLE, LARGE = "small.html", "middle.bin", "large.bin"
SIZES = {SMALL: 8 << 10, MIDDLE: 1 << 20, LARGE: 1 << 30}
WORK: dict[str, Callable[[Peer], float]] = {
    "8 KB": lambda peer: _rate(peer, f"/{SMALL}", CONNECTIONS),
    "8 KB, each request another": lambda peer: _rate(peer, f"/{SMALL}?{{}}", CONNECTIONS),
    f"8 KB, {MANY} connections": lambda peer: _rate(peer, f"/{SMALL}", MANY),
    "304": lambda peer: _rate(peer, f"/{SMALL}", CONNECTIONS, _unchanged()),
    "1 MB": lambda peer: _rate(peer, f"/{MIDDLE}", 4),
}


def http() -> None:
    """All servers at once over one folder, one under load at a time, in short slices."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portside-bench-")))
        _fill(root)
        ours, child = stack.enter_context(portside(root))
        others = stack.enter_context(peers(root))
        for name, work in WORK.items():
            for _ in range(ROUNDS):
                for peer in (ours, *others):
                    peer.phase(name)
                    peer.rates.setdefault(name, []).append(work(peer))
                    peer.phase("pause")
        _print_rates(ours, others)
        for peer in (ours, *others):
            peer.phase("1 GB")
            _print_download(peer)
            peer.phase("pause")
        tell(child, "end")
        late = read(child)["lateness"]
        print("ticks late, ms p50 / p99 / max (wanted: p99 under 8)")
        for phase in (*WORK, "1 GB"):
            print(f"  {phase:28}{percentiles(late.get(phase, []))}")


def _rate(peer: Peer, path: str, connections: int, fields: str = "") -> float:
    return http_rate(peer.port, path, min(connections, peer.most), SECONDS, fields)


def _unchanged() -> str:
    return f"If-Modified-Since: {formatdate(usegmt=True)}\r\n"


def _fill(root: Path) -> None:
    for name, size in SIZES.items():
        piece = os.urandom(min(size, 1 << 20))
        with (root / name).open("wb") as file:
            for _ in range(size // len(piece)):
                file.write(piece)


def _print_rates(ours: Peer, others: list[Peer]) -> None:
    print(
        f"\nHTTP, requests a second on {CONNECTIONS} connections (1 MB and python http.server: 4), "
        f"median of {ROUNDS} rounds of {SECONDS:.0f} s"
    )
    for name in WORK:
        print(f"  {name:56}Portside against it")
        for peer in (ours, *others):
            rates = peer.rates[name]
            print(f"    {peer.name:40}{statistics.median(rates):10,.0f}{ratio(ours.rates[name], rates):10.2f}")
    print("wanted for 8 KB: 5 times aiohttp's static route, more than npm http-server, 0.35 of one nginx worker")


def _print_download(peer: Peer) -> None:
    """One download of the large file, and how much more memory than before the server had at most meanwhile."""
    before = most = peer.memory()
    begin, received, looked = time.perf_counter(), 0, 0
    for count in download(peer.port, f"/{LARGE}"):
        received += count
        if received - looked > 64 << 20:
            looked, most = received, max(most, peer.memory())
    seconds = time.perf_counter() - begin
    print(f"1 GB from {peer.name:32}{received / seconds / 1e6:10,.0f} MB/s, {most - before:6.1f} MB of memory more")


if __name__ == "__main__":
    http()
