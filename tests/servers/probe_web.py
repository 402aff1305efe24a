"""A web server of a few lines, to test what all web servers share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from servers.guard import Refusal
from servers.recorder import Recorder
from servers.request_body import read_body
from servers.settings import WebSettings
from servers.web import WebServer
from tests.servers.watched import Watched

LIMIT = 1000


class ProbeServer(Watched, WebServer[WebSettings]):
    """Answers each path as a test needs it; ``entered`` is set while a request waits for ``gate``."""

    name = "http"

    def __init__(self, port: int = 0) -> None:
        self.recorder = Recorder()
        super().__init__(WebSettings(port=port), self.recorder)
        self.entered, self.gate = asyncio.Event(), asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        match request.path:
            case "/bug":
                raise ZeroDivisionError("a secret of the server")
            case "/wait":
                self.entered.set()
                await self.gate.wait()
            case "/body":
                return web.Response(body=await read_body(request, LIMIT))
            case "/refuse":
                raise Refusal(418, "No <coffee>.", {"X-Why": "teapot"})
        return web.Response(text="hello")

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        return web.Response(status=refusal.status, text=refusal.detail, headers=refusal.headers)


@asynccontextmanager
async def running() -> AsyncIterator[ProbeServer]:
    """A started probe on a free port, stopped at the end."""
    server = ProbeServer()
    await server.start()
    try:
        yield server
    finally:
        server.gate.set()
        await server.stop()
