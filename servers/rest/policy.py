"""What the service may be told to do to every request: wait, ask for a token, be read-only; and what pages may read."""

import asyncio
import random
import secrets
from collections.abc import Sequence

from servers.guard import SAFE_METHODS, Refusal
from servers.rest.routes import METHODS
from servers.settings import RestSettings

READABLE = (
    "Allow, Accept-Patch, Accept-Post, ETag, Link, Location, Retry-After, WWW-Authenticate, X-Total-Count, X-Warning"
)
"""The response header fields that pages of other origins get to read, besides those that they always may."""

OFFERED = tuple(method for method in METHODS if method != "TRACE")
"""The methods that a page may send, as far as the resource has them."""


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
