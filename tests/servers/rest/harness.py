"""What the REST tests share: a running server with a client, and the commands of the child processes."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession
from yarl import URL

from servers.recorder import Recorder
from servers.rest.server import RestServer
from servers.rest.service import Service
from servers.settings import RestSettings

ROOT = Path(__file__).parents[3]
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Running:
    """A started server, a client of it, and the records of the server's side."""

    server: RestServer
    client: ClientSession
    recorder: Recorder

    @property
    def service(self) -> Service:
        """The resources behind the server."""
        assert self.server.service is not None
        return self.server.service

    def switch(self, **switches: Any) -> None:
        """Change settings of the running server, as the Data tab does."""
        self.server.settings = replace(self.server.settings, **switches)

    async def raw(self, request: bytes) -> bytes:
        """Send bytes over a connection of their own and return all that comes back until it is closed."""
        assert self.server.address is not None
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.address.port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer


@asynccontextmanager
async def running(data_dir: Path, **settings: Any) -> AsyncIterator[Running]:
    """A server on a free port with its store in ``data_dir`` and these settings."""
    recorder = Recorder()
    server = RestServer(RestSettings(port=0, **settings), recorder, data_dir)
    await server.start()
    assert server.address is not None
    try:
        async with ClientSession(server.address.url) as client:
            yield Running(server, client, recorder)
    finally:
        await server.stop()


def links(response: ClientResponse) -> dict[str, str]:
    """The links in the header (RFC 8288) by their relation, as paths."""
    return {rel: str(URL(link["url"]).relative()) for rel, link in response.links.items()}


def child(module: str, *arguments: object) -> list[str]:
    """The command that runs a module of these tests in a process of its own."""
    return [sys.executable, "-m", f"tests.servers.rest.{module}", *map(str, arguments)]
