"""The schemas of what HTML forms send: members as text, and empty text where a member is to be left out."""

from json import dumps
from typing import Any

from servers.rest.bodies.typed_text import kinds
from servers.rest.openapi.common import Schema

_ONE: Schema = {"type": ["string", "number", "boolean"]}
_MATCH: Schema = {
    "type": "string",
    "description": "The entity tag of the page that the form was on, as in If-Match; empty where it does not matter.",
}
_CONTROLS: Schema = {"^_": _ONE | {"description": "Fields with such names are no members of the document."}}
_SHAPES = {"type", "enum", "const", "anyOf", "oneOf", "allOf"}


def form(schema: Schema) -> Schema:
    """What a form that creates a document sends, if ``schema`` is that of the document."""
    required = schema.get("required", ())
    members = {
        name: _field(member, name in required)
        for name, member in schema.get("properties", {}).items()
        if not member.get("readOnly")
    }
    others = False if schema.get("additionalProperties") is False else _ONE
    kept = {name: value for name, value in schema.items() if name != "xml"}
    return kept | {"properties": members, "patternProperties": _CONTROLS, "additionalProperties": others}


def item_form(schema: Schema) -> Schema:
    """What a form on the page of a document sends: the method that it stands for, and the document for PUT."""
    whole = form(schema)
    put = {"_method": {"const": "PUT"}, "_match": _MATCH}
    delete = {"_method": {"const": "DELETE"}, "_match": _MATCH}
    return {
        "anyOf": [
            whole | {"required": ["_method", *whole.get("required", ())], "properties": put | whole["properties"]},
            {"type": "object", "required": ["_method"], "properties": delete, "additionalProperties": _ONE},
        ]
    }


def fields(document: dict[str, Any]) -> dict[str, Any]:
    """What a form sends for a document: no null, and objects as JSON."""
    kept = {name: value for name, value in document.items() if value is not None}
    return {name: dumps(value) if isinstance(value, dict) else value for name, value in kept.items()}


def _field(schema: Schema, required: bool) -> Schema:
    text = _text(schema)
    if not required:
        return {"anyOf": [text, {"const": ""}]}
    return text | {"minLength": max(1, text.get("minLength", 0))} if text.get("type") == "string" else text


def _text(schema: Schema) -> Schema:
    """What the text of a field can say: no null, objects as JSON, arrays as a field for each element, one at least."""
    if "object" in kinds(schema):
        return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
    if kinds(schema) == ("array",):
        items = schema.get("items")
        one = _text(items) if isinstance(items, dict) else _ONE
        return {"anyOf": [schema | {"type": "array", "items": one}, one]}
    types = schema.get("type")
    if isinstance(types, list) and "null" in types:
        kept = [one for one in types if one != "null"]
        return schema | {"type": kept or types}
    return schema if _SHAPES & {*schema} else schema | _ONE
