"""The WebSocket servers under measurement: Portside with its window, bare `websockets`, and npm `ws`."""

import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from tests.benchmarks.other_tools import installed_into
from tests.benchmarks.processes import process, read, tell

BARE = "tests.benchmarks.websocket_child"
WS = "ws@8.23.0"
NODE_ECHO = """
const { WebSocketServer } = require("ws");
const options = { host: "127.0.0.1", port: 0, perMessageDeflate: { threshold: 0 } };
const server = new WebSocketServer(options, () => console.log(JSON.stringify({ ws: server.address().port })));
server.on("connection", (socket) => socket.on("message", (data, binary) => socket.send(data, { binary })));
"""


class Ticks(NamedTuple):
    """Milliseconds by which the ticks of a window were late, and how many of these its own work took."""

    late: list[float]
    worked: list[float]


Lateness = dict[str, Ticks]
"""By phase."""


class Peer(NamedTuple):
    """A server in a process of its own; ``windowed`` if ticks of a window are counted in it."""

    name: str
    port: int
    child: "subprocess.Popen[str]"
    server: psutil.Process
    windowed: bool = False

    def phase(self, name: str) -> None:
        """From now on the window's ticks count for this phase."""
        if self.windowed:
            tell(self.child, name)

    def lateness(self) -> Lateness:
        """End the window, and tell how late its ticks were."""
        tell(self.child, "end")
        report = read(self.child)
        return {phase: Ticks(late, report["worked"][phase]) for phase, late in report["lateness"].items()}

    def memory(self) -> float:
        """Resident, in MB."""
        return float(self.server.memory_info().rss) / 1e6


def allow_many_sockets() -> None:
    """As many open files as the system lets this process, and those it starts, have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def window(mode: str) -> Iterator[Peer]:
    """The whole application, recording, its WebSocket server in that mode."""
    with process("window", "batched", mode) as child:
        yield _peer("Portside, window, recording", child, windowed=True)


@contextmanager
def bare(kind: str) -> Iterator[Peer]:
    """`websockets` on plain asyncio with a handler of two lines: `echo` or `broadcast`."""
    with process(kind, module=BARE) as child:
        yield _peer("websockets, plain asyncio", child)


@contextmanager
def node() -> Iterator[Peer | None]:
    """An echo with npm's `ws`, where npm can bring it."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        if not installed_into(Path(folder), WS):
            yield None
            return
        Path(folder, "server.js").write_text(NODE_ECHO, encoding="utf-8")
        with subprocess.Popen(["node", "server.js"], cwd=folder, stdout=subprocess.PIPE, text=True) as child:
            try:
                yield _peer(f"npm {WS}", child)
            finally:
                child.kill()


def _peer(name: str, child: "subprocess.Popen[str]", *, windowed: bool = False) -> Peer:
    ports: dict[str, Any] = read(child)
    return Peer(name, ports["ws"], child, psutil.Process(child.pid), windowed)
