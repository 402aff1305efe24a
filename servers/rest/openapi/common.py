"""The schemas that every service has, whatever its data: ids, links, the entry document, problems."""

from collections.abc import Mapping
from typing import Any

from servers.rest.storage.ids import MAX_LENGTH
from servers.rest.strict_json import Number

Schema = dict[str, Any]
Operation = dict[str, Any]


def reference(name: str) -> Schema:
    """A reference to one of the schemas of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


_ID: Schema = {
    "description": f"An integer, or a text of 1 to {MAX_LENGTH} characters without control characters.",
    "anyOf": [
        {"type": "integer"},
        {
            "type": "string",
            "minLength": 1,
            "maxLength": MAX_LENGTH,
            "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
            "not": {"enum": [".", ".."]},
        },
    ],
}

_LINK: Schema = {
    "description": "A link (RFC 8288).",
    "type": "object",
    "required": ["rel", "href"],
    "properties": {
        "rel": {"type": "string", "description": "What it leads to, seen from here: its relation type."},
        "href": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "Words for people."},
    },
}

_ENTRY: Schema = {
    "description": "The entry document: links to everything.",
    "type": "object",
    "required": ["links"],
    "properties": {"title": {"type": "string"}, "links": {"type": "array", "items": reference("Link")}},
}

_PROBLEM: Schema = {
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"const": "about:blank", "description": "The status says all about the kind of problem."},
        "title": {"type": "string", "description": "The official name of the status."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "A sentence on what happened and what to do."},
        "instance": {"type": "string", "format": "uri-reference", "description": "The path that was asked for."},
        "meaning": {"type": "string", "description": "What the status means to a REST service."},
        "errors": {
            "type": "array",
            "description": "Each fault of the document that was sent.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "Where: a JSON pointer (RFC 6901)."},
                    "detail": {"type": "string", "description": "What is wrong there."},
                },
            },
        },
    },
}

COMMON = {"Entry": _ENTRY, "Id": _ID, "Link": _LINK, "Problem": _PROBLEM}
"""All of them, by name."""

LINKS: Schema = {"type": "array", "items": reference("Link")}


def plain(value: Any) -> Any:
    """A copy made of what JSON is made of in Python, numbers included."""
    if isinstance(value, Mapping):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if isinstance(value, Number):
        return float(value.text) if {*value.text} & {*".eE"} else int(value.text)
    return value
