"""What the service may be told to do to every request: wait, ask for a token, admit pages of other origins."""

import asyncio
import random
import re
import secrets
from collections.abc import Sequence

from aiohttp import web

from servers.guard import SAFE_METHODS, Refusal, origins_allowed
from servers.rest.routes import METHODS
from servers.settings import Cors, RestSettings

READABLE = (
    "Allow, Accept-Patch, Accept-Post, ETag, Link, Location, Retry-After, WWW-Authenticate, X-Total-Count, X-Warning"
)
"""The response header fields that pages of other origins get to read, besides those that they always may."""

_FIELD_NAMES = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*")
_PREFLIGHT_AGE = "600"


def is_admitted(cors: Cors, origins: Sequence[str], own_names: frozenset[str]) -> bool:
    """Whether a page of these Origin fields may read answers."""
    if cors is Cors.OFF or len(origins) != 1:
        return False
    return cors is Cors.ANY or origins_allowed(origins, own_names)


def cors_headers(cors: Cors, origins: Sequence[str], own_names: frozenset[str]) -> dict[str, str]:
    """The header fields of the Fetch standard (section 3.2.3); never with credentials."""
    if cors is Cors.OFF:
        return {}
    vary = {} if cors is Cors.ANY else {"Vary": "Origin"}
    if not is_admitted(cors, origins, own_names):
        return vary
    allowed = "*" if cors is Cors.ANY else origins[0]
    return vary | {"Access-Control-Allow-Origin": allowed, "Access-Control-Expose-Headers": READABLE}


def preflight(request: web.BaseRequest, *, admitted: bool) -> web.Response | None:
    """The answer to a browser that asks whether it may send a request; None for any other request."""
    headers = request.headers
    if request.method != "OPTIONS" or not {"Origin", "Access-Control-Request-Method"} <= {*headers}:
        return None
    if not admitted:
        raise Refusal(403, "Pages of this origin may not use the service; CORS in its settings decides it.")
    wanted = headers.get("Access-Control-Request-Headers", "")
    answer = {
        "Access-Control-Allow-Methods": ", ".join(method for method in METHODS if method != "TRACE"),
        "Access-Control-Max-Age": _PREFLIGHT_AGE,
        "Vary": "Access-Control-Request-Headers",
    }
    if _FIELD_NAMES.fullmatch(wanted):
        answer["Access-Control-Allow-Headers"] = wanted
    if headers.get("Access-Control-Request-Private-Network") == "true":
        answer["Access-Control-Allow-Private-Network"] = "true"
    return web.Response(status=204, headers=answer)


def check_token(token: str, values: Sequence[str]) -> None:
    """Refuse (401) a request whose Authorization is not the bearer token (RFC 6750, sections 2.1 and 3)."""
    if len(values) > 1:
        raise Refusal(400, "A request has at most one Authorization header.")
    scheme, _, sent = values[0].partition(" ") if values else ("", "", "")
    is_bearer = scheme.lower() == "bearer"
    if is_bearer and secrets.compare_digest(sent.strip().encode(errors="surrogateescape"), token.encode()):
        return
    challenge = 'Bearer realm="Portside"' + (', error="invalid_token"' if is_bearer else "")
    detail = "This service wants its token, sent as “Authorization: Bearer …”; whoever runs the service has it."
    raise Refusal(401, detail, {"WWW-Authenticate": challenge})


def check_writing(settings: RestSettings, method: str) -> None:
    """Refuse (403) changes while the service is read-only."""
    if settings.read_only and method not in SAFE_METHODS:
        raise Refusal(403, "The service is read-only at the moment.")


async def wait(settings: RestSettings) -> None:
    """Wait as long as every answer is to wait."""
    if settings.latency or settings.latency_to:
        longest = max(settings.latency, settings.latency_to)
        await asyncio.sleep(random.uniform(settings.latency, longest) / 1000)  # noqa: S311 - no secret
