"""A server that has the lab and nothing else, and a client of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, web

from servers.guard import Refusal
from servers.recorder import Recorder
from servers.rest import lab, media, problems
from servers.rest.routes import Routes
from servers.server import ServerState
from servers.settings import WebSettings
from servers.web import EXTRAS, WebServer
from tests.servers.watched import Watched

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class LabServer(Watched, WebServer[WebSettings]):
    """Answers as the REST server does; ``entered`` is set while a request is being handled."""

    name = "rest"

    def __init__(self) -> None:
        self.recorder = Recorder()
        super().__init__(WebSettings(port=0), self.recorder)
        self.entered = asyncio.Event()
        self._routes = Routes(*lab.routes(self._is_stopping))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        request[EXTRAS] = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
        handler, variables = self._routes.find(request.rel_url.path_safe, request.method)
        self.entered.set()
        try:
            return await handler(request, *variables)
        finally:
            self.entered.clear()

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        body = problems.body(problems.at(refusal, request.path))
        return web.Response(
            body=body, status=refusal.status, headers={**refusal.headers, "Content-Type": media.PROBLEM}
        )

    @property
    def connections(self) -> list[web.RequestHandler]:
        """The open connections."""
        return self._manager.connections if self._manager is not None else []

    def _is_stopping(self) -> bool:
        return self.state is ServerState.STOPPING


@dataclass(frozen=True, slots=True)
class Running:
    """The started server and a client whose cookies are its own business."""

    server: LabServer
    client: ClientSession

    async def json(self, path: str, method: str = "GET", **options: Any) -> Any:
        """The JSON of an answer that must be 200."""
        async with self.client.request(method, f"/lab/{path}", **options) as response:
            assert response.status == 200, await response.text()
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            return await response.json()

    async def refused(self, path: str, method: str = "GET", **options: Any) -> tuple[int, str]:
        """The status and the detail of a problem document."""
        async with self.client.request(method, f"/lab/{path}", **options) as response:
            assert response.content_type == media.PROBLEM, await response.text()
            problem = await response.json()
            assert problem["status"] == response.status
            return response.status, problem.get("detail", "")

    @asynccontextmanager
    async def sent(self, method: str, path: str, rest: bytes = b"\r\n") -> AsyncIterator[Connection]:
        """A connection of its own on which a request went out, with header fields and body of the test's making."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=1024)
        writer.write(f"{method} /lab/{path} HTTP/1.1\r\nHost: localhost\r\n".encode() + rest)
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def running() -> AsyncIterator[Running]:
    """A started server with a client."""
    server = LabServer()
    await server.start()
    assert server.address is not None
    try:
        async with ClientSession(server.address.url, cookie_jar=DummyCookieJar(), auto_decompress=False) as client:
            yield Running(server, client)
    finally:
        await server.stop()
