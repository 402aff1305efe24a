"""The REST part of `make bench`: item, page and creation, against Flask with the same work and json-server."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.load import http_rate, post_rate
from tests.benchmarks.processes import free_port, no_phases, percentiles, process, read, tell, wait_for
from tests.benchmarks.sample_items import items

CONNECTIONS = 32
SECONDS = 1.0
ROUNDS = 7
JSON_SERVER = "json-server@0.17.4"
DOCUMENT = json.dumps(next(items(1))).encode()
WORK: dict[str, Callable[[int], float]] = {
    "GET item": lambda port: http_rate(port, "/players/1", CONNECTIONS, SECONDS),
    "GET page of 20": lambda port: http_rate(port, "/players?_page=1&_limit=20", CONNECTIONS, SECONDS),
    "POST": lambda port: post_rate(port, "/players", DOCUMENT, CONNECTIONS, SECONDS),
}


@dataclass
class Peer:
    """A REST server under measurement: its port, and its rates, a list for each kind of work."""

    name: str
    port: int
    tell: Callable[[str], None]
    rates: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in WORK})


def rest() -> None:
    """All peers at once, one under load at a time, in short slices."""
    with ExitStack() as stack:
        child = stack.enter_context(process("window"))
        ours = Peer("Portside, window, recording", read(child)["rest"], lambda phase: tell(child, phase))
        peers = [ours, *filter(None, (stack.enter_context(flask()), stack.enter_context(json_server())))]
        for name, work in WORK.items():
            for _ in range(ROUNDS):
                for peer in peers:
                    peer.tell("load")
                    peer.rates[name].append(work(peer.port))
                    peer.tell("pause")
        _print(peers)
        tell(child, "end")
        late = percentiles(read(child)["lateness"]["load"])
        print("wanted: GET item 8 times Flask and 3 times json-server, POST 2,000 a second")
        print(f"ticks late under REST load, ms p50 / p99 / max: {late} (wanted: p99 under 8)")
    filtered_pages()


def _print(peers: list[Peer]) -> None:
    ours = peers[0]
    print(f"\nREST, {CONNECTIONS} connections, median of {ROUNDS} rounds of {SECONDS:.0f} s, requests a second")
    for peer in peers:
        print(f"{peer.name:34}" + "".join(f"{work}{statistics.median(peer.rates[work]):9,.0f}   " for work in WORK))
    for peer in peers[1:]:
        ratios = (
            statistics.median(
                one / max(other, 1.0) for one, other in zip(ours.rates[work], peer.rates[work], strict=True)
            )
            for work in WORK
        )
        print(
            f"against {peer.name:30}"
            + "   ".join(f"{work} {ratio:.2f}" for work, ratio in zip(WORK, ratios, strict=True))
        )


@contextmanager
def flask() -> Iterator[Peer]:
    """A Flask application that does the same work."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        command = [sys.executable, "-m", "tests.benchmarks.flask_peer", folder]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            yield Peer("Flask on waitress, 8 threads", read(child)["rest"], no_phases)
        finally:
            child.kill()
            child.communicate()


@contextmanager
def json_server() -> Iterator[Peer | None]:
    """json-server over the same items, where npm can put it into a folder of its own."""
    npm, node = shutil.which("npm"), shutil.which("node")
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        install = [npm or "", "install", "--silent", "--no-audit", "--no-fund", JSON_SERVER]
        if npm is None or node is None or subprocess.run(install, cwd=folder, check=False).returncode:
            print("json-server is not measured: npm is not there, or cannot install it.")
            yield None
            return
        data = [{"id": number, **one} for number, one in enumerate(items(40), 1)]
        Path(folder, "db.json").write_text(json.dumps({"players": data}), encoding="utf-8")
        port = free_port()
        command = [
            node,
            "node_modules/.bin/json-server",
            "--quiet",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "db.json",
        ]
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield Peer(JSON_SERVER, port, no_phases)
        finally:
            child.kill()
            child.wait()


def filtered_pages(count: int = 100_000) -> None:
    """A filtered page of a large collection over HTTP, from a server without other load."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as folder:
        path = Path(folder, "players.json")
        path.write_text(json.dumps({"players": list(items(count))}), encoding="utf-8")
        begin = time.perf_counter()
        command = [sys.executable, "main.py", "serve", "rest", str(path), "--rest-port", "0"]
        directories = ["--data-dir", folder, "--config-dir", folder]
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        child = subprocess.Popen([*command, *directories], stdout=subprocess.PIPE, text=True, env=environment)
        try:
            lines = iter(child.stdout or [])
            port = int(next(line for line in lines if "Started" in line).rpartition(":")[2])
            next(line for line in lines if line.startswith("Press"))
            print(
                f"\n{count:,} items: opened and served after {time.perf_counter() - begin:.1f} s; median ms of a page:"
            )
            for query in PAGES:
                times = [
                    _milliseconds(port, f"{query}&_={number}") for number in range(15)
                ]  # never the same page twice
                print(f"  {statistics.median(times):7.1f}  /players?{query}")
        finally:
            child.kill()
            child.communicate()


PAGES = (
    "_page=1&_limit=20",
    "nationality=Country%205&_page=1&_limit=20",
    "position=forward&_page=1&_limit=20",
    "number_gte=90&_page=1&_limit=20",
    "position=forward&number_gte=90&_page=2&_limit=20",
    "number_gte=10&_page=1&_limit=20",
    "name_like=999&_page=1&_limit=20",
    "name_like=player&_page=1&_limit=20",
    "q=Country%2042&_page=1&_limit=20",
    "_sort=born,name&_page=1&_limit=20",
    "_page=4000&_limit=20",
)


def _milliseconds(port: int, query: str) -> float:
    begin = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/players?{query}") as response:
        response.read()
    return (time.perf_counter() - begin) * 1000
