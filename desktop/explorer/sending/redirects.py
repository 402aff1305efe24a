"""Makes the next request of a redirect (RFC 9110, section 15.4), with the habits of browsers (Fetch)."""

import base64
import re
from dataclasses import replace
from urllib.parse import urljoin

from desktop.explorer.model.auth import ApiKey, NoAuth
from desktop.explorer.model.body import size_of
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.url import Target, parse_url
from desktop.explorer.sending.origins import origin
from servers.exchange import Exchange, Headers, header
from servers.logs import visible

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that lead to another place by themselves."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_RAW_BYTE = re.compile(r"[\udc80-\udcff]")
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})
_KEY_NAME = re.compile(
    r"(^|[-_])(auth|(api|access|subscription|functions)[-_]?key|token|secret|password|credentials?)($|[-_])"
)
_OF_THE_BODY = re.compile(r"content-.*|digest|last-modified|transfer-encoding|expect|trailer", re.IGNORECASE)


class NotFollowed(Exception):
    """A redirect that leads nowhere; its text is a sentence that says why."""


def next_request(request: PreparedRequest, exchange: Exchange) -> tuple[PreparedRequest, tuple[str, ...]]:
    """What to send after a redirect, and sentences about what was changed. Raises NotFollowed."""
    target = _target(request.target, header(exchange.response_headers, "Location"))
    following, notes = _with_method(request, exchange.status)
    following = replace(following, target=target)
    if origin(target) != origin(request.target):
        following, left = _for_another(following)
        notes += _notes_on_leaving(request.target, target, left)
    return _with_credentials(following), notes


def _target(base: Target, location: str | None) -> Target:
    """The place that a Location field names (RFC 9110, section 10.2.2). Raises NotFollowed."""
    if location is None:
        raise NotFollowed("The redirect was not followed: the answer has no Location header.")
    location = location.strip()
    if not location:
        raise NotFollowed("The redirect was not followed: its Location header is empty.")
    shown = visible(location if len(location) <= 200 else f"{location[:200]}…")
    scheme = _SCHEME.match(location)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        raise NotFollowed(f"The redirect was not followed: it leads to “{shown}”, which is neither http nor https.")
    reference = _RAW_BYTE.sub(_percent, location.partition("#")[0])
    try:
        joined = _joined(base, reference)
        return parse_url(f"{joined}?" if reference.endswith("?") and "?" not in joined else joined)
    except ValueError as error:
        raise NotFollowed(f"The redirect was not followed: its Location “{shown}” is not a URL. {error}") from error


def _joined(base: Target, reference: str) -> str:
    try:
        return urljoin(str(base), reference)
    except ValueError:
        raise ValueError("Its brackets do not hold an IPv6 address.") from None


def _percent(found: re.Match[str]) -> str:
    """A byte that is not UTF-8, as it would stand in a URL."""
    return f"%{ord(found[0]) - 0xDC00:02X}"


def _with_method(request: PreparedRequest, status: int) -> tuple[PreparedRequest, tuple[str, ...]]:
    """The request with the method that the status asks for; 307 and 308 keep it, and the body."""
    method = request.method
    becomes_get = (status in (301, 302) and method == "POST") or (status == 303 and method not in ("GET", "HEAD"))
    if not becomes_get or request.options.keep_method:
        return request, ()
    headers = tuple(one for one in request.headers if not _OF_THE_BODY.fullmatch(one[0]))
    body = ", without the body" if size_of(request.body) else ""
    note = f"After status {status}, {method} became GET{body} (RFC 9110, section 15.4)."
    return replace(request, method="GET", headers=headers, body=b""), (note,)


def _for_another(request: PreparedRequest) -> tuple[PreparedRequest, tuple[str, ...]]:
    """The request without what is meant for the first server alone, and the names of the headers that were left out."""
    key = request.auth.name.lower() if isinstance(request.auth, ApiKey) else None
    left = tuple(name for name, _ in request.headers if _is_secret(name.lower(), key))
    kept = ((name, value) for name, value in request.headers if name not in left)
    headers = tuple((name, request.target.authority if name.lower() == "host" else value) for name, value in kept)
    return replace(request, headers=headers, auth=NoAuth()), left


def _is_secret(name: str, key: str | None) -> bool:
    return name in _CREDENTIALS or name == key or _KEY_NAME.search(name) is not None


def _notes_on_leaving(old: Target, new: Target, left: tuple[str, ...]) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if left:
        place = f"{new.scheme}://{new.authority}"
        notes += (f"{_listed(left)} did not go along to {place}, which is another server.",)
    if old.scheme == "https" and new.scheme == "http":
        notes += (f"The redirect left https: what went to {new.authority} can be read on the way.",)
    return notes


def _listed(names: tuple[str, ...]) -> str:
    once = tuple(dict.fromkeys(names))
    return once[0] if len(once) == 1 else f"{', '.join(once[:-1])} and {once[-1]}"


def _with_credentials(request: PreparedRequest) -> PreparedRequest:
    """User and password in the Location replace those of before."""
    given = request.target.credentials
    if given is None:
        return request
    kept: Headers = tuple(one for one in request.headers if one[0].lower() != "authorization")
    basic = ("Authorization", f"Basic {base64.b64encode(given.encode()).decode()}")
    return replace(request, headers=(*kept, basic))
