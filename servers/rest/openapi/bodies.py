"""The request bodies of the OpenAPI document, with an example each."""

from typing import Any

from jsonschema import Draft202012Validator

from servers.rest.openapi.common import Schema, plain, reference
from servers.rest.openapi.examples import document
from servers.rest.openapi.forms import fields
from servers.rest.openapi.names import Resource

JSON, XML, FORM = "application/json", "application/xml", "application/x-www-form-urlencoded"
PATCHES = ("application/merge-patch+json", JSON)
"""The media types of a patch."""


def of_creation(resource: Resource, ending: str, given: str) -> Schema:
    """A new item; where the path says what the member ``given`` is, ``ending`` ends the names of the schemas."""
    return _documents(f"{resource.one}.new{ending}", f"{resource.one}.newForm{ending}", _example(resource, given))


def of_replacement(resource: Resource) -> Schema:
    """A whole item."""
    return _documents(f"{resource.one}.replacement", f"{resource.one}.replacementForm", _example(resource))


def of_patch(resource: Resource) -> Schema:
    """A merge patch."""
    first = dict(list(_example(resource).get("example", {}).items())[:1])
    patch = {"schema": reference(f"{resource.one}.patch"), "example": first}
    return _body(dict.fromkeys(PATCHES, patch))


def of_item_form(resource: Resource) -> Schema:
    """A form for an item."""
    content = {"schema": reference(f"{resource.one}.itemForm"), "example": {"_method": "DELETE"}}
    return _body({FORM: content})


def _documents(schema: str, form: str, example: Schema) -> Schema:
    xml = {"schema": reference(schema)}
    sent = {"example": fields(example["example"])} if example else {}
    return _body({JSON: xml | example, XML: xml, FORM: {"schema": reference(form)} | sent})


def _example(resource: Resource, given: str = "") -> dict[str, Any]:
    """The member ``example`` with a document without the member ``given``; nothing if its schema wants another."""
    schema = plain(resource.definition.schema)
    made = document(schema)
    valid = Draft202012Validator(schema).is_valid(made)
    return {"example": {name: value for name, value in made.items() if name != given}} if valid else {}


def _body(content: dict[str, Schema]) -> Schema:
    return {"required": True, "content": content}
