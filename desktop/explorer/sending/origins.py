"""Tells whose server a target is: what may be sent again to the same place and not to another."""

from desktop.explorer.model.url import Target
from servers.listening import is_loopback


def origin(target: Target) -> tuple[str, str, int]:
    """Scheme, host and port (RFC 6454, section 4)."""
    return target.scheme, target.host.lower(), target.port


def is_local(host: str) -> bool:
    """Whether a host is this computer by its name (RFC 6761, section 6.3) or its address."""
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return is_loopback(name)
    except ValueError:
        return False


def is_private(target: Target) -> bool:
    """Whether nobody on the way can read what is sent: by TLS, or because it stays on this computer."""
    return target.scheme == "https" or is_local(target.host)
