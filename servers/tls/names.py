"""The names and addresses by which clients may call a server of this computer."""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from servers import guard

_ALWAYS = {"localhost", "127.0.0.1", "::1"}
_EVERY_ADDRESS = (("0.0.0.0", 0), ("::", 0))  # noqa: S104 - asks for the names of such a server, and binds nothing
_HOST_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def names_of_this_computer() -> frozenset[str]:
    """The loopback names, the host name, HOST.local, and every address that it has now."""
    return named(_ALWAYS | guard.own_names(_EVERY_ADDRESS))


def named(names: Iterable[str]) -> frozenset[str]:
    """Those of ``names`` that a certificate can bear (RFC 5280, section 4.2.1.6), each in its one form."""
    return frozenset(filter(None, map(_one_form, names)))


def _one_form(name: str) -> str | None:
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        name = name.lower().removesuffix(".")
        return name if _HOST_NAME.fullmatch(name) else None
    return None if address.is_unspecified else str(address)
