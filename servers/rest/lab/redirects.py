"""Redirections that count down."""

from aiohttp import web

from servers.request_body import read_body
from servers.rest.lab.answers import MAX_BODY, json_response, number
from servers.rest.lab.endpoints import Endpoint, endpoint, every
from servers.rest.lab.values import one_of, option, whole

MAX_REDIRECTS = 100
STATUSES = ("301", "302", "303", "307", "308")


def endpoints() -> tuple[Endpoint, ...]:
    """The redirect endpoint."""
    text = "Redirects that often, then to /lab/anything; status is 301, 302 (the default), 303, 307 or 308. Any method."
    return (endpoint("redirect/{n}", text, "redirect/3?status=307", **every(_redirect)),)


async def _redirect(request: web.BaseRequest, text: str) -> web.Response:
    left = whole(text, "The number of redirections", 1, MAX_REDIRECTS)
    status = one_of(option(request, "status", "302"), "status", STATUSES)
    await read_body(request, MAX_BODY)
    # relative references (RFC 9110, section 10.2.2) lead nowhere but here
    location = f"{left - 1}?status={status}" if left > 1 else "../anything"
    return json_response({"left": number(left - 1)}, int(status), {"Location": location})
