"""Whether a handshake can be sent with the options of a connection, told while they are typed."""

from functools import partial

from desktop.chat.connecting.address import parse_address
from desktop.chat.connecting.offer import offer_of
from desktop.chat.target import Target
from desktop.widgets.variables import Provider, fill

_ANYWHERE = parse_address("ws://localhost")


def fault_in(target: Target, provider: Provider | None) -> str:
    """The sentence about what cannot be sent with the options of ``target``, whatever its URL; empty if all can."""
    resolved = target if provider is None else target.resolve(partial(fill, values=provider()))
    try:
        offer_of(resolved, _ANYWHERE, _no_cookies)
    except ValueError as error:
        return str(error)
    return ""


def _no_cookies(url: str) -> str:
    return ""
