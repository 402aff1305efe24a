"""The answers of the lab that are made at once: JSON objects and HTML pages."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from servers.rest import media, strict_json
from servers.rest.strict_json import Json, Number
from servers.rest.templates import render

MAX_BODY = 1024 * 1024
"""Bytes of a request body that an endpoint holds in memory."""

NO_STORE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
HTML = "text/html; charset=utf-8"
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"


def json_response(
    members: Mapping[str, Json], status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A JSON object; ``headers`` may replace the usual ones."""
    body = strict_json.write_document(members).encode() + b"\n"
    return web.Response(body=body, status=status, headers={**NO_STORE, "Content-Type": media.JSON, **(headers or {})})


def page(template: str, **context: object) -> web.Response:
    """An HTML page that may load nothing and run nothing."""
    headers = {**NO_STORE, "Content-Type": HTML, "Content-Security-Policy": PAGE_POLICY, "Vary": "Accept"}
    return web.Response(body=render(template, **context).encode(), headers=headers)


def prefers_html(request: web.BaseRequest) -> bool:
    """Whether the client would rather have a page than JSON (RFC 9110, section 12.5.1)."""
    accept = ", ".join(request.headers.getall("Accept", ())) or None
    return media.choose(accept, (media.JSON, HTML)) == HTML


def number(value: float) -> Number:
    """A JSON number."""
    return Number(str(value))


def pairs(items: Iterable[tuple[str, str]]) -> list[Json]:
    """Names and values in their order, repeated ones too."""
    return [{"name": readable(name), "value": readable(value)} for name, value in items]


def query_pairs(request: web.BaseRequest) -> list[tuple[str, str]]:
    """The fields of the query as they were sent, empty ones too."""
    return parse_qsl(request.raw_path.partition("?")[2], keep_blank_values=True)


def readable(text: str) -> str:
    """``text`` with the bytes in it that are not UTF-8 (unpaired surrogates) written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()
