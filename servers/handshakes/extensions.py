"""The extensions that both ends have agreed on, above all compression (RFC 6455, section 9; RFC 7692)."""

from collections.abc import Sequence

from servers.exchange import Exchange
from servers.handshakes.fields import values
from servers.handshakes.outcome import SWITCHING
from servers.handshakes.point import Point, Verdict
from servers.logs import visible

DEFLATE = "permessage-deflate"

_TITLE = "Sec-WebSocket-Extensions"
_PARAMETERS = {
    "server_no_context_takeover": "the server compresses each message by itself, without those before it",
    "client_no_context_takeover": "the client compresses each message by itself, without those before it",
    "server_max_window_bits": "the server looks back at most {} bytes for what repeats",
    "client_max_window_bits": "the client looks back at most {} bytes for what repeats",
}

Extension = tuple[str, Sequence[tuple[str, str | None]]]
"""A name, and parameters with their values."""


def extensions(exchange: Exchange) -> Point:
    """What was offered, and what was taken up."""
    try:
        offered = _parsed(values(exchange.request_headers, _TITLE))
        accepted = _parsed(values(exchange.response_headers, _TITLE)) if exchange.status == SWITCHING else []
    except ValueError:
        return Point(_TITLE, "The field is not a list of extensions (RFC 6455, section 9.1).", Verdict.FAULT)
    names = {name for name, _ in offered}
    foreign = [name for name, _ in accepted if name not in names]
    if foreign:
        text = f"The server uses “{foreign[0]}”, which was not offered; the client has to give up the connection."
        return Point(_TITLE, text, Verdict.FAULT)
    if accepted:
        return Point(_TITLE, " ".join(_words(one) for one in accepted), Verdict.FINE)
    return Point(_TITLE, _without(names, exchange.status == SWITCHING), Verdict.PLAIN)


def _without(offered: set[str], answered: bool) -> str:
    if not offered:
        return "None was offered: messages go as they are, not compressed."
    names = ", ".join(sorted(offered))
    return f"The client offered {names}{'; the server takes none, so messages go as they are' if answered else ''}."


def _words(extension: Extension) -> str:
    name, parameters = extension
    if name != DEFLATE:
        return f"The server takes up “{name}”."
    details = "".join(f"\n{key}{f'={value}' if value else ''}: {_meaning(key, value)}." for key, value in parameters)
    return f"{DEFLATE}: both ends compress every message, as ZIP files do (RFC 7692).{details}"


def _meaning(key: str, value: str | None) -> str:
    words = _PARAMETERS.get(key, "a parameter that RFC 7692 does not know")
    known = value is not None and value.isdecimal() and len(value) < 3
    return words.format(f"{2 ** int(value or 0):,}" if known else "an unknown number of")


def _parsed(fields: Sequence[str]) -> list[Extension]:
    """The members of the fields. Raises ValueError where they are malformed."""
    from websockets.exceptions import InvalidHeaderFormat  # takes long to load, and is there once a server has run
    from websockets.headers import parse_extension

    try:
        return [one for field in fields for one in parse_extension(field)]
    except InvalidHeaderFormat as error:
        raise ValueError(visible(str(error))) from error
