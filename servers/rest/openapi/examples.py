"""Examples of documents, made from their schemas; a rule that is out of the ordinary may make one invalid."""

from collections.abc import Mapping
from typing import Any

from servers.rest.openapi.common import Schema

_TEXTS = {"date": "2013-05-19", "date-time": "2013-05-19T15:00:00Z", "time": "15:00:00Z", "email": "leon@example.org"}
_PLAIN: dict[str, Any] = {"boolean": True, "null": None, "array": []}


def document(schema: Schema) -> dict[str, Any]:
    """An example with all members of an object schema but those that are only read, and ids."""
    members: Mapping[str, Schema] = schema.get("properties", {})
    return {
        name: example(member, name) for name, member in members.items() if name != "id" and not member.get("readOnly")
    }


def example(schema: Schema, name: str) -> Any:
    """A value for the member ``name``: one that the schema gives, else the first that its type allows."""
    for given in ("examples", "enum"):
        if schema.get(given):
            return schema[given][0]
    for given in ("example", "const", "default"):
        if given in schema:
            return schema[given]
    return _of_type(schema, name)


def _of_type(schema: Schema, name: str) -> Any:
    named = schema.get("type", "string")
    kind = named if isinstance(named, str) else named[0]
    if kind == "object":
        return document(schema)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 1)
    return _PLAIN[kind] if kind in _PLAIN else _TEXTS.get(schema.get("format", ""), name)[: schema.get("maxLength")]
