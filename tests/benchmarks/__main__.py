"""`make bench`: prints what the issues name figures for, as ratios against references of the same run."""

import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.benchmarks.chat import chat
from tests.benchmarks.explorer import explorer
from tests.benchmarks.http import http
from tests.benchmarks.load import http_rate
from tests.benchmarks.processes import percentiles, process, ratio, read, tell
from tests.benchmarks.rest import rest
from tests.benchmarks.websocket import websocket
from tests.benchmarks.websocket_load import echo_rate

CONNECTIONS = 32
SECONDS = 1.0
ROUNDS = 10
REST = 0.5
STARTS = 7


@dataclass
class Subject:
    """One process under measurement, and what was seen of it, a value a round."""

    name: str
    kind: str
    loop: str = "batched"
    http: list[float] = field(default_factory=list)
    echo: list[float] = field(default_factory=list)
    late: dict[str, list[float]] = field(default_factory=dict)
    rss: float = 0.0


def measure(subjects: list[Subject]) -> None:
    """All subjects at once, one under load at a time, in slices so short that the machine's moods hit all alike."""
    with ExitStack() as stack:
        children = [stack.enter_context(process(subject.kind, subject.loop)) for subject in subjects]
        ports = [read(child) for child in children]
        for _ in range(ROUNDS):
            for subject, child, port in zip(subjects, children, ports, strict=True):
                tell(child, "rest")
                time.sleep(REST)
                tell(child, "load")
                subject.http.append(http_rate(port["http"], "/bench.zzz", CONNECTIONS, SECONDS))
                subject.echo.append(echo_rate(port["ws"], CONNECTIONS, child.pid, SECONDS))
                tell(child, "pause")
        for subject, child in zip(subjects, children, strict=True):
            tell(child, "end")
            report = read(child)
            subject.late, subject.rss = report["lateness"], report["rss"] / 1e6


def seconds_to_paint(kind: str) -> float:
    begin = time.perf_counter()
    with process(kind) as child:
        assert child.stdout is not None
        child.stdout.readline()
        return time.perf_counter() - begin


def servers() -> None:
    subjects = [
        Subject("plain asyncio, bare handler", "bare"),
        Subject("plain asyncio, recording", "plain"),
        Subject("window, recording, batched loop", "window"),
        Subject("window, recording, stock qasync", "window", "qasync"),
    ]
    measure(subjects)
    bare, plain, batched, stock = subjects
    print(
        f"\n{CONNECTIONS} connections, median of {ROUNDS} rounds of {SECONDS:.0f} s; ratios: median of the rounds' own"
    )
    print(f"{'':34}{'requests/s':>12}{'echoes/s':>12}{'memory MB':>12}   ms late at rest, under load: p50/p99/max")
    for one in subjects:
        row = f"{one.name:34}{statistics.median(one.http):12,.0f}{statistics.median(one.echo):12,.0f}"
        print(
            f"{row}{one.rss:12,.0f}   {percentiles(one.late.get('rest', []))}   {percentiles(one.late.get('load', []))}"
        )
    for reference in (bare, plain, stock):
        print(
            f"batched loop against {reference.name:34}"
            f" requests {ratio(batched.http, reference.http):.2f}  echoes {ratio(batched.echo, reference.echo):.2f}"
        )


def start() -> None:
    kinds = ("paint-bare", "paint-app")
    for kind in kinds:
        seconds_to_paint(kind)  # the first start reads from the disk
    seen: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(STARTS):
        for kind in kinds:
            seen[kind].append(seconds_to_paint(kind))
    bare, app = (statistics.median(seen[kind]) for kind in kinds)
    print(f"\nprocess start to painted window, median of {STARTS}")
    print(f"bare PySide6 window {bare:.3f} s, Portside {app:.3f} s, ratio {app / bare:.2f}")


if __name__ == "__main__":
    start()
    servers()
    http()
    rest()
    explorer()
    websocket()
    chat()
