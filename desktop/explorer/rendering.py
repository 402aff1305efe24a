"""Makes a response readable: everything its view shows, prepared away from the widgets."""

from dataclasses import dataclass

from desktop.explorer.client import Reply
from desktop.explorer.content import content_type_of, decode, is_json, readable, text_of
from desktop.explorer.pretty import pretty
from desktop.explorer.request import PreparedRequest
from servers.exchange import header
from servers.logs import visible

SHOWN = 2_000_000
"""At most this many bytes of a body are made into text."""

_INSTANT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Rendering:
    """``raw`` is the body as text; ``pretty`` the same indented, None where it has no such form.

    ``decoded_size`` is the size in bytes without content codings. ``notes`` are sentences about what is not shown, or
    not as it came; ``sent`` is the request as it went over the wire.
    """

    raw: str
    pretty: str | None
    decoded_size: int
    notes: tuple[str, ...]
    sent: str


def is_instant(reply: Reply) -> bool:
    """Whether rendering takes a few milliseconds; else it belongs on a thread."""
    return len(reply.body) <= _INSTANT and header(reply.exchange.response_headers, "Content-Encoding") is None


def render(reply: Reply) -> Rendering:
    """Decode, and indent where it is JSON. Takes up to a second or two for the largest body."""
    exchange = reply.exchange
    content_type = content_type_of(exchange.response_headers)
    decoded = decode(reply.body, exchange.response_headers)
    size = len(decoded.data)
    text = text_of(decoded.data[:SHOWN], content_type)
    notes = [exchange.error, decoded.fault]
    if not reply.complete:
        notes.append(f"Reading stopped after {len(reply.body):,} bytes; the rest of the body was not kept.")
    if size > SHOWN:
        notes.append(f"The first {SHOWN:,} of {size:,} bytes are shown.")
    indented = None
    if text and is_json(content_type, text):
        printed = pretty(text, limit=SHOWN, cut=size > SHOWN or not reply.complete)
        notes.append(printed.fault)
        indented = readable(printed.text) if printed.fault is None else None
    said = tuple(note for note in notes if note)
    return Rendering(readable(text), indented, size, said, as_sent(reply.request))


def as_sent(request: PreparedRequest) -> str:
    """The request in the form of RFC 9112, for reading."""
    lines = [f"{request.method} {request.target.path} HTTP/1.1"]
    lines += [f"{visible(name)}: {visible(value)}" for name, value in request.headers]
    body = text_of(request.body[:SHOWN], "")
    return "\n".join([*lines, "", readable(body)])
