"""Takes the file that a PUT brings (RFC 9110, section 9.3.4)."""

import unicodedata
from contextlib import aclosing

from aiohttp import web

from servers.conditions import holds, matches, matches_strongly
from servers.guard import Refusal
from servers.http.files.codings import CODINGS, IDENTITY
from servers.http.files.finding import SMALL
from servers.http.files.forms import Form, compressed, form_of
from servers.http.files.opened import Changed, Opened
from servers.http.site import Place
from servers.http.uploads.incoming import Incoming, Stored
from servers.http.uploads.names import clean_name
from servers.http.uploads.posting import may_replace
from servers.logs import visible
from servers.request_body import body_chunks

_HOW = "Add “?overwrite” to the URL, or send If-Match with “*” or the file's entity tag, to replace it."


async def put(request: web.BaseRequest, place: Place, sent: str, limit: int) -> Stored:
    """Store a body of at most ``limit`` bytes in a folder under the name that was sent."""
    if "Content-Range" in request.headers:  # section 14.5
        raise Refusal(400, "This server stores whole files: a PUT must not have a Content-Range.")
    name = _name(sent)
    replace = may_replace(request) or "If-Match" in request.headers
    target = Place(place.root, place.real / name, f"{place.path}{name}")
    async with Incoming(place, _HOW) as incoming:
        _check(request, incoming, target, replace=replace)
        await incoming.begin(name)
        async with aclosing(body_chunks(request, limit)) as chunks:
            async for chunk in chunks:
                await incoming.write(chunk)
        await incoming.end()
        _check(request, incoming, target, replace=replace)  # it has taken a while
        return (await incoming.put(replace=replace))[0]


def _name(sent: str) -> str:
    """The name, which must be usable as it is: a PUT stores under its own path or not at all."""
    name = clean_name(sent)
    if name != unicodedata.normalize("NFC", sent):
        raise Refusal(400, f"A file cannot be stored under that name here; “{visible(name)}” is possible.")
    return name


def _check(request: web.BaseRequest, incoming: Incoming, target: Place, *, replace: bool) -> None:
    """Refuse what the conditions of the request (section 13.2.2) or an old file forbid."""
    incoming.check(target.real.name, replace=True)
    if not _conditions_hold(request, _form(target) if incoming.has(target.real.name) else None):
        raise Refusal(412, "The file is not in the state that the request makes its condition.")
    incoming.check(target.real.name, replace=replace)


def _conditions_hold(request: web.BaseRequest, form: Form | None) -> bool:
    fields = request.headers
    if form is None:
        return "If-Match" not in fields
    tags = [form.etag, *(compressed(form, coding, b"").etag for coding in CODINGS)]
    if "If-Match" in fields:
        is_as_known = matches_strongly(fields.getall("If-Match"), tags)
    else:
        is_as_known = holds(fields, form.etag, form.modified)
    return is_as_known and not matches(fields.getall("If-None-Match", ()), tags)


def _form(place: Place) -> Form:
    """The file as its entity tag knows it."""
    try:
        with Opened(place) as opened:
            body = opened.whole_now() if opened.size <= SMALL else None
            return form_of(place, opened.signature, opened.size, body, {}, IDENTITY)
    except Changed:
        raise Refusal(503, "The file is being changed. Try again in a moment.", {"Retry-After": "1"}) from None
