"""A record in full, as text: the heads and bodies of an exchange, and what a message says."""

import codecs

from servers.close_codes import FIRST_OWN, LAST_OWN, MEANINGS
from servers.exchange import Exchange, Headers, Message
from servers.logs import visible

_HEX = 4096
_FIRST_PRIVATE = 4000


def describe(exchange: Exchange) -> str:
    """A request and its response as they were on the wire, and what went wrong."""
    return "\n\n".join(filter(None, (on_the_wire(exchange), exchange.error)))


def on_the_wire(exchange: Exchange) -> str:
    """A request and its response; what never was a request as it came."""
    parts = [_body(exchange.request_body, exchange.request_size)]
    if exchange.method:
        head = f"{exchange.method} {exchange.target} HTTP/{exchange.version}"
        parts = [_block(head, exchange.request_headers, exchange.request_body, exchange.request_size)]
    if exchange.status:
        head = f"HTTP/{exchange.version} {exchange.status} {exchange.reason}"
        parts.append(_block(head, exchange.response_headers, exchange.response_body, exchange.response_size))
    return "\n\n".join(parts)


def text_of(message: Message) -> str:
    """The payload of a message as text; bytes that are not UTF-8 show as ``\\xff``."""
    whole = not message.truncated  # else the last character may be cut, and is left out
    text, _ = codecs.utf_8_decode(message.data, "backslashreplace", whole)
    return _visible_lines(text)


def close_line(data: bytes) -> str:
    """The payload of a close frame in one line (RFC 6455, section 5.5.1)."""
    if len(data) < 2:
        return "no code"
    code, reason = _code_and_reason(data)
    return f"{code} {close_meaning(code)}{': ' if reason else ''}{reason}"


def close_text(data: bytes) -> str:
    """The payload of a close frame in sentences."""
    if len(data) < 2:
        return "The frame has no code. Programs are told 1005 in its place (RFC 6455, section 7.1.5)."
    code, reason = _code_and_reason(data)
    said = f"Reason: {reason}" if reason else "No reason was given."
    return f"Code: {code}, {close_meaning(code)}\n{said}"


def close_meaning(code: int) -> str:
    """What a close code means, in a few words."""
    if code in MEANINGS:
        return MEANINGS[code]
    if FIRST_OWN <= code <= LAST_OWN:
        return "a code of the application" if code >= _FIRST_PRIVATE else "a code of a library"
    return "a code that RFC 6455 does not know"


def _code_and_reason(data: bytes) -> tuple[int, str]:
    return int.from_bytes(data[:2]), visible(data[2:].decode("utf-8", errors="backslashreplace"))


def _block(first: str, headers: Headers, body: bytes, size: int) -> str:
    head = "\n".join([visible(first), *(visible(f"{name}: {value}") for name, value in headers)])
    return f"{head}\n\n{_body(body, size)}".rstrip()


def _body(data: bytes, size: int) -> str:
    try:
        text, _ = codecs.utf_8_decode(data, "strict", len(data) == size)  # the cap may cut a character
    except UnicodeDecodeError:
        text = data[:_HEX].hex(" ")
    more = f"\n… {size:,} bytes in all, of which {len(data):,} are kept" if len(data) < size else ""
    return _visible_lines(text) + more


def _visible_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))
