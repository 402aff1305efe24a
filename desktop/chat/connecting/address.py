"""The URL of a WebSocket server, taken apart."""

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from desktop.widgets.proxies import is_loopback
from servers.logs import visible

_PORTS = {"ws": 80, "wss": 443}
_CREDENTIALS = re.compile(r"//[^/?#]*@")


class Address(NamedTuple):
    """``url`` is a ws or wss URL without user information, which ``credentials`` has as ``user:password``, or None."""

    url: str
    scheme: str
    host: str
    port: int
    credentials: str | None

    @property
    def is_secure(self) -> bool:
        """Whether it is TLS that is spoken there."""
        return self.scheme == "wss"

    @property
    def place(self) -> str:
        """Host and port as a sentence names them."""
        return f"{self.host} port {self.port}"


def parse_address(text: str) -> Address:
    """Read a WebSocket URL (RFC 6455, section 3; with RFC 3986, section 3.2.1). Raises ValueError with a sentence."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_no_address(text)) from None
    if parts.scheme not in _PORTS or not host or port == 0 or "#" in text or " " in text or not text.isprintable():
        raise ValueError(_no_address(text))
    credentials = parts.netloc.rpartition("@")[0]
    return Address(
        without_credentials(text),
        parts.scheme,
        host,
        port or _PORTS[parts.scheme],
        _decoded(credentials) if "@" in parts.netloc else None,
    )


def without_credentials(url: str) -> str:
    """``url`` as it may be shown and kept: what stands before the @ may be a password."""
    return _CREDENTIALS.sub("//", url, count=1)


def with_name(url: str, name: str) -> str:
    """``url`` with ``name`` added to its query, unless there is no name or the query has one."""
    query = urlsplit(url).query
    if not name or "name" in parse_qs(query, keep_blank_values=True):
        return url
    joint = ("" if url.endswith(("?", "&")) else "&") if "?" in url else "?"
    return f"{url}{joint}name={quote(name, safe='', errors='replace')}"


def is_near(host: str) -> bool:
    """Whether a host is this computer or one of the local network, as far as its name or address tells."""
    name = host.lower().removesuffix(".")
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return is_loopback(name) or "." not in name or name.endswith(".local")
    return address.is_loopback or address.is_private or address.is_link_local


def _decoded(credentials: str) -> str:
    user, _, password = credentials.partition(":")
    return f"{unquote(user)}:{unquote(password)}"


def _no_address(text: str) -> str:
    if not text:
        return "There is no URL yet. One looks like ws://localhost:8002."
    shown = visible(without_credentials(text))
    scheme, mark, _ = shown.partition("://")
    if mark and scheme.lower() in {"http", "https"}:
        wanted = "ws" + scheme.lower().removeprefix("http")
        return f"“{shown}” is not a WebSocket URL. Write {wanted}:// in place of {scheme}://."
    return f"“{shown}” is not a WebSocket URL. One looks like ws://localhost:8002."
