"""What Portside adds to the headers of a request by itself, as it is told to the user before anything is sent."""

from dataclasses import dataclass

from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, NoAuth, OAuth2, Place
from desktop.explorer.model.params import filled_path
from desktop.explorer.model.prepared import added_headers
from desktop.explorer.model.request import Request
from desktop.explorer.model.url import Target, parse_url
from desktop.widgets.fields.previews import HIDDEN, preview
from desktop.widgets.variables import Provider

_SWITCHABLE = frozenset({"host", "accept", "accept-encoding", "user-agent"})
_WHY = {
    "connection": "“Keep open” is off in Options",
    "content-length": "counted when it is sent; it tells where the body ends",
    "authorization": "from the Auth tab, or the URL",
    "cookie": "what the cookie jar has for the host; switched off in Options",
}
_NOWHERE = Target("http", "", 80, "/")


@dataclass(frozen=True, slots=True)
class Added:
    """One header: ``why`` is set where it cannot be switched off here, ``sent`` tells whether it goes."""

    name: str
    value: str
    sent: bool
    why: str = ""


def added(request: Request, auth: Auth, has_body: bool, provider: Provider | None) -> tuple[Added, ...]:
    """The headers in their order; ``auth`` is what the request uses in the end."""
    target = _target(request, provider)
    rows = list(added_headers(request.method.strip(), target, int(has_body), request.options, NoAuth()))
    credentials = _of_auth(auth)
    if credentials is not None:
        rows = [*(row for row in rows if row[0] != "Authorization"), credentials]
    if request.options.cookies:
        rows.append(("Cookie", ""))
    own = {row.name.strip().lower() for row in request.headers if row.enabled}
    if "transfer-encoding" in own:
        rows = [row for row in rows if row[0] != "Content-Length"]
    return tuple(_told(name, value, own, request.options.without) for name, value in rows)


def _told(name: str, value: str, own: set[str], without: frozenset[str]) -> Added:
    low = name.lower()
    if low in own:
        return Added(name, "", False, "yours, above, is sent instead")
    if low in _SWITCHABLE:
        return Added(name, value, low not in without)
    shown = {"content-length": "", "authorization": f"{value.partition(' ')[0]} {HIDDEN}"}.get(low, value)
    return Added(name, shown, low not in without, _WHY.get(low, _WHY["authorization"]))


def _target(request: Request, provider: Provider | None) -> Target:
    url = filled_path(request.url, dict(request.path_values))
    try:
        return parse_url(preview(url, provider) or url)
    except ValueError:
        return _NOWHERE


def _of_auth(auth: Auth) -> tuple[str, str] | None:
    """The header that carries the credentials; None where none does."""
    match auth:
        case Basic() | Bearer() | Digest():
            return "Authorization", type(auth).__name__
        case OAuth2():
            return "Authorization", "Bearer"
        case ApiKey(place=Place.HEADER):
            return auth.name, HIDDEN
    return None
