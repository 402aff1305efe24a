"""Answers GET and HEAD for the files of a site: conditions, ranges, codings, from memory or from the disk."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from multidict import CIMultiDict

from servers.conditions import outcome, range_holds
from servers.connections.repeats import Lasting
from servers.guard import Refusal
from servers.http.files.codings import IDENTITY, choose
from servers.http.files.finding import SMALL, Finder, Transform
from servers.http.files.forms import Form
from servers.http.files.lookup import SlashWanted, is_for_app, special_file
from servers.http.files.memory import Found
from servers.http.files.opened import Changed, Opened
from servers.http.files.ranges import ByteRange, Unsatisfiable, read_range
from servers.http.files.sending import send
from servers.settings import Caching, HttpSettings

APP = "/index.html"
"""What a single-page app starts with."""

_TRIES = 3
_CACHE_CONTROL = {
    Caching.REVALIDATE: "no-cache",
    Caching.HOUR: "max-age=3600",
    Caching.YEAR: "max-age=31536000, immutable",
    Caching.NEVER: "no-store",
}
# Our own sites load nothing from elsewhere; a user's site must work as it is.
_BUNDLED_POLICY = "default-src 'self'; img-src 'self' blob:; connect-src 'self' ws: wss:"


class Files:
    """The files of the folder that the settings name, or of ``bundled``; the settings count from the next request on.

    ``transform`` changes pages before they are sent; while it is not None, their entity tags are others.
    """

    def __init__(self, settings: Callable[[], HttpSettings], bundled: Path) -> None:
        self.transform: Transform | None = None
        self._settings = settings
        self._bundled = bundled
        self._rules: tuple[HttpSettings, Transform | None] | None = None
        self._finder: Finder | None = None

    @property
    def root(self) -> Path:
        """The folder that is served."""
        return self._settings().root or self._bundled

    async def answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """The response to GET or HEAD for a decoded path (RFC 9110).

        Raises Refusal 403, 404, 406, 412, 416 or 503, and FolderFound for a folder that has no start page.
        """
        settings = self._settings()
        try:
            return await self._answer(request, path)
        except SlashWanted:
            return _to_folder(request.raw_path)
        except Refusal as refusal:
            if refusal.status != 404 or not (settings.spa and is_for_app(path, request.headers.get("Accept"))):
                raise
        response = await self._answer(request, APP)
        if isinstance(response, Lasting):
            response.holds = None  # it lasts only until there is something at the path itself
        return response

    def error_page(self, status: int) -> bytes | None:
        """The site's own page for an error status, ``404.html`` for example, under the rules for all files.

        None where there is none of at most 256 KiB.
        """
        place = special_file(self.root, f"/{status}.html")
        if place is None:
            return None
        try:
            with Opened(place) as opened:
                return opened.whole_now() if opened.size <= SMALL else None
        except (Refusal, Changed, OSError):
            return None

    async def _answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        for _ in range(_TRIES):
            finder = self._current()
            settings, transform = self._settings(), self.transform
            try:
                found = await finder.found(path)
                response = await _respond(request, finder, path, found)
            except Changed:
                finder.memory.drop(path)
                continue
            if isinstance(response, Lasting) and "Range" not in request.headers:
                response.holds = _Holding(self, settings, transform, found).is_so
            return response
        raise Refusal(503, "The file is being changed. Try again in a moment.", {"Retry-After": "1"})

    def are_under(self, settings: HttpSettings, transform: Transform | None) -> bool:
        """Whether these are the rules now."""
        return self._settings() is settings and self.transform is transform

    def _current(self) -> Finder:
        """The finder for the settings as they are; what an older one still makes, it keeps for itself."""
        settings, transform = rules = (self._settings(), self.transform)
        if self._finder is None or rules != self._rules:
            # a page that loads again must not be shown what it was made of before
            caching = Caching.REVALIDATE if settings.live_reload else settings.cache
            headers = {"Cache-Control": _CACHE_CONTROL[caching], "X-Content-Type-Options": "nosniff"}
            if settings.root is None:
                headers["Content-Security-Policy"] = _BUNDLED_POLICY
            self._rules = rules
            self._finder = Finder(
                settings.root or self._bundled, headers, compression=settings.compression, transform=transform
            )
        return self._finder


@dataclass(frozen=True, slots=True)
class _Holding:
    """What an answer depends on besides the bytes of its request."""

    files: Files
    settings: HttpSettings
    transform: Transform | None
    found: Found

    def is_so(self) -> bool:
        """Whether all of it is as it was."""
        return self.files.are_under(self.settings, self.transform) and self.found.is_current()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be sent: a form, or a part of it; ``is_outside`` where the part that was asked for is none of it."""

    form: Form
    part: ByteRange | None = None
    is_outside: bool = False


async def _respond(request: web.BaseRequest, finder: Finder, path: str, found: Found) -> web.StreamResponse:
    chosen = _part(request, found) if "Range" in request.headers and request.method == "GET" else None
    if chosen is None:
        chosen = _Chosen(await _negotiated(request, finder, path, found))
    form = chosen.form
    status = outcome(request.method, request.headers, form.etag, form.modified)
    if status == 304:
        return Lasting(status=304, headers=form.unchanged)
    if status == 412:
        raise Refusal(412, "The file is not in the state that the request makes its condition.")
    if chosen.is_outside:
        sentence = f"The file has {form.size:,} bytes; the range that was asked for lies outside of it."
        raise Refusal(416, sentence, {"Content-Range": f"bytes */{form.size}"})
    return await _send(request, form, chosen.part)


def _part(request: web.BaseRequest, found: Found) -> _Chosen | None:
    """The range that is asked for, which is one of the bytes as they are; None where all is to be sent."""
    headers = request.headers
    form = found.forms[IDENTITY]
    if found.offers and _coding(request, (IDENTITY,)) is None:
        return None
    if not range_holds(headers, form.etag, form.modified, time.time()):
        return None
    try:
        part = read_range(headers.getall("Range"), form.size)
    except Unsatisfiable:
        return _Chosen(form, is_outside=True)
    return _Chosen(form, part) if part is not None else None


async def _negotiated(request: web.BaseRequest, finder: Finder, path: str, found: Found) -> Form:
    if not found.offers:
        return found.forms[IDENTITY]
    coding = _coding(request, found.offers)
    if coding is None:
        detail = "The file is to be had in none of the codings that Accept-Encoding names."
        raise Refusal(406, detail, {"Vary": "Accept-Encoding"})
    return await finder.form(path, found, coding)


def _coding(request: web.BaseRequest, offers: tuple[str, ...]) -> str | None:
    fields = request.headers.getall("Accept-Encoding", ())
    return choose(", ".join(fields) if fields else None, offers)


async def _send(request: web.BaseRequest, form: Form, part: ByteRange | None) -> web.StreamResponse:
    headers = form.headers
    if part is not None:
        headers = CIMultiDict(headers)
        headers["Content-Range"] = part.content_range(form.size)
        headers["Content-Length"] = str(part.length)
    status = 200 if part is None else 206
    if form.body is not None:
        body = form.body if part is None else form.body[part.first : part.last + 1]
        return Lasting(status=status, body=body, headers=headers)
    with Opened(form.place) as opened:
        if opened.signature != form.signature:
            raise Changed
        response = web.StreamResponse(status=status, headers=headers)
        return await send(request, response, opened, part or ByteRange(0, form.size - 1))


def _to_folder(raw_target: str) -> web.Response:
    """Redirect to the form with a slash; relative, so that it leads nowhere else (RFC 9110, section 15.4.2)."""
    raw_path, mark, query = raw_target.partition("#")[0].partition("?")
    last = raw_path.rsplit("/", 1)[-1]
    headers = {"Location": f"./{last}/{mark}{query}", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(status=301, headers={**headers, "Content-Length": "0"})
