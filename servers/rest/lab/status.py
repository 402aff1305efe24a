"""Endpoints that answer with the status one asks for, and one that fails."""

from typing import NoReturn

from aiohttp import web

from servers.guard import Refusal
from servers.request_body import read_body
from servers.rest.lab.answers import MAX_BODY, NO_STORE, json_response, number
from servers.rest.lab.credentials import BASIC_CHALLENGE
from servers.rest.lab.endpoints import ROOT, Theme, endpoint, every
from servers.rest.lab.values import whole
from servers.rest.routes import METHODS
from servers.status import official_reason

_EMPTY = {204, 205, 304}
_NOWHERE = {304, 305, 306}
"""Statuses of the class 3xx that send nobody to another resource."""

_COMPANIONS = {
    201: {"Location": f"{ROOT}/anything"},
    401: {"WWW-Authenticate": BASIC_CHALLENGE},
    405: {"Allow": ", ".join(METHODS)},
    407: {"Proxy-Authenticate": BASIC_CHALLENGE},
    415: {"Accept-Post": "application/json"},
    416: {"Content-Range": "bytes */0"},
    426: {"Upgrade": "websocket", "Connection": "Upgrade"},
    429: {"Retry-After": "1"},
    503: {"Retry-After": "1"},
}
"""The header fields that must come with a status, or usually do (RFC 9110, section 15; RFC 6585)."""


def theme() -> Theme:
    """Any outcome on demand."""
    text = "Answers with that status, 200 to 599, and the header fields that belong to it. Takes any method."
    return Theme(
        "Statuses",
        (
            endpoint("status/{code}", text, "status/418", **every(_status)),
            endpoint("error", "A handler that fails: 500, and the cause is in the server's log.", GET=_fail),
        ),
    )


async def _status(request: web.BaseRequest, code: str) -> web.Response:
    status = whole(code, "The status", 200, 599)
    await read_body(request, MAX_BODY)
    headers = _companions(status)
    if status in _EMPTY:
        return web.Response(status=status, headers={**NO_STORE, **headers})
    if status < 400:
        return _answer(status, headers)
    raise Refusal(status, f"The request asked for the status {status}.", headers)


async def _fail(_request: web.BaseRequest) -> NoReturn:
    raise RuntimeError("a request asked /lab/error for this failure")


def _answer(status: int, headers: dict[str, str]) -> web.Response:
    response = json_response({"status": number(status), "reason": official_reason(status)}, status, headers)
    if status == 206:  # what a part is a part of must be said (RFC 9110, section 15.3.7)
        size = len(response.body) if isinstance(response.body, bytes) else 0
        response.headers["Content-Range"] = f"bytes 0-{size - 1}/{size}"
    return response


def _companions(status: int) -> dict[str, str]:
    if 300 <= status < 400 and status not in _NOWHERE:
        return {"Location": "../anything"}
    return _COMPANIONS.get(status, {})
