"""The HTTP server: dynamic pages for the ending .zzz, files of a folder for everything else."""

import asyncio
import os
import stat
import time
from http import HTTPStatus
from pathlib import Path
from time import perf_counter_ns
from typing import BinaryIO
from urllib.parse import parse_qsl

from aiohttp import web

from servers.guard import Refusal
from servers.http.pages import dynamic_page, error_page
from servers.http.site import decode_path, is_inside, locate, media_type
from servers.recorder import Recorder
from servers.resources import resource_path
from servers.settings import HttpSettings
from servers.traffic_log import NOTES, Notes
from servers.web import WebServer, read_body

DYNAMIC = ".zzz"
MAX_FORM = 1024 * 1024
WHOLE = 256 * 1024
"""Bytes up to which a file is read and sent at once."""

CHUNK = 256 * 1024
_STATIC_METHODS = "GET, HEAD, OPTIONS"
_DYNAMIC_METHODS = "GET, HEAD, POST, OPTIONS"
_FORM = "application/x-www-form-urlencoded"
_HTML = "text/html"
_PAGE_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
_FILE_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
# Our own sites load nothing from elsewhere; a user's site must work as it is.
_BUNDLED_POLICY = "default-src 'self'; img-src 'self' blob:; connect-src 'self' ws: wss:"
_BUNDLED_HEADERS = _FILE_HEADERS | {"Content-Security-Policy": _BUNDLED_POLICY}


class HttpServer(WebServer[HttpSettings]):
    """Serves the bundled sites or a folder of the user's, and the dynamic pages of the course."""

    name = "http"

    def __init__(self, settings: HttpSettings, recorder: Recorder) -> None:
        super().__init__(settings, recorder)
        self._bundled = resource_path("sites")

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
        page = error_page(refusal.status, HTTPStatus(refusal.status).phrase, refusal.detail)
        headers = _PAGE_HEADERS | refusal.headers
        return web.Response(status=refusal.status, text=page, content_type=_HTML, headers=headers)

    async def _dynamic(self, request: web.BaseRequest, path: str) -> web.Response:
        _check_method(request.method, _DYNAMIC_METHODS)
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": _DYNAMIC_METHODS})
        fields = await _form_fields(request) if request.method == "POST" else []
        page = dynamic_page(path, time.localtime(), fields)
        headers = _PAGE_HEADERS | {"Cache-Control": "no-store"}
        return web.Response(text=page, content_type=_HTML, headers=headers)

    async def _static(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        root = self.settings.root or self._bundled
        found = locate(root, path)
        _check_method(request.method, _STATIC_METHODS)
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": _STATIC_METHODS})
        if found.is_dir():
            if not path.endswith("/"):
                return _to_folder(request.raw_path)
            found = locate(root, f"{path}index.html")
        return await _send_file(request, found, _BUNDLED_HEADERS if self.settings.root is None else _FILE_HEADERS)


def _check_method(method: str, allowed: str) -> None:
    if method not in allowed.split(", "):
        raise Refusal(405, f"{method} is not possible here; {allowed} are.", {"Allow": allowed})


def _to_folder(raw_target: str) -> web.Response:
    """Redirect to the form with a slash; relative, so that it leads nowhere else (RFC 9110, section 15.4.2)."""
    raw_path, mark, query = raw_target.partition("?")
    last = raw_path.rsplit("/", 1)[-1]
    return web.Response(status=301, headers={"Location": f"./{last}/{mark}{query}"})


async def _form_fields(request: web.BaseRequest) -> list[tuple[str, str]]:
    body = await read_body(request, MAX_FORM)
    if request.content_type != _FORM:
        raise Refusal(415, f"A dynamic page takes forms as {_FORM}.", {"Accept-Post": _FORM})
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise Refusal(400, "The form is not valid UTF-8 or has more than 1,000 fields.") from None


async def _send_file(request: web.BaseRequest, found: Path, headers: dict[str, str]) -> web.StreamResponse:
    headers = {"Content-Type": media_type(found)} | headers
    file = _open_regular(found)
    try:
        size = os.fstat(file.fileno()).st_size
        if size <= WHOLE:
            return web.Response(body=file.read(WHOLE), headers=headers)
        return await _stream(request, file, size, headers)
    finally:
        file.close()


def _open_regular(found: Path) -> BinaryIO:
    """Open a file that ``locate`` found, unless something else has taken its place; never waits at a pipe."""
    try:
        descriptor = os.open(found, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise Refusal(404, "There is no such file on this server.") from None
    except OSError:
        raise Refusal(403, "This server may not read that file.") from None
    if not (stat.S_ISREG(os.fstat(descriptor).st_mode) and is_inside(descriptor, found)):
        os.close(descriptor)
        raise Refusal(404, "There is no such file on this server.")
    return os.fdopen(descriptor, "rb")


async def _stream(request: web.BaseRequest, file: BinaryIO, size: int, headers: dict[str, str]) -> web.StreamResponse:
    """Send a big file in pieces read off the loop's thread; a file that shrinks meanwhile ends the connection."""
    response = web.StreamResponse(headers=headers)
    response.content_length = size
    await response.prepare(request)
    notes = request[NOTES]
    notes.responded_ns = perf_counter_ns()
    notes.streamed = 0
    if request.method == "HEAD":
        return response
    try:
        await _copy(notes, file, size, response)
    except OSError as error:
        if not isinstance(error, ConnectionError):
            notes.fault = f"The file could not be sent to its end: {error.strerror or error}."
        request.protocol.force_close()  # returning, instead of raising, lets the exchange be recorded
    return response


async def _copy(notes: Notes, file: BinaryIO, size: int, response: web.StreamResponse) -> None:
    loop = asyncio.get_running_loop()
    sent = 0
    while sent < size:
        chunk = await loop.run_in_executor(None, file.read, min(CHUNK, size - sent))
        if not chunk:
            raise OSError("it became shorter while it was sent")
        await response.write(chunk)
        sent += len(chunk)
        notes.streamed = sent
