"""The hosts by which other computers reach this one."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address

from servers import guard
from servers.listening import is_loopback

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what a user may have chosen
"""The addresses that stand for all of this computer's, of IPv4 and of IPv6."""

_ELSEWHERE = ("192.0.2.1", 9)  # of documentation (RFC 5737): no packet is sent to find the way there


def outward_hosts(bound: Sequence[str]) -> tuple[str, ...]:
    """The addresses that other computers may use for a server bound to ``bound``, the likeliest first."""
    own = guard.own_names([(address, 0) for address in bound])
    hosts = [host for host in own if host in bound or (EVERYWHERE[":" in host]) in bound]
    likeliest = _address_towards_others()
    return tuple(sorted(filter(_is_reachable, hosts), key=lambda host: (host != likeliest, ":" in host, host)))


def _is_reachable(host: str) -> bool:
    """Whether it is an address that means the same computer elsewhere in its network."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return not (is_loopback(host) or address.is_unspecified or address.is_link_local)


def _address_towards_others() -> str | None:
    """The address that the system would send from, where it has a way to other networks."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return None
        return str(probe.getsockname()[0])
