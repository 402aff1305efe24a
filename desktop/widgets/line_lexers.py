"""Reads source line by line: what Pygments does with a whole text, in steps that can start and stop anywhere."""

import enum
from collections.abc import Iterator
from functools import cache
from typing import Any

from desktop.widgets.syntax import Kind

Stack = tuple[str, ...]
"""The states that are open at the end of a line, the innermost last."""

START: Stack = ("root",)
_DEEPEST = 60
"""Open states that are remembered: braces without end must not cost more and more."""


class Language(enum.Enum):
    """What a text is written in; the value is the word that is shown."""

    TEXT = "Text"
    JSON = "JSON"
    XML = "XML"
    HTML = "HTML"
    GRAPHQL = "GraphQL"
    JAVASCRIPT = "JavaScript"


def read_line(line: str, language: Language, stack: Stack) -> tuple[list[tuple[int, int, Kind]], Stack]:
    """The coloured pieces of a line (from, to), and what is open behind it; the line has its LF if it has one."""
    if language is Language.TEXT:
        return [], START
    lexer, context, kinds = _reader(language)
    state = context(line, 0, [one for one in stack if one in lexer._tokens] or ["root"])
    found: list[tuple[int, int, Kind]] = []
    for start, token, piece in _tokens(lexer, state):
        kind = kinds.get(token)
        if kind is None and token not in kinds:
            kind = kinds[token] = next(
                (kinds[one] for one in reversed(token.split()) if kinds.get(one) is not None), None
            )
        if kind is not None:
            found.append((start, start + len(piece), kind))
    return found, tuple(state.stack[:_DEEPEST])


def _tokens(lexer: Any, state: Any) -> Iterator[tuple[int, Any, str]]:
    from pygments.lexer import ExtendedRegexLexer

    found: Iterator[tuple[int, Any, str]] = ExtendedRegexLexer.get_tokens_unprocessed(lexer, context=state)
    return found


@cache
def _reader(language: Language) -> tuple[Any, Any, dict[Any, Kind | None]]:
    """The lexer, the class of its state, and the kinds of its tokens; Pygments loads with the first text."""
    from pygments.lexer import LexerContext
    from pygments.token import Token

    from desktop.widgets import lexers

    kinds: dict[Any, Kind | None] = {
        Token.Name.Tag: Kind.NAME,
        Token.Name.Function: Kind.NAME,
        Token.Name.Label: Kind.NAME,
        Token.Name.Attribute: Kind.ATTRIBUTE,
        Token.Name.Variable: Kind.ATTRIBUTE,
        Token.Name.Class: Kind.ATTRIBUTE,
        Token.Name.Decorator: Kind.ATTRIBUTE,
        Token.Name.Entity: Kind.NUMBER,
        Token.Name.Builtin: Kind.KEYWORD,
        Token.Literal.String: Kind.STRING,
        Token.Literal.Number: Kind.NUMBER,
        Token.Keyword: Kind.KEYWORD,
        Token.Comment: Kind.COMMENT,
    }
    return lexers.BY_NAME[language.value](), LexerContext, kinds
