"""Schemas as tables: the members of an object, their types and rules in words."""

from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Any, NamedTuple

Schema = Mapping[str, Any]

_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "{} or more elements",
    "maxItems": "{} elements at most",
    "pattern": "matches {}",
    "format": "a {}",
    "default": "{} if left out",
}


class Part(NamedTuple):
    """A piece of the words for a type; ``anchor`` is where on the page it is explained, if it is."""

    text: str
    anchor: str = ""


class Row(NamedTuple):
    """A member of an object or a parameter: its name, type, rules, description, an example as JSON."""

    name: str
    kind: str
    required: bool
    type: tuple[Part, ...]
    rules: str
    about: str
    example: str


class Table(NamedTuple):
    """A schema with the members that it names; ``type`` is what it is beyond that, ``note`` is about other members."""

    name: str
    anchor: str
    about: str
    type: tuple[Part, ...]
    rows: tuple[Row, ...]
    note: str


def anchor(name: str) -> str:
    """Where a schema is explained on the page."""
    return f"schema-{name}"


def tables(document: Mapping[str, Any]) -> Iterator[Table]:
    """The schemas of an OpenAPI document."""
    for name, schema in document["components"]["schemas"].items():
        rows, about = tuple(_rows(schema)), schema.get("description", "")
        yield Table(name, anchor(name), about, () if rows else type_of(schema), rows, _note(schema))


def row(name: str, schema: Schema, *, required: bool, kind: str = "", about: str = "", example: Any = None) -> Row:
    """A line of a table: a member, or a parameter of this ``kind``, whose example is text."""
    shown = next(iter(schema.get("examples", ())), None) if example is None else example
    text = "" if shown is None else shown if kind and isinstance(shown, str) else _json(shown)
    return Row(name, kind, required, type_of(schema), rules(schema), about or schema.get("description", ""), text)


def type_of(schema: Schema) -> tuple[Part, ...]:
    """The type in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (Part(name, anchor(name)),)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return tuple(_joined(type_of(one) for one in schema[word]))
    if "allOf" in schema:
        return tuple(_joined(type_of(one) for one in schema["allOf"] if "$ref" in one))
    if "enum" in schema:
        return (Part("one of " + ", ".join(map(_json, schema["enum"]))),)
    if "const" in schema:
        return (Part(_json(schema["const"]) if schema["const"] != "" else "empty"),)
    kinds = schema.get("type", "any value")
    if kinds == "array":
        return (Part("array of "), *type_of(schema.get("items", {})))
    return (Part(kinds if isinstance(kinds, str) else " or ".join(kinds)),)


def rules(schema: Schema) -> str:
    """What limits a value, apart from its type."""
    found = [words.format(schema[word]) for word, words in _BOUNDS.items() if word in schema]
    found += [text for one in schema.get("anyOf", ()) if (text := rules(one))]
    return ", ".join(dict.fromkeys([*found, *(["only read"] if schema.get("readOnly") else [])]))


def _rows(schema: Schema) -> Iterator[Row]:
    """A line for each member that the schema or one of its alternatives names."""
    alternatives = [schema] if "properties" in schema else schema.get("anyOf", ())
    members: dict[str, list[Schema]] = {}
    for one in alternatives:
        for name, member in one.get("properties", {}).items():
            members.setdefault(name, []).append(member)
    for name, found in members.items():
        required = all(name in one.get("required", ()) for one in alternatives)
        member = found[0] if found[1:] in ([], found[:1]) else {"anyOf": found}
        yield row(name, member, required=required)
    for pattern, member in schema.get("patternProperties", {}).items():
        yield row(f"names like {pattern}", member, required=False)
    if isinstance(schema.get("additionalProperties"), Mapping):
        yield row("any other name", schema["additionalProperties"], required=False)


def _note(schema: Schema) -> str:
    names = schema.get("propertyNames", {}).get("enum", ())
    if names:
        return f"The names are {', '.join(names)}."
    return "No other members." if schema.get("additionalProperties") is False else ""


def _joined(types: Iterable[tuple[Part, ...]]) -> Iterator[Part]:
    for number, one in enumerate(types):
        if number:
            yield Part(" or ")
        yield from one


def _json(value: Any) -> str:
    return dumps(value, ensure_ascii=False)
