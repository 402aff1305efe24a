"""Which value of a JSON text stands at a place in it, and by which path it is reached."""

import json
import re
from dataclasses import dataclass

from desktop.widgets.json_text import located_tokens


@dataclass(frozen=True, slots=True)
class Value:
    """``text`` as it stands there; ``path`` is its normalized path (RFC 9535, section 2.7)."""

    path: str
    text: str


@dataclass(slots=True)
class _Open:
    """An object or array that has begun at ``start``, its name at ``lead``; and what of it is being read."""

    start: int
    lead: int
    path: str
    kind: str
    number: int = 0
    name: str = ""
    name_start: int = -1

    def takes(self, start: int, piece: str) -> bool:
        """Whether a token is no value but a comma, a colon or the name of a member."""
        if piece == ",":
            self.number, self.name_start = self.number + 1, -1
        elif self.kind == "{" and self.name_start < 0:
            self.name, self.name_start = piece, start
        else:
            return piece == ":"
        return True

    def child(self) -> str:
        """The path of the value that is being read."""
        if not self.kind:
            return "$"
        return f"{self.path}[{_quoted(self.name)}]" if self.kind == "{" else f"{self.path}[{self.number}]"


def value_at(text: str, offset: int) -> Value | None:
    """The innermost value that contains a character, itself or in its name; None outside of all values.

    Raises NotJson where the text breaks before that. Takes some seconds for two million characters.
    """
    open_ones = [_Open(0, 0, "", "")]
    for start, piece in located_tokens(text):
        inside = open_ones[-1]
        if piece in "}]":
            open_ones.pop()
            if inside.lead <= offset <= start:
                return Value(inside.path, text[inside.start : start + 1])
        elif not inside.takes(start, piece):
            lead = inside.name_start if inside.kind == "{" else start
            if piece in "{[":
                open_ones.append(_Open(start, lead, inside.child(), piece))
            elif lead <= offset < start + len(piece):
                return Value(inside.child(), piece)
    return None


def _quoted(name: str) -> str:
    """A member's name, given as a JSON string, in the single quotes of a normalized path."""
    text = re.sub(r"[\\']", r"\\\g<0>", json.loads(name))
    return "'" + re.sub(r"[\x00-\x1f]", _escaped, text) + "'"


def _escaped(found: "re.Match[str]") -> str:
    short = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r"}
    return short.get(found[0]) or f"\\u{ord(found[0]):04x}"
