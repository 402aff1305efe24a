"""Values where there is only text: a field of a form, an XML element without a type, a cell of a table."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from servers.rest.strict_json import Json, Number, read, write

Schema = Mapping[str, Any]

_TYPES: dict[str, type] = {"integer": Number, "number": Number, "boolean": bool, "array": list, "object": dict}


def value_of(text: str, schema: Schema) -> Json:
    """The value that ``text`` stands for where ``schema`` (JSON Schema, draft 2020-12) says what is expected.

    Of several types the first that the text can be is taken. A text that is none of them stays text, so that
    validation can say what is wrong with it.
    """
    expected = kinds(schema)
    if not text and "null" in expected:
        return None
    wanted = tuple(_TYPES[kind] for kind in takewhile("string".__ne__, expected) if kind in _TYPES)
    if not wanted:
        return text
    try:
        found = read(text.encode())
    except ValueError:  # JsonError, or half of a surrogate pair
        return text
    return found if isinstance(found, wanted) else text


def text_of(value: Json) -> str:
    """The text that ``value_of`` turns into this value again; empty for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else write(value)


def kinds(schema: Schema) -> tuple[str, ...]:
    """The names of the types that a value may have: those of the schema, else that of its first example, else none."""
    named = schema.get("type", ())
    if named:
        return (named,) if isinstance(named, str) else tuple(named)
    return tuple(_kind(example) for example in schema.get("examples", ())[:1])


def schema_of_member(schema: Schema, name: str) -> Schema:
    """The schema of one member of an object; empty where nothing is known."""
    return _schema(schema.get("properties", {}).get(name))


def schema_of_items(schema: Schema) -> Schema:
    """The schema of the elements of an array; empty where nothing is known."""
    return _schema(schema.get("items"))


def _schema(found: object) -> Schema:
    """A schema may also be true or false (JSON Schema Core, section 4.3.2), which says nothing about types."""
    return found if isinstance(found, Mapping) else {}


def _kind(example: object) -> str:
    if example is None:
        return "null"
    by_type = ((bool, "boolean"), (Number | int | float, "number"), (Mapping, "object"), (list | tuple, "array"))
    return next((name for kind, name in by_type if isinstance(example, kind)), "string")
