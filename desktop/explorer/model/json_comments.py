"""Comments in JSON, which the grammar (RFC 8259) does not have but people type."""

import re
from collections.abc import Callable, Iterator

_CODE = re.compile(r'(?:[^"/]++|"(?:[^"\\\r\n]++|\\[^\r\n])*+"?|/(?![/*]))*+')
_COMMENT = re.compile(r"//[^\r\n]*+|/\*[\s\S]*?(?:\*/|\Z)")
_NOT_A_BREAK = re.compile(r"[^\r\n]")


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments ``// …`` and ``/* … */`` begin and end; inside strings there are none."""
    at = 0
    while (code := _CODE.match(text, at)) and (comment := _COMMENT.match(text, code.end())):
        yield comment.span()
        at = comment.end()


def without_comments(text: str) -> str:
    """The text with nothing taken out but its comments."""
    return _replaced(text, lambda comment: "")


def with_blank_comments(text: str) -> str:
    """The text with blanks for its comments: every other character stays in its line and column."""
    return _replaced(text, lambda comment: _NOT_A_BREAK.sub(" ", comment))


def _replaced(text: str, replacement: Callable[[str], str]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in comments(text):
        pieces += (text[at:start], replacement(text[start:end]))
        at = end
    return "".join((*pieces, text[at:]))
