"""Large responses in the explorer: how long it takes, how long the window stands still, and how memory grows."""

import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.processes import process, read, tell

CHILD = "tests.benchmarks.explorer_child"
SIZES = (100, 1024)
"""MiB."""

ROOM = 3
"""So many times the body has to fit on the disk: received, saved, and fetched for comparison."""

_SAMPLE = 0.02


class Memory:
    """Looks at the memory of a process and of its children every 20 ms; ``most`` has maxima in bytes by step."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self.step = ""
        self.most: dict[str, tuple[int, int]] = {}
        self._process = psutil.Process(child.pid)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE):
            with suppress(psutil.Error):
                own, others = self._process.memory_info().rss, self._of_children()
                before = self.most.get(self.step, (0, 0))
                self.most[self.step] = max(own, before[0]), max(others, before[1])

    def _of_children(self) -> int:
        total = 0
        for one in self._process.children(recursive=True):
            with suppress(psutil.Error):
                total += one.memory_info().rss
        return total


def large_bodies(base_url: str) -> None:
    """Each size in a process of its own."""
    for mebibytes in SIZES:
        free = shutil.disk_usage(tempfile.gettempdir()).free
        if free < ROOM * mebibytes << 20:
            print(
                f"\n{mebibytes:,} MiB are not measured: of {ROOM * mebibytes:,} MiB of disk, {free >> 20:,} are free."
            )
            continue
        _measure(base_url, mebibytes)


def _measure(base_url: str, mebibytes: int) -> None:
    plain = _plain_seconds(f"{base_url}/lab/big/{mebibytes}")
    with (
        process("ticks", module=CHILD) as idle,
        process("bodies", "batched", base_url, str(mebibytes), module=CHILD) as child,
    ):
        read(idle)
        memory = Memory(child)
        try:
            steps, whole = _follow(child, memory, idle)
        finally:
            memory.stop()
    _print(mebibytes, steps, memory)
    print(
        f"whole after {whole:.2f} s, {plain / whole:.2f} times as fast as urllib into a file;"
        " wanted: stalls under 100 ms, memory under +150 MB"
    )


def _plain_seconds(url: str) -> float:
    """What receiving the same into a file takes."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder, Path(folder, "body").open("wb") as file:
        begin = time.perf_counter()
        with urllib.request.urlopen(url) as response:
            shutil.copyfileobj(response, file, 1 << 20)
        return time.perf_counter() - begin


def _follow(
    child: "subprocess.Popen[str]", memory: Memory, idle: "subprocess.Popen[str]"
) -> tuple[list[dict[str, Any]], float]:
    """What the child says of each step, and for how long an empty window stood still meanwhile."""
    steps: list[dict[str, Any]] = []
    whole = 0.0
    while True:
        said = read(child)
        if "begin" in said:
            memory.step = f"{len(steps)}"
            _stall(idle)
        elif "name" in said:
            steps.append(said | {"idle": _stall(idle)})
        elif "whole" in said:
            whole = said["whole"]
        else:
            return steps, whole


def _stall(idle: "subprocess.Popen[str]") -> float:
    """Its longest stall since the last question, in milliseconds."""
    tell(idle, "next")
    return float(read(idle))


def _print(mebibytes: int, steps: list[dict[str, Any]], memory: Memory) -> None:
    """The first step warms up; the second is the app at rest, which the others are compared with."""
    base = memory.most["1"][0]
    print(f"\n{mebibytes:,} MiB of JSON on one line, in the application; memory at rest {base / 1e6:,.0f} MB")
    print(
        f"{'':22}{'painted or done s':>18}{'settled s':>11}{'worst stall ms':>16}{'its own work':>14}"
        f"{'empty window':>14}{'memory MB':>11}{'children MB':>13}"
    )
    for number, step in enumerate(steps):
        own, others = memory.most.get(str(number), (base, 0))
        print(
            f"{step['name']:22}{step['seconds']:18.3f}{step['settled']:11.2f}{step['stall']:16.1f}{step['busy']:14.1f}"
            f"{step['idle']:14.1f}{(own - base) / 1e6:+11,.0f}{others / 1e6:13,.0f}"
        )
