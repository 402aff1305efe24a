"""The servers without a window: what `main.py serve` does."""

import asyncio
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from servers.announcement import announcement, qr_code
from servers.exchange import Direction, Exchange, Kind, Message, Record
from servers.logs import visible
from servers.server import Address, AnyServer
from servers.signals import on_signals
from servers.workbench import Workbench

TITLES = {"http": "HTTP", "rest": "REST", "ws": "WebSocket"}


async def serve(workbench: Workbench, names: list[str], data_file: Path | None = None) -> int:
    """Start the named servers, log their traffic, and stop them at SIGINT or SIGTERM. Returns the exit code.

    The REST server serves the content of ``data_file`` if there is one.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack characters that clients send
    workbench.recorder.subscriber = _print_records
    workbench.rest.first_file = data_file
    servers = [server for server in workbench.servers if server.name in names]
    try:
        async with asyncio.timeout(None) as until_signal:
            _on_signals(until_signal)
            return await _run(workbench, servers)
    except TimeoutError:
        return 0
    finally:
        for server in servers:
            if server.address is not None:
                _say(f"Shutting down the {TITLES[server.name]} server")
        await workbench.stop()


async def _run(workbench: Workbench, servers: list[AnyServer]) -> int:
    for server in servers:
        if not await _start(server):
            return 1
    for line in (*announcement(workbench), *_notices(servers)):
        _say(visible(line))
    _say_code(workbench.http.address)
    _say("Press Ctrl+C to stop.")
    await asyncio.Event().wait()
    return 0


async def _start(server: AnyServer) -> bool:
    try:
        await server.start()
    except OSError as error:
        print(visible(f"The {TITLES[server.name]} server cannot start: {error}"), file=sys.stderr)
        return False
    _say_address(server)
    return True


def _say_address(server: AnyServer) -> None:
    if server.address is not None:
        _say(f"Started {TITLES[server.name]} server at {server.address.url}")
        if others := server.address.network_urls:
            _say(f"Other computers reach it at {', '.join(others)}")


def _notices(servers: list[AnyServer]) -> list[str]:
    """What the servers found that users should know, once each."""
    return list(dict.fromkeys(server.notice for server in servers if server.notice))


def _say_code(address: Address | None) -> None:
    """Show the first address for other computers as a QR code, where somebody looks at a terminal that can."""
    urls = address.network_urls if address is not None else ()
    if urls and sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower():
        _say(f"{qr_code(urls[0])}\n{urls[0]}")


def _on_signals(until_signal: asyncio.Timeout) -> None:
    """End the timeout at a signal, wherever the work in it is."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        until_signal.reschedule(loop.time())

    on_signals(stop)


def _print_records(records: Sequence[Record]) -> None:
    for record in records:
        _print_record(record)


def _print_record(record: Record) -> None:
    if isinstance(record, Exchange):
        what = f"{record.method} {record.target} {record.status} {record.reason}" if record.method else record.error
        _say(visible(f"{TITLES[record.source]}: {what}".rstrip()))
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
