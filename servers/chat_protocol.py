"""The messages of the WebSocket subprotocol ``portside.chat.v1``, for the server and the chat windows alike.

Every message is one JSON object in a text frame. ``resources/websocket`` has its schema and a page for people.
A message with ``size`` announces that its content follows as one binary message of that many bytes, and its ``text``
is a label for it. Clients send

- ``say`` with ``text``: what the server's mode is about,
- ``private`` with ``text`` and ``to``: for one other client of the same room,
- ``name`` with ``text``: the name that the client would like to have,
- ``list``: who is in the room?

Servers send ``welcome``, ``broadcast``, ``reply``, ``echo``, ``private``, ``join``, ``leave``, ``name`` (somebody has
another name: ``was`` is the old one), ``clients`` (the answer to ``list``), ``notice`` (what the server's user says)
and ``error``, with ``sender``, ``text`` and ``time`` (UTC, RFC 3339). Broadcasts, replies and private messages have an
``id``: a reply has the id of the broadcast it answers.
"""

import enum
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from servers.logs import visible

SUBPROTOCOL = "portside.chat.v1"
NAME_LIMIT = 40
"""Characters that the name of a client or a room may have."""

LAST_NUMBER = 2**53 - 1
"""The greatest ``id`` or ``size``: beyond it not every reader of JSON is exact (RFC 8259, section 6)."""

_KIND_SHOWN = 40
_LONGEST_INT = 19


class ChatKind(enum.Enum):
    """What a chat message is; the value is the word on the wire."""

    SAY = "say"
    PRIVATE = "private"
    NAME = "name"
    LIST = "list"
    WELCOME = "welcome"
    BROADCAST = "broadcast"
    REPLY = "reply"
    ECHO = "echo"
    JOIN = "join"
    LEAVE = "leave"
    CLIENTS = "clients"
    NOTICE = "notice"
    ERROR = "error"


FROM_CLIENTS = (ChatKind.SAY, ChatKind.PRIVATE, ChatKind.NAME, ChatKind.LIST)
"""The kinds that clients may send."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the subprotocol; ``size`` is the length in bytes of the binary message that follows, if any.

    ``id`` and ``size`` are from 0 to LAST_NUMBER, and UTF-8 can carry the strings. A private message says ``to`` whom.
    """

    kind: ChatKind
    text: str = ""
    sender: str = ""
    time: str = ""
    id: int | None = None
    size: int | None = None
    to: str = ""
    was: str = ""
    clients: tuple[str, ...] = ()


def encode(message: ChatMessage) -> str:
    """The JSON text of a message, without the fields that it does not have."""
    fields: dict[str, object] = {"kind": message.kind.value}
    if message.sender:
        fields["sender"] = message.sender
    fields["text"] = message.text
    optional = {
        "time": message.time or None,
        "id": message.id,
        "size": message.size,
        "to": message.to or None,
        "was": message.was or None,
        "clients": list(message.clients) or None,
    }
    return json.dumps(fields | {key: value for key, value in optional.items() if value is not None}, ensure_ascii=False)


def decode(text: str) -> ChatMessage:
    """Read a message of the subprotocol. Raises ValueError with a sentence when ``text`` is not one.

    Fields that the subprotocol does not have are ignored; of fields with the same name the last counts.
    """
    fields = _fields(text)
    kind = _kind(fields.get("kind"))
    given: dict[str, Any] = {name: read(name, fields[name]) for name, read in _READERS.items() if name in fields}
    if kind is not ChatKind.LIST and "text" not in given:
        raise ValueError(f'A chat message of the kind {kind.value} must have a "text".')
    if kind is ChatKind.PRIVATE and not given.get("to"):
        raise ValueError('A chat message of the kind private must say "to" whom.')
    return ChatMessage(kind, **given)


def byte_count(number: int) -> str:
    """What stands for bytes that have no label."""
    return f"{number} byte" if number == 1 else f"{number} bytes"


def now() -> str:
    """The present moment as the subprotocol writes it: RFC 3339, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(text: str) -> dict[str, object]:
    try:
        fields = _JSON.decode(text)
    except RecursionError as error:
        raise ValueError("The message is nested too deeply.") from error
    except ValueError as error:
        raise ValueError(f"A {SUBPROTOCOL} message must be JSON.") from error
    if not isinstance(fields, dict):
        raise ValueError("A chat message must be a JSON object.")
    return fields


def _kind(value: object) -> ChatKind:
    if not isinstance(value, str):
        raise ValueError('A chat message must have a string "kind".')
    kind = _KINDS.get(value)
    if kind is None:
        raise ValueError(f"“{visible(value[:_KIND_SHOWN])}” is not a kind of chat message.")
    return kind


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'The "{name}" of a chat message must be a string.')
    try:
        value.encode()
    except UnicodeEncodeError as error:  # JSON can name halves of surrogate pairs (RFC 8259, section 8.2)
        raise ValueError(f'The "{name}" has half of a surrogate pair, which UTF-8 cannot carry.') from error
    return value


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f'The "{name}" of a chat message must be a list of strings.')
    return tuple(_text(name, one) for one in value)


def _number(name: str, value: object) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LAST_NUMBER:
        number = int(value)
        if number == value:
            return number
    raise ValueError(f'The "{name}" of a chat message must be a whole number from 0 to {LAST_NUMBER}.')


def _whole(digits: str) -> int | float:
    """A number that is too great for every field need not be exact; Python would refuse one of thousands of digits."""
    return int(digits) if len(digits) <= _LONGEST_INT else float(digits)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON.")


_JSON = json.JSONDecoder(parse_int=_whole, parse_constant=_no_number)

_KINDS = {kind.value: kind for kind in ChatKind}

_READERS: dict[str, Callable[[str, object], object]] = {
    "text": _text,
    "sender": _text,
    "time": _text,
    "id": _number,
    "size": _number,
    "to": _text,
    "was": _text,
    "clients": _texts,
}
