"""The HTTP servers under measurement over one folder: Portside with its window, and those that people start instead."""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.benchmarks.other_tools import installed_into
from tests.benchmarks.processes import free_port, no_phases, process, read, tell, wait_for

OF_PYTHON = "python http.server"
HTTP_SERVER = "http-server@14.1.1"
STATIC = """
import asyncio, sys
from aiohttp import web

async def serve():
    app = web.Application()
    app.router.add_static("/", sys.argv[1])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", int(sys.argv[2]))
    await site.start()
    await asyncio.Event().wait()

asyncio.run(serve())
"""
NGINX = """
daemon off; user {user}; worker_processes 1; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 2048; }}
http {{
  access_log off; sendfile on; keepalive_requests 1000000000; default_type application/octet-stream;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


@dataclass
class Peer:
    """A server in a process of its own; what is measured of it, a value a round, by kind of work."""

    name: str
    port: int
    process: psutil.Process
    phase: Callable[[str], None]
    rates: dict[str, list[float]] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """Connections that it bears at a time: a listener with room for five makes more of them wait for seconds."""
        return 4 if self.name == OF_PYTHON else 1000

    def memory(self) -> float:
        """Resident with its children, in MB."""
        family = (self.process, *self.process.children(recursive=True))
        return sum(float(one.memory_info().rss) for one in family) / 1e6


@contextmanager
def portside(root: Path) -> Iterator[tuple[Peer, "subprocess.Popen[str]"]]:
    """Ours, its window shown and everything recorded; its child tells in the end how late its ticks were."""
    with process("window", "batched", "verbatim", str(root)) as child:
        port = read(child)["http"]
        yield (
            Peer("Portside, window, recording", port, psutil.Process(child.pid), lambda phase: tell(child, phase)),
            child,
        )


@contextmanager
def peers(root: Path) -> Iterator[list[Peer]]:
    """The others, as many of them as are installed or can be."""
    with tempfile.TemporaryDirectory(prefix="portside-bench-") as name:
        folder = Path(name)
        commands = dict(_commands(root, folder))
        children = [(title, port, _started(command, folder)) for title, (port, command) in commands.items()]
        try:
            for _, port, _ in children:
                wait_for(port)
            yield [Peer(title, port, psutil.Process(child.pid), no_phases) for title, port, child in children]
        finally:
            for _, _, child in children:
                child.terminate()
                child.wait()


def _commands(root: Path, folder: Path) -> Iterator[tuple[str, tuple[int, list[str]]]]:
    port = free_port()
    yield (
        "python http.server",
        (port, [sys.executable, "-m", "http.server", "-b", "127.0.0.1", "-d", str(root), str(port)]),
    )
    port = free_port()
    yield "aiohttp static route", (port, [sys.executable, "-c", STATIC, str(root), str(port)])
    port = free_port()
    if installed_into(folder, HTTP_SERVER):
        program = str(folder / "node_modules/.bin/http-server")
        yield f"npm {HTTP_SERVER}", (port, [program, str(root), "-s", "-a", "127.0.0.1", "-p", str(port)])
    port = free_port()
    if nginx := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        config = folder / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, port=port, root=root, user=getpass.getuser()), encoding="utf-8")
        yield "nginx, one worker", (port, [nginx, "-c", str(config)])


def _started(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
