"""The HTTP server: dynamic pages for the ending .zzz, files of a folder for everything else."""

import asyncio
import time
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from servers.cors import cors_headers, is_admitted, preflight
from servers.guard import Refusal
from servers.http.access import READABLE, check_credentials
from servers.http.files import Files, FolderFound
from servers.http.forms import read_form
from servers.http.listing import listing_page
from servers.http.live import PATHS, LiveReload, inject
from servers.http.pages import POLICY, dynamic_page, error_page
from servers.http.site import decode_path, locate, missing
from servers.http.uploads import upload
from servers.recorder import Recorder
from servers.resources import resource_path
from servers.server import ServerState
from servers.settings import Cors, HttpSettings
from servers.web import WebServer

DYNAMIC = ".zzz"
_READING = ("GET", "HEAD", "OPTIONS")
_DYNAMIC_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_ALL = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
_HTML = "text/html"
_PAGE_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": POLICY}
_OWN_HEADERS = {"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff"}


class HttpServer(WebServer[HttpSettings]):
    """Serves the bundled sites or a folder of the user's, and the dynamic pages of the course."""

    name = "http"

    def __init__(self, settings: HttpSettings, recorder: Recorder) -> None:
        super().__init__(settings, recorder)
        self._files = Files(lambda: self.settings, resource_path("sites"))
        self._live = LiveReload(
            lambda: self._files.root,
            lambda: self.settings.live_reload and self.state is not ServerState.STOPPING,
        )

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer by the path: what is asked about the server, live reload, a dynamic page, a file."""
        settings = self.settings
        early = self._about_server(request)
        if early is not None:
            return early
        check_credentials(settings, request.headers.getall("Authorization", ()))
        path = decode_path(request.raw_path)
        self._files.transform = inject if settings.live_reload else None
        if path in PATHS and settings.live_reload:
            return await self._live.answer(request, path)
        if path.endswith(DYNAMIC):
            return await self._dynamic(request, path)
        if request.method in ("GET", "HEAD"):
            return await self._read(request, path)
        return await self._write(request, path)

    def extras(self, request: web.BaseRequest) -> dict[str, str]:
        """What CORS adds to every answer."""
        cors = self.settings.cors
        if cors is Cors.OFF:
            return {}
        return cors_headers(cors, request.headers.getall("Origin", ()), self._own_names, READABLE)

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        own = self._files.error_page(refusal.status)
        if own is not None:
            return web.Response(status=refusal.status, body=own, headers=_OWN_HEADERS | refusal.headers)
        page = error_page(refusal.status, HTTPStatus(refusal.status).phrase, refusal.detail)
        headers = _PAGE_HEADERS | refusal.headers
        return web.Response(status=refusal.status, text=page, content_type=_HTML, headers=headers)

    def _about_server(self, request: web.BaseRequest) -> web.Response | None:
        """The answer to what is no request for a path, or comes before one; None otherwise."""
        if request.method == "CONNECT":
            raise Refusal(501, "This server is no proxy.")
        if request.method != "OPTIONS":
            return None
        if request.raw_path == "*":
            return _options(self._methods("*"))
        origins = request.headers.getall("Origin", ())
        cors = self.settings.cors
        methods = _READING if cors is Cors.ANY else _ALL  # the guard lets no other site's page change anything
        return preflight(request, methods, admitted=is_admitted(cors, origins, self._own_names))

    def _methods(self, path: str) -> tuple[str, ...]:
        """What is possible with a path (RFC 9110, section 10.2.1)."""
        if path == "*":
            return _ALL if self.settings.uploads else _DYNAMIC_METHODS
        if path.endswith(DYNAMIC):
            return _DYNAMIC_METHODS
        if not self.settings.uploads:
            return _READING
        return (*_READING, "POST" if path.endswith("/") else "PUT")

    async def _dynamic(self, request: web.BaseRequest, path: str) -> web.Response:
        allowed = self._methods(path)
        if request.method == "OPTIONS":
            return _options(allowed)
        if request.method not in allowed:
            raise _not_allowed(request.method, allowed)
        fields = await read_form(request) if request.method == "POST" else []
        page = dynamic_page(path, time.localtime(), fields)
        headers = _PAGE_HEADERS | {"Cache-Control": "no-store"}
        return web.Response(text=page, content_type=_HTML, headers=headers)

    async def _read(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        try:
            return await self._files.answer(request, path)
        except FolderFound as folder:
            if not self.settings.listing:
                raise missing() from None
            sort = request.query.get("sort", "name")
            return await _listing(self._files.root, folder, sort, uploads=self._takes_files)

    async def _write(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        allowed, settings = self._methods(path), self.settings
        if request.method in allowed and request.method != "OPTIONS":
            if settings.root is None:
                raise Refusal(403, "Files can be added to a folder of your own; the bundled sites stay as they are.")
            return await upload(request, settings.root, path, settings.max_upload)
        locate(self._files.root, path)
        if request.method == "OPTIONS":
            return _options(allowed)
        raise _not_allowed(request.method, allowed)

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


def _not_allowed(method: str, allowed: tuple[str, ...]) -> Refusal:
    methods = ", ".join(allowed)
    return Refusal(405, f"{method} is not possible here; {methods} are.", {"Allow": methods})


async def _listing(root: Path, found: FolderFound, sort: str, *, uploads: bool) -> web.Response:
    try:
        page = await asyncio.to_thread(listing_page, root, found.real, found.path, sort, uploads=uploads)
    except OSError:
        raise Refusal(403, "This server may not read that folder.") from None
    return web.Response(text=page, content_type=_HTML, headers=_PAGE_HEADERS | {"Cache-Control": "no-cache"})
