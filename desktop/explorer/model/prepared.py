"""The request that goes to the wire: checked, and completed with what a request needs."""

import base64
import re
from dataclasses import dataclass

from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, NoAuth, Place
from desktop.explorer.model.body import Payload
from desktop.explorer.model.options import Options
from desktop.explorer.model.url import Target
from servers.exchange import Headers, header

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
"""The content codings that can be undone (RFC 9110, section 8.4)."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSENDABLE = re.compile(r"[\r\n\0\ud800-\udfff]")
_EXPECTS_BODY = frozenset({"POST", "PUT", "PATCH"})


class InvalidRequest(Exception):
    """A request that cannot be sent.

    ``field`` is ``method``, ``url``, ``params``, ``headers``, ``auth``, ``body`` or ``options``.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """Exactly what is sent: ``headers`` are all of them, in order and case, those added by the explorer included.

    ``auth`` is what matters while sending (Digest, OAuth2, and an ApiKey that stays behind when a redirect leads to
    another server), else NoAuth. Cookies are added while sending, too.
    """

    method: str
    target: Target
    headers: Headers
    body: Payload
    options: Options = Options()
    auth: Auth = NoAuth()

    @property
    def chunked(self) -> bool:
        """Whether the body goes in chunks (RFC 9112, section 7.1), because its author asked for it."""
        return header(self.headers, "Transfer-Encoding") is not None

    @property
    def waits_for_continue(self) -> bool:
        """Whether the body waits for the interim response 100 (RFC 9110, section 10.1.1)."""
        return (header(self.headers, "Expect") or "").lower() == "100-continue"


def checked_method(text: str) -> str:
    """The method as it is sent. Raises InvalidRequest."""
    method = text.strip()
    if not _TOKEN.fullmatch(method):
        raise InvalidRequest("method", "A method is one word, for example GET (RFC 9110, section 5.6.2).")
    if method == "CONNECT":
        raise InvalidRequest("method", "CONNECT asks a proxy for a tunnel; the explorer sends requests to servers.")
    return method


def checked_header(name: str, value: str) -> tuple[str, str]:
    """A header field as it is sent. Raises InvalidRequest."""
    name = name.strip()
    if not name:
        raise InvalidRequest("headers", f"The header with the value “{value}” has no name.")
    if not _TOKEN.fullmatch(name):
        raise InvalidRequest("headers", f"“{name}” is not a header name: letters, digits and hyphens, no spaces.")
    if _UNSENDABLE.search(value):
        raise InvalidRequest("headers", f"The value of {name} has a line break or another character HTTP cannot carry.")
    return name, value


def check_framing(rows: Headers, length: int) -> None:
    """Refuse headers that contradict the body: the next request on the connection would be misread."""
    said, coding = header(rows, "Content-Length"), header(rows, "Transfer-Encoding")
    if coding is not None and (said is not None or coding.lower() != "chunked"):
        raise InvalidRequest("headers", "Transfer-Encoding can be “chunked”, and then without a Content-Length.")
    if said is not None and said != str(length):
        raise InvalidRequest(
            "headers", f"Content-Length says {said}, but the body has {length} bytes. It is added by itself."
        )


def complete(rows: Headers, added: Headers, without: frozenset[str]) -> Headers:
    """The user's headers in their order, behind Host and before whatever else is added and was not given."""
    left_out = without.union(name.lower() for name, _ in rows)
    missing = [one for one in added if one[0].lower() not in left_out]
    host = [one for one in missing if one[0] == "Host"]
    return (*host, *rows, *(one for one in missing if one[0] != "Host"))


def added_headers(method: str, target: Target, length: int, options: Options, auth: Auth) -> Headers:
    """What a request gets by itself where its author gives nothing of that name; ``length`` is that of the body."""
    added = [
        ("Host", target.authority),
        ("Accept", "*/*"),
        ("Accept-Encoding", ACCEPT_ENCODING),
        ("User-Agent", "Portside"),
    ]
    if not options.keep_alive:
        added.append(("Connection", "close"))
    added += _authorization(target, auth)
    if length or method in _EXPECTS_BODY:
        added.append(("Content-Length", str(length)))
    return tuple(added)


def _authorization(target: Target, auth: Auth) -> Headers:
    if isinstance(auth, ApiKey) and auth.place is Place.HEADER:
        return (checked_header(auth.name, auth.value),)
    if isinstance(auth, Bearer):
        return (("Authorization", f"Bearer {auth.token}"),)
    credentials = f"{auth.user}:{auth.password}" if isinstance(auth, Basic) else target.credentials
    if credentials is None:
        return ()
    return (("Authorization", f"Basic {base64.b64encode(credentials.encode()).decode()}"),)
