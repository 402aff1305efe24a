"""What a chat window's user wants to send, as typed."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace


class Form(enum.Enum):
    """How what was typed becomes a message; the value is the word that users read."""

    TEXT = "Text"
    JSON = "JSON"
    HEX = "Hex"
    BASE64 = "Base64"
    FILE = "File"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """``text`` as typed; of a FILE it is the path. The message is text for TEXT and JSON, binary otherwise.

    ``to`` names the one client that it is for; empty is for everyone. With ``raw`` it goes out exactly as typed, also
    where the chat subprotocol is spoken, which otherwise wraps it.
    """

    text: str
    form: Form = Form.TEXT
    to: str = ""
    raw: bool = False

    def resolve(self, filled: Callable[[str], str]) -> "Outgoing":
        """The same with its text put through ``filled``, which replaces the variables in it."""
        return replace(self, text=filled(self.text))
