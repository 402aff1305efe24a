"""Which proxy a request goes through, if any."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from yarl import URL

from desktop.explorer.model.options import Options
from desktop.explorer.model.url import Target
from desktop.explorer.sending.fault import Fault
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY


@dataclass(frozen=True, slots=True)
class Proxy:
    """``authorization`` is the value of Proxy-Authorization (RFC 9110, section 11.7.2); empty where there is none."""

    url: URL
    authorization: str = ""

    @property
    def place(self) -> str:
        """Host and port as a sentence names them."""
        return f"{self.url.host} port {self.url.port}"

    @property
    def headers(self) -> dict[str, str]:
        """What it wants to be asked with."""
        return {"Proxy-Authorization": self.authorization} if self.authorization else {}


def unauthorized(proxy: Proxy) -> str:
    """What is to be said after its status 407 (RFC 9110, section 15.5.8)."""
    if proxy.authorization:
        return f"The proxy {proxy.place} did not accept the user name and the password in its URL."
    return f"The proxy {proxy.place} asks for a user name and a password: http://user:password@host:port."


def asks_system(options: Options, target: Target) -> bool:
    """Whether ``proxy_for`` has to ask the operating system, which may take a while."""
    return options.proxy == SYSTEM_PROXY and not is_loopback(target.host)


def proxy_for(options: Options, target: Target) -> Proxy | None:
    """The proxy for a request; the system's one never for this computer. Raises Fault."""
    wish = options.proxy.strip()
    if wish == SYSTEM_PROXY:
        return _system_proxy(target) if asks_system(options, target) else None
    return None if wish in ("", NO_PROXY) else _parse(wish, "The proxy")


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


def _system_proxy(target: Target) -> Proxy | None:
    known = getproxies()
    text = known.get(target.scheme) or known.get("all")
    return None if not text or proxy_bypass(target.authority) else _parse(text, "The system's proxy")


def _parse(text: str, name: str) -> Proxy:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host:
        raise Fault(f"{name} “{_public(text)}” is not a URL such as http://proxy.example:3128.")
    if parts.scheme not in ("http", "https"):
        raise Fault(
            f"{name} “{_public(text)}” is of a kind the explorer does not speak; it can use http and https ones."
        )
    authorization = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = f"Basic {base64.b64encode(pair.encode()).decode()}"
    try:
        return Proxy(URL.build(scheme=parts.scheme, host=host, port=port), authorization)
    except ValueError:
        raise Fault(f"{name} “{_public(text)}” has no valid host name.") from None


def _public(text: str) -> str:
    """The URL without what stands before the @: it may be a password."""
    scheme, mark, rest = text.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"
