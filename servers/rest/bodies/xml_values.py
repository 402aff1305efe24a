"""Members of a document as XML elements: every JSON value, every name and every text reads back exactly as it was."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from servers.rest.bodies.typed_text import Schema, schema_of_items, schema_of_member, value_of
from servers.rest.strict_json import Json, Number, write

ATOM = "http://www.w3.org/2005/Atom"
"""The namespace of links, which keeps them apart from members; members are in none."""

STEP = "  "

# Letters that are name characters in every edition of XML 1.0 and that are in no namespace; "xml..." is reserved.
_LETTERS = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u03a3-\u03ce\u0410-\u044f\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NAME = re.compile(rf"(?![Xx][Mm][Ll])[{_LETTERS}][{_LETTERS}0-9.-]*\Z")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_REPLACEMENT = "\ufffd"
_CR = {"\r": "&#13;"}  # a parser takes a carriage return that is not escaped for a line feed (XML 1.0, section 2.11)


def name_attributes(name: str) -> tuple[str, str]:
    """The element name and the attributes that stand for a member's name."""
    if name != "member" and _NAME.match(name):
        return name, ""
    if _UNFIT.search(name):
        return "member", f" json={quoteattr(json.dumps(name))}"
    return "member", f" name={quoteattr(name)}"


def container(name: str, attributes: str, children: Iterable[str], indent: str = "") -> str:
    """An element around others, which are indented by one STEP more; ``indent`` is the white space before it."""
    tag, own = name_attributes(name)
    inside = "".join(f"\n{child}" for child in children)
    if not inside:
        return f"{indent}<{tag}{own}{attributes}/>"
    return f"{indent}<{tag}{own}{attributes}>{inside}\n{indent}</{tag}>"


def members(document: Mapping[str, Json], schema: Schema, indent: str) -> Iterator[str]:
    """The elements of all members; ``schema`` tells which strings a reader could take for something else."""
    return (_member(name, value, schema_of_member(schema, name), indent) for name, value in document.items())


def plain(text: str) -> str:
    """Text for people as XML character data; what XML 1.0 cannot hold (section 2.2) is replaced by U+FFFD."""
    return escape(_UNFIT.sub(_REPLACEMENT, text), _CR)


def attribute(name: str, text: str) -> str:
    """An attribute for people, with the space before it."""
    return f" {name}={quoteattr(_UNFIT.sub(_REPLACEMENT, text))}"


def _member(name: str, value: Json, schema: Schema, indent: str) -> str:
    if isinstance(value, dict):
        return container(name, ' type="object"', members(value, schema, indent + STEP), indent)
    if isinstance(value, list):
        inner = schema_of_items(schema)
        children = (_member("item", one, inner, indent + STEP) for one in value)
        return container(name, ' type="array"', children, indent)
    tag, own = name_attributes(name)
    kind, text = _typed(value, schema)
    start = f"{indent}<{tag}{own}" + (f' type="{kind}"' if kind else "")
    return f"{start}>{escape(text, _CR)}</{tag}>" if text else f"{start}/>"


def _typed(value: str | Number | bool | None, schema: Schema) -> tuple[str, str]:
    """The type to name and the text of a scalar; no type where the text alone says it."""
    if isinstance(value, str):
        if _UNFIT.search(value):
            return "json", json.dumps(value)
        return "" if value_of(value, schema) == value else "string", value
    if value is None:
        return "null", ""
    return "boolean" if isinstance(value, bool) else "number", write(value)
