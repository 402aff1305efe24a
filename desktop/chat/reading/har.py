"""A conversation as an HTTP archive (HAR 1.2), with its messages where browsers write them.

Each handshake is an entry with ``_resourceType`` "websocket", and has the messages that came after it as
``_webSocketMessages``: ``type`` (send or receive), ``time`` (seconds since 1970), ``opcode`` (RFC 6455, section 11.8)
and ``data``, which is text for opcode 1 and base64 for all others.

An archive does not have what a transcript does not keep: the JSON around messages of the chat subprotocol (a
``comment`` says so), the announcements before its binary messages, close frames, how messages were cut into frames.
Credentials, the values of cookies and what a query calls a secret are masked.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.export import MS, base64_of, lines, rfc3339
from servers import VERSION
from servers.exchange import Direction, Exchange, header, wall_time
from servers.handshakes.masking import masked

TEXT, BINARY, PING, PONG = 1, 2, 9, 10
"""Opcodes (RFC 6455, section 11.8)."""

_OPCODES = {EntryKind.BINARY: BINARY, EntryKind.PING: PING, EntryKind.PONG: PONG}
_NOT_ON_THE_WIRE = frozenset({EntryKind.OPEN, EntryKind.CLOSE})
_AUTHORITY_END = re.compile(r"[/?#]")
_BARE = "This is the text of the message. The JSON around it, of the chat subprotocol, was not kept."


class Handshake(NamedTuple):
    """The ``exchange`` that opened a connection to ``url``; None where it is not known."""

    exchange: Exchange | None
    url: str


def as_har(entries: Iterable[Entry], handshakes: Sequence[Handshake]) -> Iterator[str]:
    """The archive in pieces; ``handshakes`` are in the order of time, and there is at least one."""
    creator = json.dumps({"name": "Portside", "version": VERSION})
    yield f'{{"log": {{"version": "1.2", "creator": {creator}, "entries": ['
    messages = [entry for entry in entries if _was_on_the_wire(entry)]
    comma = ""
    for handshake, its_own in _shared_out(messages, handshakes):
        head = json.dumps(_entry(handshake, its_own), ensure_ascii=False)
        yield f'{comma}\n{head[:-1]}, "_webSocketMessages": ['
        yield from lines(map(_message, its_own))
        yield "]}"
        comma = ","
    yield "]}}\n"


def _shared_out(messages: list[Entry], handshakes: Sequence[Handshake]) -> Iterator[tuple[Handshake, list[Entry]]]:
    """Each handshake with the messages from it to the next; the first also has those before it."""
    at = 0
    for one, following in zip(handshakes, (*handshakes[1:], None), strict=True):
        end = at
        until = following.exchange.started_ns if following and following.exchange else None
        while end < len(messages) and (until is None or messages[end].at_ns < until):
            end += 1
        yield one, messages[at:end]
        at = end


def _was_on_the_wire(entry: Entry) -> bool:
    """Whether this was a message or a control frame; errors are both, what servers and what this program say."""
    if entry.kind is EntryKind.ERROR:
        return entry.size > len(entry.text.encode())  # the JSON around it is longer
    return entry.kind not in _NOT_ON_THE_WIRE


def _message(entry: Entry) -> dict[str, object]:
    opcode = _OPCODES.get(entry.kind, TEXT)
    message: dict[str, object] = {
        "type": "send" if entry.direction is Direction.SENT else "receive",
        "time": wall_time(entry.at_ns).timestamp(),
        "opcode": opcode,
        "data": entry.text if opcode == TEXT else base64_of(entry.data),
    }
    if opcode == TEXT and entry.size > len(entry.text.encode()):
        message["comment"] = _BARE
    return message


def _entry(handshake: Handshake, messages: list[Entry]) -> dict[str, object]:
    exchange = masked(handshake.exchange) if handshake.exchange else None
    started = exchange.started_ns if exchange else messages[0].at_ns if messages else 0
    took = exchange.duration_ns / MS if exchange else 0
    fields: dict[str, object] = {
        "startedDateTime": rfc3339(started),
        "time": took,
        "request": _request(exchange, handshake.url),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
        "_resourceType": "websocket",
    }
    if exchange is None:
        fields["comment"] = "The handshake is not known."
    elif exchange.error:
        fields["comment"] = exchange.error
    if exchange is not None and exchange.remote is not None:
        fields["serverIPAddress"] = exchange.remote[0]
    return fields


def _request(exchange: Exchange | None, url: str) -> dict[str, object]:
    target = exchange.target if exchange else "/"
    return {
        "method": exchange.method if exchange else "GET",
        "url": f"{_server(url)}{target}",
        "httpVersion": f"HTTP/{exchange.version if exchange else '1.1'}",
        "cookies": [],
        "headers": _pairs(exchange.request_headers if exchange else ()),
        "queryString": _pairs(parse_qsl(target.partition("?")[2], keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": 0,
    }


def _response(exchange: Exchange | None) -> dict[str, object]:
    headers = exchange.response_headers if exchange else ()
    size = exchange.response_size if exchange else 0
    return {
        "status": exchange.status if exchange else 0,
        "statusText": exchange.reason if exchange else "",
        "httpVersion": f"HTTP/{exchange.version if exchange else '1.1'}",
        "cookies": [],
        "headers": _pairs(headers),
        "content": {"size": size, "mimeType": header(headers, "Content-Type") or "x-unknown"},
        "redirectURL": header(headers, "Location") or "",
        "headersSize": -1,
        "bodySize": size,
    }


def _server(url: str) -> str:
    """Scheme, host and port of a URL, without user and password."""
    scheme, _, rest = url.strip().partition("://")
    return f"{scheme}://{_AUTHORITY_END.split(rest, maxsplit=1)[0].rpartition('@')[2]}"


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
