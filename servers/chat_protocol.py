"""The messages of the WebSocket subprotocol ``portside.chat.v1``, for the server and the chat windows alike.

Every message is one JSON object in a text frame. Clients send ``{"kind": "say", "text": ...}``. Servers send objects
with ``kind`` (welcome, broadcast, reply, echo, join, leave, error), ``sender``, ``text``, ``time`` (UTC, RFC 3339) and,
for broadcast, reply and echo, ``id``: a reply has the id of the broadcast it answers. A message with ``size`` announces
that its content follows as one binary frame of that many bytes.
"""

import enum
import json
from dataclasses import dataclass
from datetime import UTC, datetime

SUBPROTOCOL = "portside.chat.v1"
NAME_LIMIT = 40
"""Characters that a client's name may have."""


class ChatKind(enum.Enum):
    """What a chat message is; the value is the word on the wire."""

    SAY = "say"
    WELCOME = "welcome"
    BROADCAST = "broadcast"
    REPLY = "reply"
    ECHO = "echo"
    JOIN = "join"
    LEAVE = "leave"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the subprotocol; ``size`` is the length in bytes of the binary frame that follows, if any."""

    kind: ChatKind
    text: str
    sender: str = ""
    time: str = ""
    id: int | None = None
    size: int | None = None


def encode(message: ChatMessage) -> str:
    """The JSON text of a message, without the fields that it does not have."""
    fields: dict[str, object] = {"kind": message.kind.value}
    if message.sender:
        fields["sender"] = message.sender
    fields["text"] = message.text
    optional = {"time": message.time or None, "id": message.id, "size": message.size}
    return json.dumps(fields | {key: value for key, value in optional.items() if value is not None}, ensure_ascii=False)


def decode(text: str) -> ChatMessage:
    """Read a message of the subprotocol. Raises ValueError with a sentence when ``text`` is not one."""
    try:
        fields = json.loads(text)
    except RecursionError as error:
        raise ValueError("The message is nested too deeply.") from error
    except ValueError as error:
        raise ValueError(f"A {SUBPROTOCOL} message must be JSON.") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError('A chat message must be a JSON object with a string "text".')
    try:
        kind = ChatKind(fields.get("kind"))
    except ValueError as error:
        raise ValueError(f"{str(fields.get('kind'))[:40]!r} is not a kind of chat message.") from error
    if not _is_unicode(fields["text"]):
        raise ValueError("The text has half of a surrogate pair, which UTF-8 cannot carry.")
    return ChatMessage(
        kind,
        fields["text"],
        sender=_text(fields.get("sender")),
        time=_text(fields.get("time")),
        id=_number(fields.get("id")),
        size=_number(fields.get("size")),
    )


def now() -> str:
    """The present moment as the subprotocol writes it: RFC 3339, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: object) -> str:
    return value if isinstance(value, str) and _is_unicode(value) else ""


def _is_unicode(text: str) -> bool:
    """Whether UTF-8 can carry the text: JSON can name unpaired surrogates (RFC 8259, section 8.2)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
