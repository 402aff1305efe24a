"""How a request proves who sends it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any


class Place(enum.Enum):
    """Where an API key goes."""

    HEADER = "header"
    QUERY = "query"


class Grant(enum.Enum):
    """How OAuth 2 gets its token (RFC 6749, sections 4.1, 4.3, 4.4); the value is that of ``grant_type``."""

    CLIENT_CREDENTIALS = "client_credentials"
    PASSWORD = "password"  # noqa: S105 - the name of a grant
    AUTHORIZATION_CODE = "authorization_code"


@dataclass(frozen=True, slots=True)
class Inherit:
    """As the file says, else the nearest folder that says something, else none."""


@dataclass(frozen=True, slots=True)
class NoAuth:
    """None, whatever file and folder say."""


@dataclass(frozen=True, slots=True)
class Basic:
    """RFC 7617, in UTF-8."""

    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Bearer:
    """RFC 6750, section 2.1."""

    token: str = ""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A header field, or a member of the query, that the service has made up."""

    name: str = "X-API-Key"
    value: str = ""
    place: Place = Place.HEADER


@dataclass(frozen=True, slots=True)
class Digest:
    """RFC 7616: sent again with an answer to the challenge of the first 401."""

    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class OAuth2:
    """A bearer token that is fetched first (RFC 6749), by authorization code always with PKCE (RFC 7636).

    ``in_body`` sends the client's id and secret in the form of the token request instead of by Basic.
    """

    grant: Grant = Grant.CLIENT_CREDENTIALS
    token_url: str = ""
    authorize_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    scope: str = ""
    user: str = ""
    password: str = ""
    in_body: bool = False


Auth = Inherit | NoAuth | Basic | Bearer | ApiKey | Digest | OAuth2

SECRET_FIELDS = frozenset({"password", "token", "client_secret"})
"""Fields that never go into a collection file as they are; the ``value`` of an ApiKey is one, too."""


def with_texts(auth: Auth, change: Callable[[str], str]) -> Auth:
    """The same with ``change`` applied to each text in it."""
    if isinstance(auth, Inherit | NoAuth):
        return auth
    members: dict[str, Any] = {one.name: getattr(auth, one.name) for one in fields(auth)}
    changed = {name: change(text) for name, text in members.items() if isinstance(text, str)}
    return type(auth)(**(members | changed))


def texts(auth: Auth) -> tuple[str, ...]:
    """Each text in it."""
    values = (getattr(auth, one.name) for one in fields(auth))
    return tuple(value for value in values if isinstance(value, str))
