"""The children that the benchmarks measure: started, told what to do, read."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MODULE = "tests.benchmarks.child"


def environment(loop: str = "batched") -> dict[str, str]:
    """Of a child with that event loop."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    quiet = {"QT_LOGGING_RULES": "default.warning=false"}  # the offscreen platform warns of what it cannot do
    return os.environ | quiet | {"QT_QPA_PLATFORM": platform, "PORTSIDE_EVENT_LOOP": loop}


@contextmanager
def process(kind: str, loop: str = "batched", *arguments: str, module: str = MODULE) -> Iterator[subprocess.Popen[str]]:
    """A child of that kind with folders of its own; killed in the end."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        command = [sys.executable, "-m", module, kind, folder, *arguments]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(loop)
        )
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


def tell(child: "subprocess.Popen[str]", command: str) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{command}\n")
    child.stdin.flush()


def percentiles(values: list[float]) -> str:
    if not values:
        return "-"
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.1f} / {ordered[int(len(ordered) * 0.99)]:.1f} / {ordered[-1]:.1f}"


def ratio(ours: list[float], reference: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(one / other for one, other in zip(ours, reference, strict=True))


def free_port() -> int:
    """A port for a program that cannot be asked which it got."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


def no_phases(_phase: str) -> None:
    """What a peer without a window is told: it has no ticks to count."""
