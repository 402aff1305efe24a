"""Reads the URL that a user typed, and keeps of it every byte that HTTP can carry."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import unquote

from servers.logs import visible

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_ONE_SLASH = re.compile(r"https?:/?(?!/)", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[/?#]")
_NAME = re.compile(r"[A-Za-z0-9._~-]+")
_NOT_ON_THE_WIRE = re.compile(r"[^!-~]")
_SHOWN = 100
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes.

    ``authority`` is the host as typed, in ASCII, with the port unless it is the scheme's own (RFC 9110, section 7.2).
    ``path`` is the request target in origin form (RFC 9112, section 3.2.1). ``credentials`` are ``user:password``.
    """

    scheme: str
    host: str
    port: int
    path: str
    credentials: str | None = None

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def place(self) -> str:
        """Host and port as a sentence names them."""
        return f"{self.host} port {self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_url(text: str) -> Target:
    """The target that a URL names (RFC 3986); http where no scheme is given. Its fragment is not sent.

    Percent-encodes what cannot stand in a request line (spaces, controls, non-ASCII) and changes nothing else.
    Raises ValueError with a sentence for the user.
    """
    scheme, rest = _split_scheme(text.strip())
    authority = _AUTHORITY_END.split(rest, maxsplit=1)[0]
    path = rest[len(authority) :].partition("#")[0]
    if not path.startswith("/"):
        path = f"/{path}"
    userinfo, at, place = authority.rpartition("@")
    host, port = _split_port(place)
    credentials = None
    if at:
        user, _, password = userinfo.partition(":")
        credentials = f"{unquote(user)}:{unquote(password)}"
    return Target(scheme, _host(host), _port(port, scheme), _quote(path), credentials)


def _split_scheme(text: str) -> tuple[str, str]:
    if not text:
        raise ValueError("Type a URL, for example http://localhost:5000/players.")
    match = _SCHEME.match(text)
    if match is None:
        if _ONE_SLASH.match(text):
            raise ValueError("Two slashes must follow the scheme, as in http://localhost:5000/.")
        return "http", text.removeprefix("//")
    scheme = match[1].lower()
    if scheme not in _PORTS:
        raise ValueError(f"The explorer sends http and https requests; this URL starts with “{_shown(match[1])}”.")
    return scheme, text[match.end() :]


def _split_port(place: str) -> tuple[str, str]:
    """Host and port; the colons inside the brackets of an IPv6 literal belong to the host."""
    host, colon, port = place.rpartition(":")
    return (host, port) if colon and "]" not in port else (place, "")


def _host(host: str) -> str:
    if not host:
        raise ValueError("The URL names no host, for example localhost.")
    if host.startswith("["):
        try:
            return str(IPv6Address(host[1:].removesuffix("]")))
        except ValueError:
            raise ValueError(f"{_shown(host)} is not an IPv6 address in brackets.") from None
    if _NAME.fullmatch(host) and all(0 < len(label) < 64 for label in host.removesuffix(".").split(".")):
        return host
    return _ascii_name(host)


def _ascii_name(host: str) -> str:
    """The form in which DNS knows an internationalized name (RFC 5891)."""
    if not host.isascii():
        import idna

        try:
            return idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            pass
    raise ValueError(f"“{_shown(host)}” is not a host name. A name has letters, digits, dots and hyphens.")


def _port(text: str, scheme: str) -> int:
    if not text:
        return _PORTS[scheme]
    if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 65535:
        return int(text)
    raise ValueError(f"“{_shown(text)}” is not a port. A port is a number from 1 to 65535.")


def _shown(text: str) -> str:
    return visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _quote(text: str) -> str:
    return _NOT_ON_THE_WIRE.sub(lambda c: "".join(f"%{byte:02X}" for byte in c[0].encode("utf-8", "replace")), text)
