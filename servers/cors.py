"""Cross-origin resource sharing (Fetch standard, section 3.2) for servers that are asked by pages of other origins."""

import re
from collections.abc import Sequence

from aiohttp import web

from servers.guard import Refusal, origins_allowed
from servers.settings import Cors

_FIELD_NAMES = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*")
_PREFLIGHT_AGE = "600"


def is_admitted(cors: Cors, origins: Sequence[str], own_names: frozenset[str]) -> bool:
    """Whether a page of these Origin fields may read answers."""
    if cors is Cors.OFF or len(origins) != 1:
        return False
    return cors is Cors.ANY or origins_allowed(origins, own_names)


def cors_headers(cors: Cors, origins: Sequence[str], own_names: frozenset[str], readable: str) -> dict[str, str]:
    """The header fields for a response to a request with these Origin fields; never with credentials.

    ``readable`` names the fields that pages get to read besides those that they always may, with commas between.
    """
    if cors is Cors.OFF:
        return {}
    vary = {} if cors is Cors.ANY else {"Vary": "Origin"}
    if not is_admitted(cors, origins, own_names):
        return vary
    allowed = "*" if cors is Cors.ANY else origins[0]
    return vary | {"Access-Control-Allow-Origin": allowed, "Access-Control-Expose-Headers": readable}


def preflight(request: web.BaseRequest, methods: Sequence[str], *, admitted: bool) -> web.Response | None:
    """The answer to a browser that asks whether it may send a request; None for any other request.

    Browsers ask without credentials, so this comes before they are checked. Raises Refusal 403 for a page that is not
    admitted.
    """
    headers = request.headers
    if request.method != "OPTIONS" or not {"Origin", "Access-Control-Request-Method"} <= {*headers}:
        return None
    if not admitted:
        raise Refusal(403, "Pages of this origin may not use this server; CORS in its settings decides it.")
    wanted = headers.get("Access-Control-Request-Headers", "")
    answer = {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Max-Age": _PREFLIGHT_AGE,
        "Vary": "Access-Control-Request-Headers",
    }
    if _FIELD_NAMES.fullmatch(wanted):
        answer["Access-Control-Allow-Headers"] = wanted
    if headers.get("Access-Control-Request-Private-Network") == "true":
        answer["Access-Control-Allow-Private-Network"] = "true"
    return web.Response(status=204, headers=answer)
