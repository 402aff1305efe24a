"""Pygments' lexers, with states for what may go on over several lines; to be loaded when a text is coloured."""

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, inherit, using
from pygments.lexers.css import CssLexer
from pygments.lexers.graphql import GraphQLLexer
from pygments.lexers.html import HtmlLexer, XmlLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Keyword, Name, Number, Punctuation, String, Text, Whitespace

_Rules = dict[str, list[Any]]


def _until(end: str, token: Any) -> list[Any]:
    """A state that lasts until ``end``, over as many lines as that takes."""
    return [(end, token, "#pop"), (rf"(?:(?!{end})[^\n])+", token), (r"\n", token)]


class JsonLines(RegexLexer):  # type: ignore[misc] # Pygments has no types
    """JSON with comments; a string may be cut by the end of a block, not by that of a line."""

    tokens: ClassVar[_Rules] = {
        "root": [
            (r"\s+", Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r"/\*", Comment.Multiline, "comment"),
            (r'"(?:[^"\\\n]|\\.)*"(?=\s*:)', Name.Tag),
            (r'"(?:[^"\\\n]|\\.)*"', String.Double),
            (r'"', String.Double, "string"),
            (r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", Number),
            (r"(?:true|false|null)\b", Keyword.Constant),
            (r"[{}\[\],:]", Punctuation),
            (r"[^\s\"{}\[\],:/]+|/", Text),
        ],
        "comment": _until(r"\*/", Comment.Multiline),
        "string": [(r'(?:[^"\\\n]|\\.)+|\\', String.Double), (r'"|\n', String.Double, "#pop")],
    }


def _markup() -> _Rules:
    """New lists each time: Pygments puts what is inherited into them."""
    return {
        "root": [
            (r"<!--", Comment.Multiline, "comment"),
            (r"<!\[CDATA\[", Comment.Preproc, "cdata"),
            (r"<\?", Comment.Preproc, "instruction"),
            inherit,
        ],
        "comment": _until("-->", Comment.Multiline),
        "cdata": _until(r"\]\]>", Comment.Preproc),
        "instruction": _until(r"\?>", Comment.Preproc),
        "attr": [(r'"', String, ("#pop", "double")), (r"'", String, ("#pop", "single")), inherit],
        "double": _until('"', String),
        "single": _until("'", String),
    }


class XmlLines(XmlLexer):  # type: ignore[misc] # Pygments has no types
    """XML in which comments, sections, instructions and attributes may go on over several lines."""

    tokens: ClassVar[_Rules] = _markup()


class HtmlLines(HtmlLexer):  # type: ignore[misc] # Pygments has no types
    """HTML the same way, with scripts and styles that do not end at the end of their first line."""

    tokens: ClassVar[_Rules] = {
        **_markup(),
        "script-content": [
            (r"(</)(script)(\s*>)", bygroups(Punctuation, Name.Tag, Punctuation), "#pop"),
            (r".+?(?=</script\s*>)|.+", using(JavascriptLexer)),
        ],
        "style-content": [
            (r"(</)(style)(\s*>)", bygroups(Punctuation, Name.Tag, Punctuation), "#pop"),
            (r".+?(?=</style\s*>)|.+", using(CssLexer)),
        ],
    }


class JavascriptLines(JavascriptLexer):  # type: ignore[misc] # Pygments has no types
    """JavaScript in which comments may go on over several lines."""

    tokens: ClassVar[_Rules] = {
        "commentsandwhitespace": [(r"/\*", Comment.Multiline, "comment"), inherit],
        "comment": _until(r"\*/", Comment.Multiline),
    }


class GraphqlLines(GraphQLLexer):  # type: ignore[misc] # Pygments has no types
    """GraphQL with block strings."""

    tokens: ClassVar[_Rules] = {
        "ignored_tokens": [(r'"""', String.Doc, "block-string"), inherit],
        "value": [(r'"""', String.Doc, ("#pop", "block-string")), inherit],
        "block-string": _until('"""', String.Doc),
    }


BY_NAME: dict[str, Any] = {
    "JSON": JsonLines,
    "XML": XmlLines,
    "HTML": HtmlLines,
    "GraphQL": GraphqlLines,
    "JavaScript": JavascriptLines,
}
