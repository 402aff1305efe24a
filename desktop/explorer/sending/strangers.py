"""Recognizes what answered when it was not a response of HTTP/1.1."""

import re

from servers.logs import visible

_GREETINGS = (
    (b"SSH-", "It is an SSH server."),
    (b"220", "It looks like a mail or FTP server."),
    (b"+OK", "It looks like a mail server."),
    (b"* OK", "It looks like a mail server."),
    (b"RFB ", "It is a VNC server."),
    (b"-ERR", "It looks like a Redis or mail server."),
    (b"AMQP", "It is an AMQP server."),
)
_QUOTED = re.compile(r""":? b?['"].*""", re.DOTALL)
_TLS = (b"\x15\x03", b"\x16\x03")
_HTTP_2 = b"\x04\x00\x00\x00\x00\x00"  # the frame header of SETTINGS behind its length (RFC 9113, section 6.5)


def not_http(place: str, said: bytes, fault: str) -> str:
    """The sentence for what ``place`` answers, starting with ``said``; ``fault`` is what the parser makes of it."""
    reason = words_of(fault)
    if said.startswith(b"HTTP/"):
        return f"{place} {_broken_head(reason)}"
    guess = next((text for start, text in _GREETINGS if said.startswith(start)), "")
    if said.startswith(_TLS):
        guess = "It speaks TLS: use https://."
    elif said[3:9] == _HTTP_2:
        guess = "It speaks HTTP/2 only."
    elif said.lstrip()[:1] in (b"<", b"{"):
        guess = "It sent a body without a head, as HTTP/0.9 did."
    return f"{place} answered with something that is not HTTP/1.1 ({reason}). {guess or 'Check the port.'}"


def words_of(fault: str) -> str:
    """What the parser says of a fault, without the bytes that it quotes."""
    return visible(_QUOTED.sub("", fault.strip().partition("\n")[0]).rstrip(":"))


def _broken_head(reason: str) -> str:
    if "more than" in reason or "too large" in reason.lower():
        return "sent a line in its head that does not end within 64 KB."
    if "Too many headers" in reason:
        return "sent more than 1,000 header fields."
    return f"answered with a head that is not HTTP/1.1 ({reason})."
