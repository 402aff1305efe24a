"""Documents from XML that a client sent: no entities, no other namespaces, bounded depth, values as JSON has them."""

import codecs
import re
from collections.abc import Sequence
from types import NoneType
from typing import Any, Never
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ErrorString

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from servers.guard import Refusal
from servers.logs import visible
from servers.rest.bodies.typed_text import Schema, kinds, schema_of_items, schema_of_member, value_of
from servers.rest.bodies.xml_values import ATOM
from servers.rest.definition import Definition
from servers.rest.problems import Fault, invalid, pointer
from servers.rest.strict_json import MAX_DEPTH, Json, JsonError, Number, read

MAX_ELEMENTS = 20_000
"""So many are read in about 0.2 s, for which nothing else happens."""

_DECLARED = re.compile(r"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_TYPES: dict[str, type] = {"number": Number, "boolean": bool, "null": NoneType, "json": object}
_ATTRIBUTES = frozenset({"type", "name", "json"})


def read_xml(data: bytes, charset: str, definition: Definition) -> dict[str, Json]:
    """The members of the document in XML text. Refusal 400 for whatever is not sound, and no other exception.

    The root element has the name of one item of the collection. ``charset`` is that of the media type in lower case,
    empty where it names none. Numbers are as JSON writes them; links, which are elements of Atom, are passed over.
    """
    root = _parsed(_decoded(data, charset))
    if _name(root, "") != definition.singular:
        found = visible(_name(root, "")[:100])
        raise invalid([Fault("", f"The root element must be <{definition.singular}>; it is <{found}>.")])
    if root.get("type", "object") != "object":
        raise invalid([Fault("", "It must be an object: the root element has another type.")])
    return _object(root, definition.schema, "")


class _Builder(TreeBuilder):
    """Refuses at once what would cost much: depth, number, and names that a long namespace makes long."""

    _depth = 0
    _count = 0

    def start(self, tag: Any, attributes: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise Refusal(400, f"The XML has more than {MAX_ELEMENTS:,} elements.")
        if self._depth > MAX_DEPTH + 1:  # a scalar inside the deepest object has an element too
            raise Refusal(400, f"The XML is nested more than {MAX_DEPTH} levels deep.")
        is_link = tag.startswith(f"{{{ATOM}}}")
        if tag.startswith("{") and not is_link:
            raise Refusal(400, "An element is in a namespace; those of a document are in none, and links in Atom's.")
        for name in attributes:
            if name.startswith("{") or not (is_link or name in _ATTRIBUTES):
                raise Refusal(400, f"The attribute “{visible(name[:100])}” means nothing here; elements may have type.")
        return super().start(tag, attributes)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _decoded(data: bytes, charset: str) -> str:
    """The text of UTF-8, or of UTF-16 with its mark; neither the media type nor the declaration may say otherwise."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "UTF-16" if is_wide else "UTF-8"
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The XML text is not {encoding}: byte {error.start + 1} does not fit.") from error
    declared = _DECLARED.match(text[:300])
    for name in (charset, declared[1] if declared else ""):
        if name and name.upper() != encoding:
            raise Refusal(400, f"The XML text is said to be “{visible(name[:40])}”, but it is {encoding}.")
    return text


def _parsed(text: str) -> Element:
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        reason = ErrorString(error.code) if error.code else "it makes no sense"
        raise Refusal(400, f"Malformed XML in line {line}, column {column + 1}: {reason}.") from error
    except DefusedXmlException as error:
        raise Refusal(400, "XML with a document type declaration or entities is refused; leave them out.") from error
    return root


def _value(element: Element, schema: Schema, at: str) -> Json:
    kind = element.get("type", _implied(element, schema))
    if kind == "object":
        return _object(element, schema, at)
    if kind == "array":
        return _array(element, schema, at)
    if len(element):
        _fail(at, "It has elements inside, which only an object or an array may have.")
    text = element.text or ""
    if kind == "":
        return value_of(text, schema)
    if kind == "string":
        return text
    return _scalar(kind, text, at)


def _implied(element: Element, schema: Schema) -> str:
    """The type of an element that names none: elements inside tell of an array or an object, text says it itself."""
    if not len(element):
        return ""
    is_array = "array" in kinds(schema) and all(child.tag == "item" for child in element)
    return "array" if is_array else "object"


def _scalar(kind: str, text: str, at: str) -> Json:
    if kind not in _TYPES:
        _fail(at, "Its type must be string, number, boolean, null, array, object or json.")
    try:
        value = read((text or ("null" if kind == "null" else "")).encode())
    except JsonError as error:
        _fail(at, f"It is not a {kind} as JSON writes it. {error}")
    if not isinstance(value, _TYPES[kind]):
        _fail(at, f"It is not a {kind} as JSON writes it.")
    return value


def _object(element: Element, schema: Schema, at: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for child in _children(element, at):
        name = _name(child, at)
        place = at + pointer(name)
        if name in found:
            _fail(place, "It is there twice.")
        found[name] = _value(child, schema_of_member(schema, name), place)
    return found


def _array(element: Element, schema: Schema, at: str) -> list[Json]:
    children = _children(element, at)
    if any(child.tag != "item" for child in children):
        _fail(at, "It is an array: each element in it must be <item>.")
    inner = schema_of_items(schema)
    return [_value(child, inner, f"{at}/{index}") for index, child in enumerate(children)]


def _children(element: Element, at: str) -> Sequence[Element]:
    """The elements inside but for links; there must not be text between them."""
    if any((text or "").strip() for text in (element.text, *(child.tail for child in element))):
        _fail(at, "It has text between its elements.")
    return [child for child in element if not child.tag.startswith("{")]


def _name(element: Element, at: str) -> str:
    """The member's name: that of the element, or what an attribute of <member> says."""
    if element.tag != "member":
        return element.tag
    if (quoted := element.get("json")) is None:
        return element.get("name", element.tag)
    try:
        name = read(quoted.encode())
    except JsonError:
        name = None
    if not isinstance(name, str):
        _fail(at, "The json attribute of <member> must be a string as JSON writes it.")
    return name


def _fail(at: str, detail: str) -> Never:
    raise invalid([Fault(at, detail)])
