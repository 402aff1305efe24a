"""Takes the secrets out of the record of a handshake before it is shown."""

import re

from servers.exchange import Exchange, Headers

SIGN = "•••"
"""Stands where a secret was; its length tells nothing."""

_SECRET = re.compile(
    r"authorization|token|secret|passw(?:or)?d|passphrase|(?:api|access)[-_]?key|signature", re.IGNORECASE
)
_SCHEMED = re.compile(r"([!#$%&'*+.^_`|~\w-]+ +)?.*", re.DOTALL)
_COOKIE = re.compile(r"([^=;]*=)[^;]*|[^=;\s][^;]*")  # one without “=” is a value without a name
_MEMBER = re.compile(r"([?&;#]([^?&;#=]*)=)[^&;#]*")


def masked(exchange: Exchange) -> Exchange:
    """The same without credentials, cookies, and what a query or a field holds whose name speaks of a secret.

    What stays is what helps to understand a handshake: names of fields, schemes (RFC 9110, section 11), names of
    cookies (RFC 6265).
    """
    return exchange._replace(
        target=_MEMBER.sub(_member, exchange.target),
        request_headers=_without_secrets(exchange.request_headers),
        response_headers=_without_secrets(exchange.response_headers),
    )


def _without_secrets(headers: Headers) -> Headers:
    return tuple((name, _shown(name.strip().lower(), value)) for name, value in headers)


def _member(found: re.Match[str]) -> str:
    return f"{found[1]}{SIGN}" if _SECRET.search(found[2]) else found[0]


def _shown(name: str, value: str) -> str:
    if name == "cookie":
        return _COOKIE.sub(rf"\1{SIGN}", value)
    if name == "set-cookie":
        return _COOKIE.sub(rf"\1{SIGN}", value, count=1)
    if name in ("authorization", "proxy-authorization"):
        return _SCHEMED.sub(rf"\g<1>{SIGN}", value, count=1)
    return SIGN if _SECRET.search(name) else value
