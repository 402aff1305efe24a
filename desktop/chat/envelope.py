"""What goes over the wire for a message: bare, or as the chat subprotocol has it."""

from typing import NamedTuple

from servers.chat_protocol import SUBPROTOCOL, ChatKind, ChatMessage, byte_count, encode


class SendFailed(Exception):
    """The message was not sent, no byte of it; the text is a sentence for its author."""


class Payload(NamedTuple):
    """The content of one message, and whether it is text."""

    data: bytes
    is_text: bool


def bare(content: str | bytes) -> tuple[Payload, ...]:
    """Exactly this content. Raises SendFailed where UTF-8 cannot carry it."""
    if isinstance(content, bytes):
        return (Payload(content, is_text=False),)
    try:
        return (Payload(content.encode(), is_text=True),)
    except UnicodeEncodeError:
        raise SendFailed("The text has a character that UTF-8 cannot carry. It was not sent.") from None


def wrapped(content: str | bytes, to: str, label: str) -> tuple[Payload, ...]:
    """Content for everyone, or for the one client that it is ``to``; bytes follow their announcement. See ``bare``."""
    kind = ChatKind.PRIVATE if to else ChatKind.SAY
    if isinstance(content, str):
        return asked(ChatMessage(kind, content, to=to))
    announcement = ChatMessage(kind, label or byte_count(len(content)), size=len(content), to=to)
    return (*asked(announcement), *bare(content))


def asked(message: ChatMessage) -> tuple[Payload, ...]:
    """A message of the chat subprotocol. See ``bare``."""
    return bare(encode(message))


NO_CHAT = f"Not sent: only servers that speak {SUBPROTOCOL} know clients by name."
