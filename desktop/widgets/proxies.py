"""The address of a proxy, as a user types it or the system knows it; knows nothing of Qt."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_PORTS = {"http": 80, "https": 443}


class ProxyAddress(NamedTuple):
    """``scheme`` is http or https; ``user`` is None where the proxy is to be asked without credentials."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str = ""

    @property
    def place(self) -> str:
        """Host and port as a sentence names them."""
        return f"{self.host} port {self.port}"

    @property
    def authorization(self) -> str:
        """The value of Proxy-Authorization (RFC 9110, section 11.7.2); empty where there is none."""
        if self.user is None:
            return ""
        return f"Basic {base64.b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


def parse_proxy(text: str, name: str = "The proxy") -> ProxyAddress:
    """What ``text`` says: a URL, or host and port. Raises ValueError with a sentence that begins with ``name``."""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host:
        raise ValueError(f"{name} “{_public(text)}” is not a URL such as http://proxy.example:3128.")
    if parts.scheme not in _PORTS:
        raise ValueError(
            f"{name} “{_public(text)}” is of a kind that Portside does not speak; it can use http and https ones."
        )
    user = None if parts.username is None else unquote(parts.username)
    return ProxyAddress(parts.scheme, host, port or _PORTS[parts.scheme], user, unquote(parts.password or ""))


def system_proxy(kinds: Sequence[str], host: str, port: int) -> ProxyAddress | None:
    """The system's proxy for a server, of the first of ``kinds`` (as ``http`` or ``all``) that there is.

    Asking the system may take a while. Raises ValueError with a sentence.
    """
    from urllib.request import getproxies, proxy_bypass  # slow to load, and few ask

    known = getproxies()
    text = next((known[kind] for kind in kinds if known.get(kind)), "")
    authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return None if not text or proxy_bypass(authority) else parse_proxy(text, "The system's proxy")


def unauthorized(proxy: ProxyAddress) -> str:
    """What is to be said after its status 407 (RFC 9110, section 15.5.8)."""
    if proxy.authorization:
        return f"The proxy {proxy.place} did not accept the user name and the password in its URL."
    return f"The proxy {proxy.place} asks for a user name and a password: http://user:password@host:port."


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a host name or address means this computer (RFC 6761, section 6.3)."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _public(text: str) -> str:
    """The URL without what stands before the @: it may be a password."""
    scheme, mark, rest = text.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"
