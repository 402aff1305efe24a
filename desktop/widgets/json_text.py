"""Indents JSON without changing a token: numbers, escapes, key order and duplicate keys stay as they were written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.widgets.places import where

INDENT = "  "
MAX_INDENT = 64
"""Levels after which lines are not indented further, so that deep nesting cannot blow up the text."""

_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
        (?P<s>"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
      | (?P<v>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null)
      | (?P<p>[{}\[\],:])
    )""",
    re.VERBOSE,
)
_CUT = re.compile(r'(?:"(?:[^"\\]|\\.)*+\\?|[-+.\w]*)\Z', re.DOTALL)
_NOT_BLANK = re.compile(r"[^ \t\n\r]")


# What may come next, in the words of a message.
_VALUE = "a value"
_FIRST_VALUE = "a value or “]”"
_NAME = "a name in double quotes"
_FIRST_NAME = "a name in double quotes or “}”"
_COLON = "“:”"
_IN_ARRAY = "“,” or “]”"
_IN_OBJECT = "“,” or “}”"
_END = "the end of the text"

_STEPS = {
    **{(state, "{"): _FIRST_NAME for state in (_VALUE, _FIRST_VALUE)},
    **{(state, "["): _FIRST_VALUE for state in (_VALUE, _FIRST_VALUE)},
    **{(state, kind): _END for state in (_VALUE, _FIRST_VALUE) for kind in "sv"},
    **{(state, "s"): _COLON for state in (_NAME, _FIRST_NAME)},
    **{(state, "}"): _END for state in (_FIRST_NAME, _IN_OBJECT)},
    **{(state, "]"): _END for state in (_FIRST_VALUE, _IN_ARRAY)},
    (_COLON, ":"): _VALUE,
    (_IN_ARRAY, ","): _VALUE,
    (_IN_OBJECT, ","): _NAME,
}


@dataclass(frozen=True, slots=True)
class Pretty:
    """``text`` for reading; where it is not JSON, the text as it was and a sentence that says where it fails."""

    text: str
    fault: str | None = None


class NotJson(Exception):
    """A text that breaks the grammar at ``position``, where ``expected`` should stand."""

    def __init__(self, position: int, expected: str) -> None:
        super().__init__(position)
        self.position = position
        self.expected = expected

    def sentence(self, text: str) -> str:
        """What is wrong with ``text``, and where."""
        return f"This is not JSON: {self.expected} was expected {where(text, self.position)}."


def tokens(text: str) -> Iterator[str]:
    """The tokens of a JSON text (RFC 8259) as written. Raises NotJson where the grammar is broken."""
    return (token for _, token in located_tokens(text))


def located_tokens(text: str) -> Iterator[tuple[int, str]]:
    """The same, each with the place where it starts."""
    state, position = _VALUE, 0
    open_ones = [_END]
    while (match := _TOKEN.match(text, position)) is not None:
        kind = match.lastgroup or ""
        token = match[kind]
        symbol = token if kind == "p" else kind
        following = _STEPS.get((state, symbol))
        if following is None:
            raise NotJson(match.start(kind), state)
        if symbol in "{[":
            open_ones.append(_IN_OBJECT if symbol == "{" else _IN_ARRAY)
        elif symbol in "}]":
            open_ones.pop()
        state = open_ones[-1] if following == _END else following
        position = match.end()
        yield match.start(kind), token
    end = _NOT_BLANK.search(text, position)
    if state != _END or end is not None:
        raise NotJson(end.start() if end else len(text), state)


def pretty(text: str, limit: int | None = None, cut: bool = False) -> Pretty:
    """Indent a JSON text.

    Stops after about ``limit`` characters; what follows is then not checked either. A text that was ``cut`` somewhere
    may end in the middle.
    """
    lines: list[str] = []
    size, depth, before = 0, 0, ""
    try:
        for one in tokens(text):
            if one in "}]":
                depth -= 1
            lead = _lead(before, one, depth)
            if one in "{[":
                depth += 1
            lines += (lead, one)
            size += len(lead) + len(one)
            before = one
            if limit is not None and size > limit:
                break
    except NotJson as error:
        if not (cut and (rest := _CUT.match(text, error.position))):
            return Pretty(text, f"{error.sentence(text)} It is shown as it came.")
        lines += (_lead(before, rest[0], depth) if rest[0] else "", rest[0])
    return Pretty("".join(lines))


def _lead(before: str, after: str, depth: int) -> str:
    """What stands between two tokens."""
    if not before or after in ",:":
        return ""
    if before == ":":
        return " "
    if after in "}]" and before in "{[":
        return ""
    return "\n" + INDENT * min(depth, MAX_INDENT)
