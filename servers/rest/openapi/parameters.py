"""The parameters of the OpenAPI document: query words, path variables and conditions."""

from collections.abc import Iterable
from typing import Any

from servers.rest.definition import Definition
from servers.rest.formats import FORMATS
from servers.rest.openapi.common import Schema
from servers.rest.openapi.common import reference as schema_reference
from servers.rest.openapi.names import Resource
from servers.rest.queries.filters import MAX_SEARCH
from servers.rest.queries.query import MAX_PAGE
from servers.rest.queries.words import MAX_SORTS

Parameter = dict[str, Any]

_TAG = '"1-5f3b2c9a-json"'
_COUNTED: Schema = {"type": "integer", "minimum": 1}
_PLACE: Schema = {"type": "integer", "minimum": 0}
# What counts as white space differs between ECMA-262 and Python in some control characters.
_NAME: Schema = {"type": "string", "pattern": r"^[^,]*[^,\s\u001c-\u001f\u0085][^,]*$"}


def components() -> dict[str, Parameter]:
    """The parameters that are the same for all collections, by name."""
    return {
        "id": {
            "name": "id",
            "in": "path",
            "required": True,
            "description": "The id of the item, percent-encoded.",
            "schema": {"type": "string", "minLength": 1},
            "example": "1",
        },
        "If-Match": _header("If-Match", "Change it only if its entity tag is one of these (RFC 9110, section 13.1.1)."),
        "If-None-Match": _header(
            "If-None-Match", "Send it only if its entity tag is none of these (RFC 9110, section 13.1.2)."
        ),
        "format": _format("format"),
        "_format": _format("_format"),
        **_WORDS,
    }


def format_of(definition: Definition) -> Parameter:
    """The word for the representation: it has an underscore where the documents have a member ``format``."""
    return reference("_format" if "format" in definition.properties else "format")


def of_listings(resource: Resource) -> list[Parameter]:
    """What the query of a list understands: the words, and each member as a filter."""
    filters = [
        _query(name, f"Only items whose {name} is this text; repeated: one of these.", {"type": "string"})
        for name in ("id", *resource.definition.properties)
        if name not in {*_WORDS, "_embed", "_expand", "_format"}
    ]
    return [*map(reference, _WORDS), *_linked(resource), format_of(resource.definition), *filters]


def of_items(resource: Resource) -> list[Parameter]:
    """What the query of an item understands."""
    return [reference("_fields"), *_linked(resource), format_of(resource.definition)]


def reference(name: str) -> Parameter:
    """A reference to one of the components."""
    return {"$ref": f"#/components/parameters/{name}"}


def _linked(resource: Resource) -> Iterable[Parameter]:
    """The words that show linked resources; a collection without them has none."""
    parents = sorted({name for one in resource.parents for name in (one.rel, one.parent)})
    children = sorted({one.child for one in resource.children})
    if parents or children:
        about = "Collections whose items that belong to an item are shown inside it; what _expand takes, too."
        yield _listed("_embed", about, {"enum": [*children, *(name for name in parents if name not in children)]})
    if parents:
        yield _listed("_expand", "What each item belongs to, to be shown inside it.", {"enum": parents})


def _format(name: str) -> Parameter:
    return _query(
        name, "The representation to send, whatever the Accept header says.", {"type": "string", "enum": [*FORMATS]}
    )


def _query(name: str, description: str, schema: Schema) -> Parameter:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _listed(name: str, description: str, items: Schema, **limits: int) -> Parameter:
    """A word that takes several values with commas between them."""
    schema = {"type": "array", "minItems": 1, "items": items, **limits}
    return _query(name, description, schema) | {"style": "form", "explode": False}


def _header(name: str, description: str) -> Parameter:
    examples = {"one": {"value": _TAG}, "any": {"value": "*"}}
    found: Parameter = {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}
    return found | {"examples": examples}


_EVERY: tuple[Parameter, ...] = (
    _query(
        "q",
        "Only items with this text in a member, at any depth, or in the id, upper or lower case.",
        {"type": "string", "maxLength": MAX_SEARCH},
    ),
    {
        "name": "_where",
        "in": "query",
        "description": 'Conditions as JSON, such as {"name": {"startsWith": "A"}}.',
        "content": {"application/json": {"schema": schema_reference("Where")}},
    },
    _listed(
        "_sort",
        "Members to sort by, with commas between them; a minus before one turns its order round.",
        _NAME,
        maxItems=MAX_SORTS,
    ),
    _listed("_order", "The directions of the members in _sort, with commas between them.", {"enum": ["asc", "desc"]}),
    _query("_page", "A page, counted from 1.", _COUNTED),
    _query("_limit", f"How many items to send, {MAX_PAGE} at most.", _COUNTED),
    _query("_per_page", f"How many items a page has, {MAX_PAGE} at most.", _COUNTED),
    _query("_start", "The place of the first item to send, counted from 0.", _PLACE),
    _query("_end", "The place of the first item not to send any more, counted from 0.", _PLACE),
    _listed("_fields", "The members to send, with commas between them.", _NAME),
)

_WORDS: dict[str, Parameter] = {str(one["name"]): one for one in _EVERY}
