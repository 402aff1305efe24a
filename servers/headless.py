"""The servers without a window: what `main.py serve` does."""

import asyncio
import io
import logging
import os
import signal
import sys
from pathlib import Path

from servers.exchange import Direction, Exchange, Kind, Message, Record
from servers.logs import visible
from servers.server import AnyServer
from servers.workbench import Workbench

TITLES = {"http": "HTTP", "rest": "REST", "ws": "WebSocket"}


async def serve(workbench: Workbench, names: list[str], data_file: Path | None = None) -> int:
    """Start the named servers, log their traffic, and stop them at SIGINT or SIGTERM. Returns the exit code.

    The REST server serves the content of ``data_file`` if there is one.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack characters that clients send
    stop = asyncio.Event()
    _on_signals(stop)
    workbench.recorder.subscriber = _print_record
    servers = [server for server in workbench.servers if server.name in names]
    try:
        for server in servers:
            if not await _start(server):
                return 1
        if data_file is not None and not await _open(workbench, data_file):
            return 1
        _say("Press Ctrl+C to stop.")
        await stop.wait()
    finally:
        for server in servers:
            if server.address is not None:
                _say(f"Shutting down the {TITLES[server.name]} server")
        await workbench.stop()
    return 0


async def _start(server: AnyServer) -> bool:
    try:
        await server.start()
    except OSError as error:
        print(f"The {TITLES[server.name]} server cannot start: {error}", file=sys.stderr)
        return False
    if server.address is not None:
        _say(f"Started {TITLES[server.name]} server at {server.address.url}")
    return True


async def _open(workbench: Workbench, path: Path) -> bool:
    service = workbench.rest.service
    if service is None:
        return False
    try:
        notice = await service.open(path, resume=True)
    except (ValueError, OSError) as error:
        print(f"The data cannot be served: {error}", file=sys.stderr)
        return False
    for line in (f"Serving {service.dataset.name}: {', '.join(f'/{name}' for name in service.definitions)}", notice):
        if line:
            _say(visible(line))
    return True


def _on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: asyncio has no signal handlers there
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))


def _print_record(record: Record) -> None:
    if isinstance(record, Exchange):
        title = TITLES[record.source]
        _say(visible(f"{title}: {record.method} {record.target} {record.status} {record.reason}".rstrip()))
    elif record.kind in (Kind.TEXT, Kind.BINARY):
        _say(_message_line(record))


def _message_line(message: Message) -> str:
    label = "From client: " if message.direction is Direction.RECEIVED else "To client:   "
    if message.kind is Kind.BINARY:
        return f"{label}({message.size} bytes)"
    text = message.data.decode("utf-8", errors="replace")
    more = f" … ({message.size} bytes)" if message.truncated else ""
    return f"{label}{visible(text)}{more}"


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError:  # whoever read the output is gone, or its disk is full; the servers go on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
