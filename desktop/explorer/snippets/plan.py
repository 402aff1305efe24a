"""A request as every language writes it: one URL, all headers, the body in pieces, and what is said beside."""

import base64
import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, Inherit, NoAuth, OAuth2, Place
from desktop.explorer.model.options import Options
from desktop.explorer.model.params import filled_path
from desktop.explorer.model.request import Request
from desktop.explorer.model.url import parse_url
from desktop.explorer.snippets.pieces import Piece, pieces_of
from servers.exchange import Headers

_UNFIT = re.compile(r"(\{\{[^{}\r\n]*\}\})|[^!-~]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|\{\{")
_TOKEN = "TOKEN"  # noqa: S105 - a word that stands for one


@dataclass(frozen=True, slots=True)
class Plan:
    """``headers`` are those to name, what ``auth`` comes to among them; Basic and Digest stay in ``auth``.

    ``url`` is complete and fit for a request line; ``notes`` are sentences for comments.
    """

    method: str
    url: str
    headers: Headers
    body: tuple[Piece, ...]
    auth: Basic | Digest | None
    options: Options
    notes: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether a header is named."""
        return any(one.lower() == name.lower() for one, _ in self.headers)

    @property
    def basic(self) -> str:
        """The value of Authorization for Basic; with variables in it, as a `.http` file has it."""
        if self.auth is None or "{{" in self.auth.user + self.auth.password:
            return f"Basic {self.auth.user} {self.auth.password}" if self.auth is not None else ""
        pair = f"{self.auth.user}:{self.auth.password}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"

    @property
    def files(self) -> bool:
        """Whether a part of the body is in a file."""
        return any(piece.path for piece in self.body)

    @property
    def content(self) -> bytes:
        """The body of a request without files."""
        return b"".join(piece.data for piece in self.body)


def plan_of(request: Request) -> Plan:
    """What to write for a request, variables and all."""
    rows = tuple((row.name.strip(), row.value) for row in request.headers if row.enabled and row.name.strip())
    url, credentials = _url(request)
    body, notes = pieces_of(request, rows)
    plan = Plan(request.method.strip() or "GET", url, rows, body, None, request.options, notes)
    auth = credentials if isinstance(request.auth, Inherit | NoAuth) and credentials else request.auth
    return _with_auth(plan, auth)


def _with_auth(plan: Plan, auth: Auth) -> Plan:
    if isinstance(auth, ApiKey):
        return _with_key(plan, auth)
    if plan.has("Authorization") or isinstance(auth, Inherit | NoAuth):
        return plan
    if isinstance(auth, Basic | Digest):
        return replace(plan, auth=auth)
    token = auth.token if isinstance(auth, Bearer) else _TOKEN
    if isinstance(auth, OAuth2):
        plan = replace(plan, notes=(*plan.notes, f"{_TOKEN} stands for what {auth.token_url or 'OAuth 2'} gives."))
    return replace(plan, headers=(*plan.headers, ("Authorization", f"Bearer {token}")))


def _with_key(plan: Plan, key: ApiKey) -> Plan:
    if key.place is Place.HEADER:
        return plan if plan.has(key.name) else replace(plan, headers=(*plan.headers, (key.name, key.value)))
    name, value = (_encoded(one) for one in (key.name, key.value))
    return replace(plan, url=f"{plan.url}{'&' if '?' in plan.url else '?'}{name}={value}")


def _url(request: Request) -> tuple[str, Basic | None]:
    """The URL, and the credentials that stand in it."""
    typed = filled_path(request.url.strip(), dict(request.path_values))
    if "{{" not in typed:
        try:
            target = parse_url(typed)
        except ValueError:
            return typed, None
        user, _, password = (target.credentials or "").partition(":")
        return str(target), Basic(user, password) if target.credentials is not None else None
    before = typed if _SCHEME.match(typed) else f"http://{typed}"
    return _UNFIT.sub(_fit, _without_fragment(before)), None


def _without_fragment(url: str) -> str:
    masked = re.sub(r"\{\{[^{}\r\n]*\}\}", lambda found: "x" * len(found[0]), url)
    at = masked.find("#")
    return url if at < 0 else url[:at]


def _fit(found: re.Match[str]) -> str:
    return found[1] or quote(found[0].encode("utf-8", "replace"), safe="")


def _encoded(text: str) -> str:
    return text if "{{" in text else quote(text, safe="")
