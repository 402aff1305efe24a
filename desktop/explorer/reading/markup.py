"""Indents XML and HTML source: nothing but white space between tags changes, and text among tags stays as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.widgets.json_text import INDENT, MAX_INDENT

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""HTML elements without an end tag (HTML standard, section 13.1.2)."""

_VERBATIM = frozenset({"pre", "textarea", "script", "style", "title"})
_RAW = re.compile(r"(?=</(?:script|style|textarea|title)\b)", re.IGNORECASE)
# What is not terminated goes to the end: looking for its end again and again would cost the square of the text.
_TOKEN = re.compile(
    r"""(?P<other><!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)
          |<!(?:[^\[\]<>"']|"[^"]*"|'[^']*'|\[.*?(?:\]|\Z))*+(?:>|\Z))
      | </(?P<end>[^\s>]*+)[^>]*+>
      | <(?P<start>[A-Za-z_:][^\s/>"'<]*+)(?:[^"'<>]|"[^"]*"|'[^']*')*+>
      | (?P<text>[^<]+|<)
    """,
    re.VERBOSE | re.DOTALL,
)
_PRESERVED = re.compile(r"""\sxml:space\s*=\s*["']preserve["']""")


@dataclass(slots=True)
class _Token:
    """A piece of the source; ``end`` is the number of the token that closes an element, itself if there is none."""

    kind: str
    text: str
    name: str
    start: int
    end: int = -1
    verbatim: bool = False
    has_children: bool = False


@dataclass(frozen=True, slots=True)
class Indented:
    """``fault`` is a sentence about the first tag that does not fit, in XML."""

    text: str
    fault: str | None = None


def indent_xml(text: str) -> Indented:
    """Indent an XML text."""
    tokens = list(_tokens(text, html=False))
    stray = _match(tokens, html=False)
    return Indented(_print(tokens), _fault(text, stray) if stray is not None else None)


def indent_html(text: str) -> str:
    """Indent HTML source; where end tags are left out, lines go further in than they need."""
    tokens = list(_tokens(text, html=True))
    _match(tokens, html=True)
    return _print(tokens)


def _tokens(text: str, html: bool) -> Iterator[_Token]:
    position = 0
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup or ""
        name = match[kind] if kind in ("start", "end") else ""
        yield _Token(kind, match[0], name.lower() if html else name, position)
        position = match.end()
        if html and kind == "start" and name.lower() in _VERBATIM - {"pre"}:
            close = _RAW.search(text, position)
            stop = close.start() if close else len(text)
            if stop > position:
                yield _Token("text", text[position:stop], "", position)
            position = stop


def _match(tokens: list[_Token], html: bool) -> _Token | None:
    """Find each element's end, and whether its content has text of its own; the first tag that does not fit."""
    open_ones: list[_Token] = []
    stray: _Token | None = None
    for number, token in enumerate(tokens):
        parent = open_ones[-1] if open_ones else None
        if parent is not None and token.kind == "text" and not token.text.isspace():
            parent.verbatim = True
        if parent is not None and token.kind in ("start", "other"):
            parent.has_children = True
        if token.kind == "start":
            if _stays_open(token, html):
                open_ones.append(token)
        elif token.kind == "end" and not _close(open_ones, token.name, number):
            stray = stray or token
    return stray or (open_ones[0] if open_ones else None)


def _stays_open(token: _Token, html: bool) -> bool:
    """Whether a start tag waits for its end tag."""
    token.verbatim = (html and token.name in _VERBATIM) or _PRESERVED.search(token.text) is not None
    return not token.text.endswith("/>") and not (html and token.name in VOID)


def _close(open_ones: list[_Token], name: str, number: int) -> bool:
    """Close the innermost open element of that name and all within it; False where that was not the innermost one."""
    for depth in range(len(open_ones) - 1, max(len(open_ones) - 200, -1), -1):
        if open_ones[depth].name == name:
            open_ones[depth].end = number
            fits = depth == len(open_ones) - 1
            del open_ones[depth:]
            return fits
    return False


def _print(tokens: list[_Token]) -> str:
    pieces: list[str] = []
    ends: list[int] = []
    number = 0
    while number < len(tokens):
        token = tokens[number]
        if token.kind == "text" and token.text.isspace():
            number += 1
            continue
        if ends and ends[-1] == number:
            ends.pop()
        lead = "\n" + INDENT * min(len(ends), MAX_INDENT) if pieces else ""
        if token.end > number and (token.verbatim or not token.has_children):
            pieces += (lead, *(one.text for one in tokens[number : token.end + 1]))
            number = token.end + 1
            continue
        pieces += (lead, token.text.strip(" \t\r\n") if token.kind == "text" else token.text)
        if token.end > number:
            ends.append(token.end)
        number += 1
    return "".join(pieces)


def _fault(text: str, token: _Token) -> str:
    line = text.count("\n", 0, token.start) + 1
    wrong = "closes no open element" if token.kind == "end" else "is not closed"
    return f"This is not well-formed XML: “{token.text[:60]}” at line {line} {wrong}."
