"""Decides who may use the HTTP server: Basic authentication (RFC 7617), and what pages of other origins may read."""

import unicodedata
from base64 import b64decode
from collections.abc import Sequence
from hmac import compare_digest

from servers.guard import Refusal
from servers.settings import HttpSettings

READABLE = (
    "Accept-Ranges, Allow, Content-Disposition, Content-Encoding, Content-Range, ETag, Link, Location, Retry-After, "
    "WWW-Authenticate"
)
"""The response header fields that pages of other origins get to read, besides those that they always may."""

_CHALLENGE = {"WWW-Authenticate": 'Basic realm="Portside", charset="UTF-8"'}
_UNSENDABLE = {"Cc", "Cs"}


def check_credentials(settings: HttpSettings, values: Sequence[str]) -> None:
    """Refuse (401) a request whose Authorization fields do not name the user with the password, if there is a user."""
    if not settings.user:
        return
    if len(values) > 1:
        raise Refusal(400, "A request has at most one Authorization header.")
    user, password = _credentials(values[0] if values else "")
    # not `and`: how long it takes must not tell which of them is wrong
    if not (_same(user, settings.user) & _same(password, settings.password)):
        raise Refusal(401, "This server asks for a user name and a password; whoever runs it has them.", _CHALLENGE)


def user_fault(user: str) -> str:
    """What keeps a text from being a user name, as a sentence; empty where nothing does (RFC 7617, section 2)."""
    if ":" in user:
        return "A user name must not contain a colon."
    if any(unicodedata.category(character) in _UNSENDABLE for character in user):
        return "A user name must not contain control characters."
    return ""


def _credentials(value: str) -> tuple[str, str]:
    """The user and the password of an Authorization field; both empty where it has none."""
    scheme, _, token = value.partition(" ")
    try:
        user, colon, password = b64decode(token.strip(" "), validate=True).decode("utf-8").partition(":")
    except ValueError:
        return "", ""
    return (user, password) if colon and scheme.lower() == "basic" else ("", "")


def _same(sent: str, expected: str) -> bool:
    return compare_digest(_octets(sent), _octets(expected))


def _octets(text: str) -> bytes:
    """As clients send it (RFC 7617, section 2.1): a letter with an accent is the same however it was typed."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
