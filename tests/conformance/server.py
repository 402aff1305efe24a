"""The server under test, in a process of its own: `server.py batched|asyncio FOLDER`, told what to do through stdin.

It prints its port as one JSON line. The word `end` stops it: a second line says what was left behind, and is empty
when all is well.
"""

import asyncio
import logging
import os
import sys

from tests.benchmarks.child import Commands, say

LIMIT = 64 * 1024 * 1024
"""Bytes; the suite sends messages of 16 MiB."""


class _Faults(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


async def verbatim(faults: _Faults) -> None:
    """Send every message back as it came, with limits that the suite does not reach."""
    from servers.recorder import Recorder
    from servers.settings import Mode, WebSocketSettings
    from servers.websocket.server import WebSocketServer

    settings = WebSocketSettings(port=0, mode=Mode.VERBATIM, max_message=LIMIT, max_pending=LIMIT)
    server = WebSocketServer(settings, Recorder())
    before = asyncio.all_tasks()
    await server.start()
    assert server.address is not None
    say(server.address.port)
    await Commands().ended.wait()
    left = [f"The client {client.name} is still there." for client in server.hub.clients.values()]
    await server.stop()
    left += [f"The task {task.get_name()} is left." for task in asyncio.all_tasks() - before]
    say(faults.lines + left)


def main(loop: str) -> None:
    os.environ["WEBSOCKETS_MAX_FRAGMENTS"] = "131072"  # read when websockets is imported
    faults = _Faults()
    logging.getLogger().addHandler(faults)
    if loop == "asyncio":
        asyncio.run(verbatim(faults))
        return
    from PySide6.QtWidgets import QApplication

    from desktop.event_loop import new_event_loop

    app = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=lambda: new_event_loop(app)) as runner:
        runner.run(verbatim(faults))


if __name__ == "__main__":
    main(sys.argv[1])
