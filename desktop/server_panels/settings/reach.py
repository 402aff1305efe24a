"""Who can reach a server: what is chosen for its next start, and what it is bound to while it runs."""

from servers.listening import is_loopback
from servers.logs import visible
from servers.server import Address
from servers.settings import Listen

THIS_COMPUTER = "localhost"
LOCAL_NETWORK = "0.0.0.0"  # noqa: S104 - chosen by the user, under a warning in place


def is_beyond(host: str) -> bool:
    """Whether other computers may reach a server on ``host``; a name that only the system knows counts as one."""
    try:
        return host != THIS_COMPUTER and not is_loopback(host)
    except ValueError:
        return True


def runs_beyond(address: Address) -> bool:
    """Whether other computers can reach a server that runs there."""
    return any(is_beyond(host) for host, _ in address.bound)


def reached_beyond(address: Address | None, settings: Listen) -> bool:
    """Whether other computers can reach a server now or, while it does not run, from its next start on."""
    return is_beyond(settings.host) if address is None else runs_beyond(address)


def audience(address: Address | None, settings: Listen) -> str:
    """Who can reach a server now or, while it does not run, from its next start on, as a sentence begins."""
    if not reached_beyond(address, settings):
        return "Any program on this computer"
    host = settings.host if address is None else address.host
    return "Anybody on your network" if host == LOCAL_NETWORK else f"Anybody who can reach {visible(host)}"


def warning(host: str) -> str:
    """What the user should know before a server listens on ``host``; empty for this computer alone."""
    if host == LOCAL_NETWORK:
        return (
            "Anybody on your network can use this server while it runs so. It stays so until Portside ends or you "
            "choose this computer again; its next launch begins without it, unless the settings file says otherwise."
        )
    return f"Anybody who can reach {host} can use this server while it runs so." if is_beyond(host) else ""


def runs_as_chosen(address: Address, settings: Listen) -> bool:
    """Whether a running server has the host and the TLS that are chosen now."""
    return (address.host, address.scheme in ("https", "wss")) == (settings.host, settings.tls)


def socket_name(host: str, port: int) -> str:
    """A socket's name as in a URL (RFC 3986, section 3.2.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
