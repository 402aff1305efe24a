"""What a handshake asks for: the parts of a target, checked and put together before anything is sent."""

import base64
import re
from collections.abc import Callable
from typing import NamedTuple

from desktop.chat.connecting.address import Address, is_near, with_name
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import Headers
from servers.logs import visible

USER_AGENT = "Portside"

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSENDABLE = re.compile(r"[\r\n\0\ud800-\udfff]")
_CONTROL = re.compile(r"[\0-\x1f\x7f\ud800-\udfff]")
_BEARER = re.compile(r"[!-~]+")

_OWNED = "The handshake sends {} itself. Remove that header, or switch it off."
_NO_BODY = "A handshake has no body, so it cannot have {}. Remove that header, or switch it off."
_REFUSED = {
    "upgrade": _OWNED,
    "connection": _OWNED,
    "sec-websocket-key": _OWNED,
    "sec-websocket-version": _OWNED,
    "sec-websocket-extensions": "The handshake sends {} itself: switch compression on or off in the options.",
    "sec-websocket-protocol": "The handshake sends {} itself: list subprotocols in the options.",
    "content-length": _NO_BODY,
    "transfer-encoding": _NO_BODY,
}


class Offer(NamedTuple):
    """``headers`` come on top of what every handshake has, and in place of those of the same name."""

    url: str
    headers: Headers
    subprotocols: tuple[str, ...]


def offer_of(target: Target, address: Address, cookies_for: Callable[[str], str]) -> Offer:
    """What ``target``, in which no variables are left, asks of ``address``.

    ``cookies_for`` gives the value of Cookie for a URL (RFC 6265, section 5.4), or nothing. What the user typed as a
    header wins over what the options would add. Raises ValueError with a sentence that names what cannot be sent.
    """
    chats = target.chat is ChatWish.ALWAYS or (target.chat is ChatWish.AUTO and is_near(address.host))
    url = with_name(address.url, target.name) if chats else address.url
    rows = tuple(_checked(row) for row in target.headers if row.enabled and (row.name.strip() or row.value))
    given = {name.lower() for name, _ in rows}
    added = [("User-Agent", USER_AGENT), ("Origin", target.origin.strip())]
    if "authorization" not in given:
        added.append(("Authorization", _authorization(target, address)))
    if target.cookies and "cookie" not in given:
        added.append(("Cookie", cookies_for(url)))
    missing = [_checked(HeaderRow(name, value)) for name, value in added if value and name.lower() not in given]
    return Offer(url, (*rows, *missing), _subprotocols(target.subprotocols, chats=chats))


def _checked(row: HeaderRow) -> tuple[str, str]:
    name = row.name.strip()
    if not name:
        raise ValueError(f"The header with the value “{visible(row.value)}” has no name.")
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"“{visible(name)}” is not a header name: letters, digits and hyphens, no spaces.")
    if name.lower() in _REFUSED:
        raise ValueError(_REFUSED[name.lower()].format(name))
    if _UNSENDABLE.search(row.value):
        raise ValueError(f"The value of {name} has a line break or another character that HTTP cannot carry.")
    return name, row.value


def _subprotocols(text: str, *, chats: bool) -> tuple[str, ...]:
    names = [name for part in text.split(",") if (name := part.strip())]
    for at, name in enumerate(names):
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"“{visible(name)}” is not the name of a subprotocol: no spaces, brackets or quotes.")
        if name in names[:at]:
            raise ValueError(f"The subprotocol “{name}” is listed twice. Once is enough.")
    if chats and SUBPROTOCOL not in names:
        names.append(SUBPROTOCOL)
    return tuple(names)


def _authorization(target: Target, address: Address) -> str:
    match target.auth:
        case AuthKind.BEARER:
            return _bearer(target.token.strip())
        case AuthKind.BASIC if ":" in target.user:
            raise ValueError("The user name has a colon, which Basic authentication cannot carry (RFC 7617).")
        case AuthKind.BASIC:
            return _basic(f"{target.user}:{target.password}")
    return _basic(address.credentials) if address.credentials is not None else ""


def _basic(credentials: str) -> str:
    if _CONTROL.search(credentials):
        raise ValueError("The user name or the password has a control character, which Basic cannot carry (RFC 7617).")
    return f"Basic {base64.b64encode(credentials.encode()).decode()}"


def _bearer(token: str) -> str:
    if not token:
        raise ValueError("The Bearer token is empty. Give one, or choose no authentication.")
    if not _BEARER.fullmatch(token):
        raise ValueError("The Bearer token has a space or another character that it cannot have (RFC 6750).")
    return f"Bearer {token}"
