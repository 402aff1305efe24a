"""Endpoints for caches and for conditional requests."""

from datetime import UTC, datetime

from aiohttp import web

from servers.guard import Refusal
from servers.request_body import read_body
from servers.rest.lab.answers import MAX_BODY, NO_STORE, json_response
from servers.rest.lab.conditions import TAG, outcome
from servers.rest.lab.endpoints import Theme, endpoint
from servers.rest.lab.values import option, whole

MAX_AGE = 31_536_000
_CHANGED = datetime(2026, 1, 1, tzinfo=UTC)
_TAG = "lab-cache-1"


def theme() -> Theme:
    """Validators and freshness."""
    kept = "May be kept for max-age seconds, 60 unless the query says else; 304 when asked with its ETag or date."
    tagged = "Has that entity tag: If-None-Match leads to 304, If-Match to 412. PUT is there to try If-Match with."
    return Theme(
        "Caching",
        (
            endpoint("cache", kept, "cache?max-age=60", GET=_cache),
            endpoint("etag/{tag}", tagged, "etag/v1", GET=_tagged, PUT=_tagged),
        ),
    )


async def _cache(request: web.BaseRequest) -> web.Response:
    age = whole(option(request, "max-age", "60"), "max-age", 0, MAX_AGE)
    headers = {
        "Cache-Control": f"max-age={age}",
        "ETag": f'"{_TAG}"',
        "Last-Modified": _CHANGED.strftime("%a, %d %b %Y %H:%M:%S GMT"),
    }
    return _conditional(outcome(request, _TAG, _CHANGED), headers)


async def _tagged(request: web.BaseRequest, tag: str) -> web.Response:
    if TAG.fullmatch(tag) is None:
        raise Refusal(400, "An entity tag here has 1 to 100 visible ASCII characters and no quotation mark.")
    if request.method == "PUT":
        await read_body(request, MAX_BODY)
    return _conditional(outcome(request, tag), {"ETag": f'"{tag}"', "Cache-Control": "no-cache"})


def _conditional(status: int, headers: dict[str, str]) -> web.Response:
    if status == 412:
        raise Refusal(412, "The resource is not in the state that the request is meant for.", {"ETag": headers["ETag"]})
    if status == 304:
        return web.Response(status=304, headers={**NO_STORE, **headers})
    return json_response({"etag": headers["ETag"]}, 200, headers)
