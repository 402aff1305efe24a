"""The words for ways to prove who sends a request, and which fields each needs."""

from dataclasses import fields

from desktop.explorer.model.auth import (
    SECRET_FIELDS,
    ApiKey,
    Auth,
    Basic,
    Bearer,
    Digest,
    Grant,
    Inherit,
    NoAuth,
    OAuth2,
    Place,
)

KINDS: dict[type[Auth], str] = {
    Inherit: "Inherit from the folder",
    NoAuth: "None",
    Basic: "Basic",
    Bearer: "Bearer token",
    ApiKey: "API key",
    Digest: "Digest",
    OAuth2: "OAuth 2",
}
"""The kinds in the order in which they are offered."""

LABELS = {
    "grant": "Grant",
    "authorize_url": "Authorization URL",
    "token_url": "Token URL",
    "client_id": "Client id",
    "client_secret": "Client secret",
    "user": "User",
    "password": "Password",
    "scope": "Scope",
    "in_body": "Send id and secret in the form, not as Basic",
    "token": "Token",
    "name": "Name",
    "value": "Value",
    "place": "Goes into",
}
"""What each field is called, in the order in which they stand."""

CHOICES: dict[str, dict[Place | Grant, str]] = {
    "place": {Place.HEADER: "a header", Place.QUERY: "the query"},
    "grant": {
        Grant.CLIENT_CREDENTIALS: "Client credentials",
        Grant.PASSWORD: "Password",
        Grant.AUTHORIZATION_CODE: "Authorization code with PKCE",
    },
}

SECRETS = SECRET_FIELDS | {"value"}

_ABOUT: dict[type[Auth] | Grant, str] = {
    NoAuth: "Nothing is sent, whatever the file and the folder say.",
    Basic: "User and password go along in Base64, which is no protection: use https (RFC 7617).",
    Bearer: "Goes along as “Authorization: Bearer …” (RFC 6750).",
    ApiKey: "Goes along under the name that the service has made up.",
    Digest: "Answers the challenge in the first 401; the password itself is never sent (RFC 7616).",
    Grant.CLIENT_CREDENTIALS: "The token is fetched for the client itself before the request (RFC 6749, section 4.4).",
    Grant.PASSWORD: "The token is fetched with user and password before the request (RFC 6749, section 4.3).",
    Grant.AUTHORIZATION_CODE: "Your browser opens to sign in, and comes back to a port of this computer; always with"
    " PKCE (RFC 7636), so a secret may be left empty.",
}
_ONLY = {"authorize_url": Grant.AUTHORIZATION_CODE, "user": Grant.PASSWORD, "password": Grant.PASSWORD}


def needed(kind: type[Auth], grant: Grant) -> frozenset[str]:
    """The fields that are typed for this kind; of OAuth 2 those of the grant."""
    names = frozenset(one.name for one in fields(kind))
    return names if kind is not OAuth2 else frozenset(name for name in names if _ONLY.get(name, grant) is grant)


def about(kind: type[Auth], grant: Grant, inherited: Auth, source: str) -> str:
    """The sentence below the choice; ``source`` names the folder or file that ``inherited`` comes from."""
    if kind is not Inherit:
        return _ABOUT[grant if kind is OAuth2 else kind]
    place = f"“{source}”" if source else "a folder"
    if isinstance(inherited, Inherit | NoAuth):
        return (
            f"{place[0].upper()}{place[1:]} has nothing to inherit: the request goes without."
            if source
            else ("There is nothing to inherit: the request goes without.")
        )
    return f"From {place}: {described(inherited)}."


def described(auth: Auth) -> str:
    """What an Auth is, in words without its secrets."""
    match auth:
        case Basic(user=user) | Digest(user=user):
            return f"{KINDS[type(auth)]}, user {user}" if user else KINDS[type(auth)]
        case ApiKey(name=name, place=place):
            return f"API key {name} in {CHOICES['place'][place]}"
        case OAuth2(grant=grant, token_url=url):
            return f"OAuth 2, {CHOICES['grant'][grant].lower()}, {url}".removesuffix(", ")
    return KINDS[type(auth)]


def typed_out(names: list[str]) -> str:
    """The sentence about secrets that are no variables; empty for none."""
    if not names:
        return ""
    what = " and ".join(LABELS[name].lower() for name in names)
    return f"When saved, the {what} will be kept in the private environment; the file gets a variable instead."
