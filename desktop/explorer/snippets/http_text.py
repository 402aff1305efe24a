"""A request as it goes over the wire, and as a part of a `.http` file."""

import re

from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.http_files.write import new_part
from desktop.explorer.model.auth import Basic
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Request
from desktop.explorer.snippets.plan import Plan, plan_of
from servers.exchange import Headers

_URL = re.compile(r"(?:https?://)?((?:\{\{[^{}]*\}\}|[^/?#])*)(.*)", re.DOTALL)


def raw_http(request: Request) -> str:
    """The message (RFC 9112); the place of a file in the body shows its name."""
    plan = plan_of(request)
    try:
        prepared = request.prepare()
    except InvalidRequest:
        authority, rest = _split(plan.url)
        headers = _headers(plan, authority)
        target = rest if rest.startswith("/") else f"/{rest}"
    else:
        headers, target = prepared.headers, prepared.target.path
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    return f"{plan.method} {target} HTTP/1.1\n{head}\n{_body(plan)}"


def http_file(request: Request) -> str:
    """The request in a `.http` file."""
    try:
        return new_part(request, "")
    except CannotWrite as error:
        return f"# {error.sentence}\n"


def _split(url: str) -> tuple[str, str]:
    """The authority, and what follows it."""
    found = _URL.fullmatch(url)
    return (found[1], found[2]) if found is not None else ("", url)


def _headers(plan: Plan, authority: str) -> Headers:
    host = () if plan.has("Host") else (("Host", authority),)
    length = sum(len(piece.data) for piece in plan.body)
    counted = plan.body and not plan.files and not plan.has("Content-Length") and not plan.has("Transfer-Encoding")
    return (*host, *plan.headers, *_basic(plan), *((("Content-Length", str(length)),) if counted else ()))


def _basic(plan: Plan) -> Headers:
    return (("Authorization", plan.basic),) if isinstance(plan.auth, Basic) else ()


def _body(plan: Plan) -> str:
    texts = (f"< {piece.path}" if piece.path else piece.data.decode("utf-8", "replace") for piece in plan.body)
    return "".join(texts).replace("\r\n", "\n")
