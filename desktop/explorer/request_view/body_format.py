"""Checks and indents what is typed as a body, in steps; comments and variables in JSON are let stand."""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from heapq import merge

from desktop.explorer.model.json_comments import comments, with_blank_comments
from desktop.explorer.reading.markup import indent_html, indent_xml
from desktop.widgets.json_text import INDENT, MAX_INDENT, NotJson, located_tokens
from desktop.widgets.places import where
from desktop.widgets.variables import variables

MARKUP_LIMIT = 100_000
"""Characters of XML or HTML that are indented: it is done in one go."""

_TOKENS, _CHUNK = 100, 16_000  # about a millisecond of work
_BREAK = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a body: a sentence, and the index of the character where it is noticed."""

    sentence: str
    place: int


Check = Generator[None, None, Fault | None]


def check_json(text: str) -> Check:
    """Whether the text is JSON (RFC 8259) but for comments and variables; nothing at all is fine, too."""
    if not text.strip():
        return None
    names = list(variables(text))
    try:
        for number, _ in enumerate(located_tokens(_plain(text))):
            if number % _TOKENS == 0:
                yield
    except NotJson as error:
        if any(start <= error.position < end for start, end, _ in names):
            return None
        return Fault(f"Not JSON: {error.expected} was expected {where(text, error.position)}.", error.position)
    return None


def check_xml(text: str) -> Check:
    """Whether the text is well-formed XML; no entity is resolved and nothing is fetched."""
    from lxml import etree

    if not text.strip():
        return None
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    data = text.encode("utf-8", "replace")
    try:
        yield from _feed(parser, data)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = (error.msg or "it is not well-formed").partition(", line ")[0]
        return Fault(f"Not well-formed XML: {reason} (line {line}, column {column}).", _index(text, line, column))
    return None


def indent_json(text: str) -> Generator[None, None, str]:
    """The text indented; not a token or comment of it is changed. Raises NotJson."""
    pieces: list[str] = []
    depth, before, ends_line = 0, "", False
    place = 0
    for number, (start, end, is_comment) in enumerate(merge(_comments(text), _tokens(text))):
        item = text[start:end]
        depth -= item in ("}", "]")
        if is_comment:
            on_own_line = ends_line or _BREAK.search(text, place, start) is not None
            pieces += (_line(depth) if on_own_line and pieces else " " if pieces else "", item)
            ends_line = on_own_line or item.startswith("//")
        else:
            pieces += (_line(depth) if ends_line and pieces else _lead(before, item, depth), item)
            before, ends_line = item, False
        depth += item in ("{", "[")
        place = end
        if number % _TOKENS == 0:
            yield
    return "".join(pieces)


def indent_markup(text: str, *, html: bool) -> str:
    """XML or HTML indented; only white space between tags is changed."""
    return indent_html(text) if html else indent_xml(text).text


Item = tuple[int, int, bool]


def _comments(text: str) -> Iterator[Item]:
    return ((start, end, True) for start, end in comments(text))


def _tokens(text: str) -> Iterator[Item]:
    return ((start, start + len(token), False) for start, token in located_tokens(_plain(text)))


def _plain(text: str) -> str:
    """JSON of the same length: blanks for comments, numbers for variables."""
    plain = with_blank_comments(text) if "//" in text or "/*" in text else text
    pieces, at = [], 0
    for start, end, _ in variables(plain):
        pieces += [plain[at:start], "1" * (end - start)]
        at = end
    return "".join((*pieces, plain[at:])) if pieces else plain


def _lead(before: str, after: str, depth: int) -> str:
    """What stands between two tokens."""
    if not before or after in ",:" or (after in "}]" and before in "{["):
        return ""
    return " " if before == ":" else _line(depth)


def _line(depth: int) -> str:
    return "\n" + INDENT * min(depth, MAX_INDENT)


def _feed(parser: object, data: bytes) -> Check:
    feed, close = getattr(parser, "feed"), getattr(parser, "close")  # noqa: B009 - lxml has no types
    for at in range(0, len(data), _CHUNK):
        feed(data[at : at + _CHUNK])
        yield
    close()
    return None


def _index(text: str, line: int, column: int) -> int:
    """The index of a place that is told by line and column, both from 1."""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return min(at + max(column - 1, 0), len(text))
