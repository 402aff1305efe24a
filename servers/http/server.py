"""The HTTP server: dynamic pages for the ending .zzz, files of a folder for everything else."""

import asyncio
import time
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from servers.cors import preflight
from servers.guard import Refusal
from servers.http.access import READABLE, check_credentials
from servers.http.files import Files, FolderFound
from servers.http.forms import read_form
from servers.http.listing import listing_page
from servers.http.live import PATHS, LiveReload, inject
from servers.http.pages import HEADERS, dynamic_page, error_page
from servers.http.site import DYNAMIC, decode_path, locate, missing, not_allowed
from servers.http.uploads import upload
from servers.recorder import Recorder
from servers.resources import resource_path
from servers.server import ServerState
from servers.settings import Cors, HttpSettings
from servers.web import WebServer

_READING = ("GET", "HEAD", "OPTIONS")
_DYNAMIC_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_ALL = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
_HTML = "text/html"
_OWN_HEADERS = {"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff"}
_LISTINGS = 2
"""Folders that are listed at a time: in the same threads files are read, written and compressed."""

_LET_IN = web.RequestKey("let in", bool)
"""Set for requests that passed the guard and the password: no other gets to see anything of the site."""


class HttpServer(WebServer[HttpSettings]):
    """Serves the bundled sites or a folder of the user's, and the dynamic pages of the course."""

    name = "http"
    readable = READABLE

    def __init__(self, settings: HttpSettings, recorder: Recorder) -> None:
        super().__init__(settings, recorder)
        self._files = Files(lambda: self.settings, resource_path("sites"))
        self._live = LiveReload(
            lambda: self._files.root,
            lambda: self.settings.live_reload and self.state is not ServerState.STOPPING,
        )
        self._may_list = asyncio.Semaphore(_LISTINGS)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer by the path: what is asked about the server, live reload, a dynamic page, a file."""
        settings = self.settings
        early = self._about_server(request)
        if early is not None:
            return early
        check_credentials(settings, request.headers.getall("Authorization", ()))
        request[_LET_IN] = True
        path = decode_path(request.raw_path)
        self._files.transform = inject if settings.live_reload else None
        if path in PATHS and settings.live_reload:
            return await self._live.answer(request, path)
        if path.endswith(DYNAMIC):
            return await self._dynamic(request, path)
        if request.method in ("GET", "HEAD"):
            return await self._read(request, path)
        return await self._write(request, path)

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        """The site's own page for the status, or one of ours."""
        own = self._files.error_page(refusal.status) if _LET_IN in request else None
        if own is not None:
            return web.Response(status=refusal.status, body=own, headers=_OWN_HEADERS | refusal.headers)
        page = error_page(refusal.status, HTTPStatus(refusal.status).phrase, refusal.detail)
        headers = HEADERS | refusal.headers
        return web.Response(status=refusal.status, text=page, content_type=_HTML, headers=headers)

    def _about_server(self, request: web.BaseRequest) -> web.Response | None:
        """The answer to what is no request for a path, or comes before one; None otherwise."""
        if request.method == "CONNECT":
            raise Refusal(501, "This server is no proxy.")
        if request.method != "OPTIONS":
            return None
        if request.raw_path == "*":
            return _options(self._methods("*"))
        # the guard lets no other site's page change anything
        methods = _READING if self.settings.cors is Cors.ANY else _ALL
        return preflight(request, methods, admitted=self.admits(request))

    def _methods(self, path: str) -> tuple[str, ...]:
        """What is possible with a path (RFC 9110, section 10.2.1)."""
        if path == "*":
            return _ALL if self._takes_files else _DYNAMIC_METHODS
        if path.endswith(DYNAMIC):
            return _DYNAMIC_METHODS
        if not self._takes_files:
            return _READING
        return (*_READING, "POST" if path.endswith("/") else "PUT")

    async def _dynamic(self, request: web.BaseRequest, path: str) -> web.Response:
        allowed = self._methods(path)
        if request.method == "OPTIONS":
            return _options(allowed)
        if request.method not in allowed:
            raise not_allowed(request.method, allowed)
        fields = await read_form(request) if request.method == "POST" else []
        page = dynamic_page(path, time.localtime(), fields)
        headers = HEADERS | {"Cache-Control": "no-store"}
        return web.Response(text=page, content_type=_HTML, headers=headers)

    async def _read(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        try:
            return await self._files.answer(request, path)
        except FolderFound as folder:
            if not self.settings.listing:
                raise missing() from None
            sort = request.query.get("sort", "name")
            async with self._may_list:
                return await _listing(self._files.root, folder, sort, uploads=self._takes_files)

    async def _write(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        settings, method = self.settings, request.method
        allowed = self._methods(path)
        if settings.root is not None and method in allowed and method != "OPTIONS":
            return await upload(request, settings.root, path, settings.max_upload, is_listed=settings.listing)
        if settings.uploads and settings.root is None and method in ("POST", "PUT"):
            raise Refusal(403, "Files can be added to a folder of your own; the bundled sites stay as they are.")
        locate(self._files.root, path)
        if method == "OPTIONS":
            return _options(allowed)
        raise not_allowed(method, allowed)

    @property
    def _takes_files(self) -> bool:
        return self.settings.uploads and self.settings.root is not None

    async def _stop(self) -> None:
        try:
            await self._live.close()
        finally:
            await super()._stop()


def _options(allowed: tuple[str, ...]) -> web.Response:
    return web.Response(status=204, headers={"Allow": ", ".join(allowed)})


async def _listing(root: Path, found: FolderFound, sort: str, *, uploads: bool) -> web.Response:
    try:
        page = await asyncio.to_thread(listing_page, root, found.real, found.path, sort, uploads=uploads)
    except OSError:
        raise Refusal(403, "This server may not read that folder.") from None
    return web.Response(text=page, content_type=_HTML, headers=HEADERS | {"Cache-Control": "no-cache"})
