"""The HTTP server: dynamic pages for the ending .zzz, files of a folder for everything else."""

import asyncio
import time
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from servers.guard import Refusal
from servers.http.files import Files, FolderFound
from servers.http.forms import read_form
from servers.http.listing import listing_page
from servers.http.pages import POLICY, dynamic_page, error_page
from servers.http.site import decode_path, locate, missing
from servers.recorder import Recorder
from servers.resources import resource_path
from servers.settings import HttpSettings
from servers.web import WebServer

DYNAMIC = ".zzz"
_STATIC_METHODS = "GET, HEAD, OPTIONS"
_DYNAMIC_METHODS = "GET, HEAD, POST, OPTIONS"
_HTML = "text/html"
_PAGE_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": POLICY}

_OWN_HEADERS = {"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff"}


class HttpServer(WebServer[HttpSettings]):
    """Serves the bundled sites or a folder of the user's, and the dynamic pages of the course."""

    name = "http"

    def __init__(self, settings: HttpSettings, recorder: Recorder) -> None:
        super().__init__(settings, recorder)
        self._files = Files(lambda: self.settings, resource_path("sites"))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.raw_path == "*" and request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": _DYNAMIC_METHODS})
        if request.method == "CONNECT":
            raise Refusal(501, "This server is no proxy.")
        path = decode_path(request.raw_path)
        if path.endswith(DYNAMIC):
            return await self._dynamic(request, path)
        return await self._static(request, path)

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        own = self._files.error_page(refusal.status)
        if own is not None:
            return web.Response(status=refusal.status, body=own, headers=_OWN_HEADERS | refusal.headers)
        page = error_page(refusal.status, HTTPStatus(refusal.status).phrase, refusal.detail)
        headers = _PAGE_HEADERS | refusal.headers
        return web.Response(status=refusal.status, text=page, content_type=_HTML, headers=headers)

    async def _dynamic(self, request: web.BaseRequest, path: str) -> web.Response:
        _check_method(request.method, _DYNAMIC_METHODS)
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": _DYNAMIC_METHODS})
        fields = await read_form(request) if request.method == "POST" else []
        page = dynamic_page(path, time.localtime(), fields)
        headers = _PAGE_HEADERS | {"Cache-Control": "no-store"}
        return web.Response(text=page, content_type=_HTML, headers=headers)

    async def _static(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if request.method not in ("GET", "HEAD"):
            locate(self._files.root, path)
            _check_method(request.method, _STATIC_METHODS)
            return web.Response(status=204, headers={"Allow": _STATIC_METHODS})
        try:
            return await self._files.answer(request, path)
        except FolderFound as folder:
            if not self.settings.listing:
                raise missing() from None
            sort = request.query.get("sort", "name")
            return await _listing(self._files.root, folder, sort)


def _check_method(method: str, allowed: str) -> None:
    if method not in allowed.split(", "):
        raise Refusal(405, f"{method} is not possible here; {allowed} are.", {"Allow": allowed})


async def _listing(root: Path, found: FolderFound, sort: str) -> web.Response:
    try:
        page = await asyncio.to_thread(listing_page, root, found.real, found.path, sort)
    except OSError:
        raise Refusal(403, "This server may not read that folder.") from None
    return web.Response(text=page, content_type=_HTML, headers=_PAGE_HEADERS | {"Cache-Control": "no-cache"})
