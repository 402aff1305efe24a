"""`make bench`: prints what the issues name figures for, as ratios against references of the same run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.load import echo_rate, http_rate

CONNECTIONS = 32
SECONDS = 4.0
ROUNDS = 3
STARTS = 7
MODULE = "tests.benchmarks.child"


@dataclass
class Subject:
    """One process under measurement, and what was seen of it, a value a round."""

    name: str
    kind: str
    loop: str = "batched"
    http: list[float] = field(default_factory=list)
    echo: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    rss: list[float] = field(default_factory=list)


@contextmanager
def process(kind: str, loop: str = "batched") -> Iterator[subprocess.Popen[str]]:
    """A child of that kind with folders of its own; killed in the end."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "PORTSIDE_EVENT_LOOP": loop}
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        command = [sys.executable, "-m", MODULE, kind, folder]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            yield child
        finally:
            child.kill()
            child.communicate()


def read(child: "subprocess.Popen[str]") -> Any:
    assert child.stdout is not None
    line = child.stdout.readline()
    if not line:
        raise RuntimeError("a measured process ended early")
    return json.loads(line)


def measure(subject: Subject) -> None:
    """One round: HTTP load, then WebSocket load, on a fresh process."""
    with process(subject.kind, subject.loop) as child:
        ports = read(child)
        subject.http.append(http_rate(ports["http"], "/bench.zzz", CONNECTIONS, SECONDS))
        subject.echo.append(echo_rate(ports["ws"], CONNECTIONS, SECONDS))
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
        report = read(child)
    subject.lateness.extend(report["lateness"])
    subject.rss.append(report["rss"] / 1e6)


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
    for _ in range(ROUNDS):
        for subject in subjects:
            measure(subject)
    bare, plain, batched, stock = subjects
    print(f"\n{CONNECTIONS} connections, median of {ROUNDS} rounds of {SECONDS:.0f} s")
    print(f"{'':34}{'requests/s':>12}{'echoes/s':>12}{'memory MB':>12}   tick lateness ms p50/p99/max")
    for one in subjects:
        row = f"{one.name:34}{statistics.median(one.http):12,.0f}{statistics.median(one.echo):12,.0f}"
        print(f"{row}{statistics.median(one.rss):12,.0f}   {percentiles(one.lateness)}")
    for reference in (bare, plain, stock):
        print(
            f"batched loop against {reference.name:34}"
            f" requests {ratio(batched.http, reference.http):.2f}  echoes {ratio(batched.echo, reference.echo):.2f}"
        )


def ratio(ours: list[float], reference: list[float]) -> float:
    return statistics.median(ours) / statistics.median(reference)


def percentiles(values: list[float]) -> str:
    if not values:
        return "-"
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.1f} / {ordered[int(len(ordered) * 0.99)]:.1f} / {ordered[-1]:.1f}"


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
