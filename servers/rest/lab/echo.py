"""Endpoints that say what the server saw of the request."""

from base64 import b64encode

from aiohttp import web

from servers.guard import Refusal
from servers.request_body import read_body
from servers.rest import media, strict_json
from servers.rest.lab import forms
from servers.rest.lab.answers import MAX_BODY, json_response, number, pairs, query_pairs, readable
from servers.rest.lab.endpoints import Theme, endpoint, every
from servers.rest.strict_json import Json, JsonError


def theme() -> Theme:
    """What the request looked like."""
    text = "Shows the whole request: method, URL, query, header fields, body, form fields, parsed JSON."
    return Theme(
        "Your request",
        (
            endpoint("anything", f"{text} Takes any method.", "anything?name=value&name=again", **every(_anything)),
            endpoint(
                "anything/{path}", "The same, with one more segment in the path.", "anything/else", **every(_anything)
            ),
            endpoint("headers", "Shows the header fields of the request, in their order.", GET=_headers),
            endpoint("ip", "Shows the address that the request came from.", GET=_ip),
        ),
    )


async def _anything(request: web.BaseRequest, *_path: str) -> web.Response:
    body = await read_body(request, MAX_BODY)
    return json_response({**_head(request), **_content(body, request.headers.get("Content-Type", ""))})


async def _headers(request: web.BaseRequest) -> web.Response:
    return json_response({"headers": pairs(request.headers.items())})


async def _ip(request: web.BaseRequest) -> web.Response:
    return json_response({"origin": _origin(request)})


def _head(request: web.BaseRequest) -> dict[str, Json]:
    return {
        "method": request.method,
        "url": readable(str(request.url)),
        "version": "%d.%d" % request.version,  # noqa: UP031 - a named pair of numbers
        "origin": _origin(request),
        "query": pairs(query_pairs(request)),
        "headers": pairs(request.headers.items()),
    }


def _content(body: bytes, content_type: str) -> dict[str, Json]:
    """The body as text, or in base64 where it is not UTF-8; null for each form that it does not have."""
    text, base64 = None, None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        base64 = b64encode(body).decode()
    return {
        "size": number(len(body)),
        "text": text,
        "base64": base64,
        "json": _json(body, content_type),
        "form": _form(body, content_type),
    }


def _json(body: bytes, content_type: str) -> Json:
    kind = media.parse(content_type)
    if kind is None or not kind.is_json:
        return None
    try:
        return strict_json.read(body)
    except JsonError:
        return None


def _form(body: bytes, content_type: str) -> Json:
    if not forms.is_form(content_type):
        return None
    try:
        return forms.read_form(body, content_type).as_json()
    except Refusal:
        return None


def _origin(request: web.BaseRequest) -> str:
    return request.remote or ""
