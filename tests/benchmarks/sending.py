"""Requests in a row: the explorer's sender against plain aiohttp, its runner against other tools."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.other_tools import Prepare, tools
from tests.benchmarks.processes import environment, percentiles, process, read, tell
from tests.benchmarks.requests_on_disk import write_run

CHILD = "tests.benchmarks.explorer_child"
REQUESTS = 1000
SLICE = 50
SENDERS = {
    "plain aiohttp, plain asyncio": "aiohttp",
    "the app's sender, app's loop": "sender",
    "its window, each prepared anew": "app-sender",
}
RUNS = 3
OURS = "Portside's runner"


class _Cost(NamedTuple):
    """Seconds: of the whole process, of it without its start, and of the processor's work."""

    whole: float
    running: float
    worked: float


def senders(base_url: str) -> None:
    """REQUESTS of each, in slices so short that the machine's moods hit all alike."""
    url = f"{base_url}/players/1"
    with ExitStack() as stack:
        children = [stack.enter_context(process(kind, "batched", url, module=CHILD)) for kind in SENDERS.values()]
        for child in children:
            read(child)
        seen: list[list[list[float]]] = [[] for _ in children]
        for _ in range(REQUESTS // SLICE):
            for child, times in zip(children, seen, strict=True):
                tell(child, str(SLICE))
                times.append(read(child))
    print(f"\n{REQUESTS:,} requests in a row to the REST service, median of {REQUESTS // SLICE} slices of {SLICE}")
    for name, times in zip(SENDERS, seen, strict=True):
        ratios = [[plain / one for plain, one in zip(*pair, strict=True)] for pair in zip(seen[0], times, strict=True)]
        passed, worked = (statistics.median(column) for column in zip(*ratios, strict=True))
        rate = SLICE / statistics.median(one for one, _ in times)
        print(f"{name:34}{rate:8,.0f} a second: {passed:.2f} of plain aiohttp, by processor time {worked:.2f}")
    print("wanted: 0.7")


def runs(base_url: str) -> None:
    """REQUESTS as a collection: the whole process of each, and what of it remains without start-up."""
    found = tools()
    prepare = {OURS: _prepare_ours} | {tool.name: tool.prepare for tool in found}
    seen: dict[str, list[_Cost]] = {name: [] for name in prepare}
    for _ in range(RUNS):
        for name, one in prepare.items():
            start, whole = _seconds(one, base_url, 1), _seconds(one, base_url, REQUESTS)
            seen[name].append(_Cost(whole[0], whole[0] - start[0], whole[1]))
    print(f"\n{REQUESTS:,} requests of a collection, median of {RUNS}, and against {OURS}")
    cost = {name: _Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in seen.items()}
    for name, spent in cost.items():
        ratios = (f"{other / ours:.1f}" for other, ours in zip(spent, cost[OURS], strict=True))
        print(
            f"{name:22}whole process {spent.whole:6.2f} s, without that of one request {spent.running:6.2f} s,"
            f" processor time {spent.worked:6.2f} s: {' '.join(ratios)}"
        )
    print("wanted: 4 times the faster of the others")
    _in_the_window(base_url)


def _seconds(prepare: Prepare, base_url: str, count: int) -> tuple[float, float]:
    """From the start of the process to its end; and the processor time of it, where the system tells."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        command = prepare(Path(folder), base_url, count)
        # our modules are found from here, the others' collections from their folder
        place = None if command[0] == sys.executable else folder
        begin, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=place, env=environment(), check=True, stdout=subprocess.DEVNULL)
        passed, after = time.perf_counter() - begin, os.times()
        worked = after.children_user + after.children_system - before.children_user - before.children_system
        return passed, worked


def _prepare_ours(folder: Path, base_url: str, count: int) -> list[str]:
    path = folder / "run.http"
    write_run(path, base_url, count)
    return [sys.executable, "-m", CHILD, "run", str(folder), str(path)]


def _in_the_window(base_url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        path = Path(folder, "run.http")
        write_run(path, base_url, REQUESTS)
        with process("app-run", "batched", str(path), module=CHILD) as child:
            report = read(child)
    print(
        f"in the app's window, with its history: {report['seconds']:.2f} s, {report['right']:,} as expected;"
        f" ticks late, ms p50 / p99 / max: {percentiles(report['late'])}"
    )
