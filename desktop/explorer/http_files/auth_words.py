"""How a request proves who sends it, in the words of a file: the header ``Authorization`` or the tag ``@auth``."""

import re

from desktop.explorer.http_files.words import plain, quoted, split
from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, Grant, Inherit, NoAuth, OAuth2, Place
from desktop.explorer.model.request import Header

_BEARER = re.compile(r"Bearer (\S.*)")
_TWO_WORDS = re.compile(r"(basic|digest)\s+((?:\{\{[^{}]*\}\}|\S)+)\s+(\S.*)", re.IGNORECASE)
_COLON = re.compile(r"basic\s+((?:\{\{[^{}]*\}\}|[^\s:])*):((?:\{\{[^{}]*\}\}|\S)*)", re.IGNORECASE)
_CHALLENGE = re.compile(r"digest\s+\w+\s*=", re.IGNORECASE)
_MEMBER = re.compile(r'([\w-]+)(?:=("(?:[^"\\]|\\.)*"(?!\S)|(?:\{\{[^{}]*\}\}|\S)*))?(?!\S)')
_OAUTH2 = {
    "token-url": "token_url",
    "authorize-url": "authorize_url",
    "client-id": "client_id",
    "client-secret": "client_secret",
    "scope": "scope",
    "user": "user",
    "password": "password",
}


def from_header(row: Header) -> Auth | None:
    """What an ``Authorization`` row says: ``Bearer token``, ``Basic user password``, ``Basic user:password``, ``Digest
    user password``. Anything else, such as credentials that are encoded already, is a header like any other.
    """
    if not row.enabled or row.name.lower() != "authorization":
        return None
    bearer = _BEARER.fullmatch(row.value)
    if bearer is not None:
        return Bearer(bearer[1]) if row.name == "Authorization" else None
    words = _TWO_WORDS.fullmatch(row.value)
    if words is not None and not _CHALLENGE.match(row.value):
        return (Basic if words[1].lower() == "basic" else Digest)(words[2], words[3])
    pair = _COLON.fullmatch(row.value)
    return Basic(pair[1], pair[2]) if pair is not None else None


def as_header(auth: Auth) -> str | None:
    """The value of an ``Authorization`` row that says this, if there is one."""
    forms: tuple[str, ...] = ()
    match auth:
        case Bearer(token):
            forms = (f"Bearer {token}",)
        case Basic(user, password):
            forms = (f"Basic {user} {password}", f"Basic {user}:{password}")
        case Digest(user, password):
            forms = (f"Digest {user} {password}",)
    kept = (form for form in forms if form == form.strip(" \t") and "\n" not in form and "\r" not in form)
    return next((form for form in kept if from_header(Header("Authorization", form)) == auth), None)


def from_words(text: str) -> Auth | None:
    """What the value of an ``@auth`` tag says; None where it says nothing that is known."""
    word, *words = [plain(one) for one in split(text)] or [""]
    match word.lower(), words:
        case "none", []:
            return NoAuth()
        case "inherit", []:
            return Inherit()
        case "bearer", [token]:
            return Bearer(token)
        case "basic", [user, password]:
            return Basic(user, password)
        case "digest", [user, password]:
            return Digest(user, password)
        case "api-key", ["header" | "query" as place, name, value]:
            return ApiKey(name, value, Place(place))
        case "oauth2", _:
            return _oauth2(text)
    return None


def as_words(auth: Auth) -> str:
    """The value of an ``@auth`` tag that says this."""
    match auth:
        case Inherit():
            return "inherit"
        case NoAuth():
            return "none"
        case Bearer(token):
            return f"bearer {quoted(token)}"
        case Basic(user, password):
            return f"basic {quoted(user)} {quoted(password)}"
        case Digest(user, password):
            return f"digest {quoted(user)} {quoted(password)}"
        case ApiKey(name, value, place):
            return f"api-key {place.value} {quoted(name)} {quoted(value)}"
        case OAuth2():
            return _oauth2_words(auth)


def _oauth2(text: str) -> OAuth2 | None:
    said = {found[1].lower(): plain(found[2] or "") for found in _MEMBER.finditer(text)}
    try:
        grant = Grant(said.get("grant", Grant.CLIENT_CREDENTIALS.value))
    except ValueError:
        return None
    texts = {field: said.get(name, "") for name, field in _OAUTH2.items()}
    return OAuth2(grant, **texts, in_body="in-body" in said)


def _oauth2_words(auth: OAuth2) -> str:
    texts = ((name, getattr(auth, field)) for name, field in _OAUTH2.items())
    words = [f"{name}={quoted(text)}" for name, text in texts if text]
    return " ".join(["oauth2", f"grant={auth.grant.value}", *words, *(["in-body"] if auth.in_body else [])])
