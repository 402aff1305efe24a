"""Decides which requests a local server takes: Host against DNS rebinding, Origin against other sites' pages."""

import re
import socket
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address

from servers.listening import is_loopback

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that a client may send without asking for a change (RFC 9110, section 9.2.1)."""

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._~-]+)(?P<port>:[0-9]{1,5})?\Z")


class Refusal(Exception):
    """A request that is answered with an error status; ``detail`` is a sentence for the person who sent it.

    ``headers`` are added to the response, for example Allow with a 405 (RFC 9110, section 15.5.6).
    """

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


def check_host(values: Sequence[str], own_names: frozenset[str] = frozenset()) -> None:
    """Refuse a request whose Host header fields are not exactly one name of this server.

    Missing, repeated or malformed is 400 (RFC 9112, section 3.2); a foreign name is 421 (RFC 9110, section 15.5.20).
    ``own_names`` are accepted besides localhost, ``*.localhost`` and the loopback addresses.
    """
    if len(values) != 1:
        raise Refusal(400, "A request must have exactly one Host header.")
    name = _host_name(values[0])
    if name is None:
        raise Refusal(400, "The Host header is not a host name with an optional port.")
    if not (_is_local_name(name) or name in own_names):
        raise Refusal(421, "This server answers to localhost only; the Host header names another computer.")


def origins_allowed(origins: Sequence[str], own_names: frozenset[str] = frozenset()) -> bool:
    """Whether a page of these Origin fields (RFC 6454) may act on the server: none, or each loopback or an own name."""
    return all(_origin_allowed(origin, own_names) for origin in origins)


def _origin_allowed(origin: str, own_names: frozenset[str]) -> bool:
    scheme, _, authority = origin.partition("://")
    name = _host_name(authority) if scheme.isalpha() else None
    return name is not None and (_is_local_name(name) or name in own_names)


def check_cross_site(
    method: str,
    origins: Sequence[str],
    fetch_site: str | None,
    own_names: frozenset[str] = frozenset(),
    *,
    admitted: bool = False,
) -> None:
    """Refuse (403) an unsafe method that a page of another site makes the browser send.

    Where CORS has ``admitted`` the origin, ``fetch_site`` does not count: to browsers localhost and 127.0.0.1 are two
    sites.
    """
    if method in SAFE_METHODS:
        return
    if (fetch_site == "cross-site" and not admitted) or not origins_allowed(origins, own_names):
        raise Refusal(403, "Pages of other sites may not change anything on this server.")


def own_names(bound: Sequence[tuple[str, int]]) -> frozenset[str]:
    """The names that clients may use for a server bound to these addresses: none of its own while on loopback."""
    beyond = {address for address, _ in bound if not is_loopback(address)}
    if not beyond:
        return frozenset()
    host = socket.gethostname().lower()
    return frozenset({host, f"{host}.local", *beyond, *_addresses_of_this_computer()})


def _addresses_of_this_computer() -> set[str]:
    import psutil

    families = {socket.AF_INET, socket.AF_INET6}
    entries = (entry for entries in psutil.net_if_addrs().values() for entry in entries)
    return {entry.address.partition("%")[0] for entry in entries if entry.family in families}


@lru_cache(maxsize=1024)
def _host_name(value: str) -> str | None:
    """The lower-case name in a Host field value, an IPv6 literal without brackets; None where it is malformed."""
    match = _HOST.match(value)
    if match is None or int((match["port"] or ":0")[1:]) > 65535:
        return None
    name = match["name"].lower().removesuffix(".")
    if name.startswith("["):
        try:
            return str(ip_address(name[1:-1]))
        except ValueError:
            return None
    return name


@lru_cache(maxsize=1024)
def _is_local_name(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return is_loopback(name)
    except ValueError:
        return False
