"""The request as its author typed it, and the one that goes to the wire."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.explorer.url import Target, parse_url
from servers.exchange import Headers, header

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""The methods that are offered; any other token can be typed."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_UNSENDABLE = re.compile(r"[\r\n\0\ud800-\udfff]")
_VARIABLE = re.compile(r"\{\{[ \t]*+([^{}\s](?:[^{}\r\n]*[^{}\s])?)[ \t]*\}\}")
_EXPECTS_BODY = frozenset({"POST", "PUT", "PATCH"})


class InvalidRequest(Exception):
    """A request that cannot be sent; ``field`` is ``method``, ``url``, ``headers`` or ``body``."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Header:
    """One header row; it is sent while it is enabled."""

    name: str
    value: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """Exactly what is sent: ``headers`` are all of them, in order and case, those added by the explorer included."""

    method: str
    target: Target
    headers: Headers
    body: bytes

    @property
    def chunked(self) -> bool:
        """Whether the body goes in chunks (RFC 9112, section 7.1), because its author asked for it."""
        return header(self.headers, "Transfer-Encoding") is not None

    @property
    def waits_for_continue(self) -> bool:
        """Whether the body waits for the interim response 100 (RFC 9110, section 10.1.1)."""
        return (header(self.headers, "Expect") or "").lower() == "100-continue"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as typed; text bodies are sent in UTF-8."""

    method: str = "GET"
    url: str = ""
    headers: tuple[Header, ...] = ()
    body: str | bytes = b""

    def resolve(self, variables: Mapping[str, str]) -> "Request":
        """The request with each ``{{name}}`` replaced; names without a value stay as written (see ``unresolved``)."""
        return Request(
            fill(self.method, variables),
            fill(self.url, variables),
            tuple(
                replace(row, name=fill(row.name, variables), value=fill(row.value, variables)) for row in self.headers
            ),
            fill(self.body, variables) if isinstance(self.body, str) else self.body,
        )

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The names of the variables that are still written in what would be sent, each once, in order."""
        rows = [f"{row.name}\n{row.value}" for row in self.headers if row.enabled]
        texts = [self.method, self.url, *rows, self.body if isinstance(self.body, str) else ""]
        return tuple(dict.fromkeys(_VARIABLE.findall("\n".join(texts))))

    def prepare(self) -> PreparedRequest:
        """Check every part and add the headers that a request needs. Raises InvalidRequest."""
        method = self._checked_method()
        try:
            target = parse_url(self.url)
        except ValueError as error:
            raise InvalidRequest("url", str(error)) from error
        body = self._encoded_body()
        rows = tuple(_checked(row) for row in self.headers if row.enabled and (row.name or row.value))
        _check_framing(rows, body)
        return PreparedRequest(method, target, _complete(rows, method, target, len(body)), body)

    def _checked_method(self) -> str:
        method = self.method.strip()
        if not _TOKEN.fullmatch(method):
            raise InvalidRequest("method", "A method is one word, for example GET (RFC 9110, section 5.6.2).")
        if method == "CONNECT":
            raise InvalidRequest("method", "CONNECT asks a proxy for a tunnel; the explorer sends requests to servers.")
        return method

    def _encoded_body(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        try:
            return self.body.encode()
        except UnicodeEncodeError as error:
            raise InvalidRequest("body", f"Character {error.start + 1} of the body is half of a pair.") from error


def fill(text: str, variables: Mapping[str, str]) -> str:
    """The text with each ``{{name}}`` replaced that has a value."""
    return _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), text)


def guess_content_type(body: str) -> str:
    """The Content-Type that a typed body most likely has, by its first character; empty for an empty body."""
    start = body[:1000].lstrip()[:1]
    if not body:
        return ""
    if start and start in '{["':
        return "application/json"
    return "application/xml" if start == "<" else "text/plain; charset=utf-8"


def _checked(row: Header) -> tuple[str, str]:
    name = row.name.strip()
    if not name:
        raise InvalidRequest("headers", f"The header with the value “{row.value}” has no name.")
    if not _TOKEN.fullmatch(name):
        raise InvalidRequest("headers", f"“{name}” is not a header name: letters, digits and hyphens, no spaces.")
    if _UNSENDABLE.search(row.value):
        raise InvalidRequest("headers", f"The value of {name} has a line break or another character HTTP cannot carry.")
    return name, row.value


def _check_framing(rows: Headers, body: bytes) -> None:
    """Refuse headers that contradict the body: the next request on the connection would be misread."""
    length, coding = header(rows, "Content-Length"), header(rows, "Transfer-Encoding")
    if coding is not None and (length is not None or coding.lower() != "chunked"):
        raise InvalidRequest("headers", "Transfer-Encoding can be “chunked”, and then without a Content-Length.")
    if length is not None and length != str(len(body)):
        raise InvalidRequest(
            "headers", f"Content-Length says {length}, but the body has {len(body)} bytes. It is added by itself."
        )


def _complete(rows: Headers, method: str, target: Target, length: int) -> Headers:
    """The user's headers in their order, behind Host and before whatever else is needed and was not given."""
    added = [("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", "Portside")]
    if target.credentials is not None:
        added.append(("Authorization", f"Basic {base64.b64encode(target.credentials.encode()).decode()}"))
    if (length or method in _EXPECTS_BODY) and header(rows, "Transfer-Encoding") is None:
        added.append(("Content-Length", str(length)))
    host = () if header(rows, "Host") is not None else (("Host", target.authority),)
    return (*host, *rows, *(one for one in added if header(rows, one[0]) is None))
