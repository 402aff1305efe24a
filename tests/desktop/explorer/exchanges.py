"""Sending one request with a client of its own."""

import socket

from desktop.explorer.model.request import Request
from desktop.explorer.sending.client import Client
from desktop.explorer.sending.reply import Reply
from servers.recorder import Recorder
from tests.desktop.explorer.servers import RawServer


async def exchange(request: Request, recorder: Recorder | None = None) -> Reply:
    """Send one request with a client of its own."""
    client = Client(Recorder() if recorder is None else recorder)
    try:
        return await client.send(request.prepare())
    finally:
        await client.close()


async def ask(server: RawServer, path: str = "") -> Reply:
    """GET from a server."""
    async with server.running():
        return await exchange(Request("GET", server.url + path))


def free_port() -> int:
    """A port where nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
