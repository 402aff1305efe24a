"""A server of files alone, over a folder made for one test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import web

from servers.guard import Refusal
from servers.http.files import Files, FolderFound
from servers.http.site import decode_path
from servers.recorder import Recorder
from servers.settings import HttpSettings
from servers.web import WebServer
from tests.servers.watched import Watched


class FileServer(Watched, WebServer[HttpSettings]):
    """Answers with files, and with plain text where there is none; ``more`` are header fields for every answer."""

    name = "http"

    def __init__(self, root: Path, **settings: Any) -> None:
        self.recorder = Recorder()
        super().__init__(HttpSettings(port=0, root=root, **settings), self.recorder)
        self.files = Files(lambda: self.settings, root)
        self.more: dict[str, str] = {}

    def change(self, **settings: Any) -> None:
        """Put other settings in place, as the window does."""
        self.settings = replace(self.settings, **settings)

    def extras(self, request: web.BaseRequest) -> dict[str, str]:
        return self.more

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self.files.answer(request, decode_path(request.raw_path))
        except FolderFound as found:
            return web.Response(text=f"folder {found.real.name} at {found.path}")

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        return web.Response(status=refusal.status, text=refusal.detail, headers=refusal.headers)


@asynccontextmanager
async def file_server(root: Path, **settings: Any) -> AsyncIterator[FileServer]:
    """A started server of files."""
    server = FileServer(root, **settings)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
