"""Indents JSON in which variables may stand; numbers, the order of names and escapes stay as they were written."""

from collections.abc import Iterator

from desktop.widgets.json_text import NotJson, located_tokens, pretty
from desktop.widgets.variables import variables


def json_tokens(text: str) -> Iterator[tuple[int, str]]:
    """The tokens of a JSON text (RFC 8259) with their places. Raises ValueError with a sentence where it is none."""
    try:
        yield from located_tokens(text)
    except NotJson as error:
        raise ValueError(error.sentence(text)) from None


def indented(text: str) -> str:
    """The text with a line for every value. Raises ValueError with a sentence where it is not JSON."""
    plain = _with_numbers(text)
    laid_out = pretty(plain).text
    pieces, at = [], 0
    for (place, token), (start, _) in zip(json_tokens(plain), located_tokens(laid_out), strict=True):
        pieces += [laid_out[at:start], text[place : place + len(token)]]
        at = start + len(token)
    return "".join(pieces)


def _with_numbers(text: str) -> str:
    """The text with a number of the same length for each variable."""
    pieces, at = [], 0
    for start, end, _ in variables(text):
        pieces += [text[at:start], "1" * (end - start)]
        at = end
    return "".join((*pieces, text[at:]))
