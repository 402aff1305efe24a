"""The schemas of the OpenAPI document: what is stored, what is sent, and what comes back."""

from collections.abc import Iterable, Mapping

from servers.rest.bodies.typed_text import kinds
from servers.rest.openapi.common import COMMON, LINKS, Schema, plain, reference
from servers.rest.openapi.forms import form, item_form
from servers.rest.openapi.names import Resource
from servers.rest.openapi.where import WHERE
from servers.rest.queries.query import MAX_PAGE

_OWN_ID = "The id in the path. It may be sent back as it was read, and cannot be changed."
_FREE_ID = "The id for the new item; the service chooses one where it is null or left out."


def components(resources: Mapping[str, Resource]) -> dict[str, Schema]:
    """All schemas by their names."""
    found = COMMON | WHERE
    for resource in resources.values():
        found |= _of_answers(resource, resources)
        if not resource.refusal:
            found |= _of_requests(resource, resources)
    return found


def _of_answers(resource: Resource, resources: Mapping[str, Resource]) -> dict[str, Schema]:
    links = {"links": LINKS} if resource.definition.hypermedia else {}
    stored = _stored(resource, reference("Id"))
    shown = stored["properties"] | links
    view = {name: value for name, value in stored.items() if name != "required"} | {
        "description": "It may have some of the members only, or linked documents as further members.",
        "properties": shown | dict(_linked(resource, resources)),
    }
    whole = stored | {"required": ["id", *stored.get("required", ()), *links], "properties": shown}
    return {resource.one: whole, f"{resource.one}.view": view, f"{resource.one}.list": _list(resource)}


def _linked(resource: Resource, resources: Mapping[str, Resource]) -> Iterable[tuple[str, Schema]]:
    """What _expand and _embed put into a document; a member that already has the name may be either."""
    taken = resource.definition.properties
    for one in resource.parents:
        yield one.rel, {} if one.rel in taken else reference(f"{resources[one.parent].one}.view")
    for one in resource.children:
        many = {"type": "array", "items": reference(f"{resources[one.child].one}.view")}
        yield one.child, {} if one.child in taken else many


def _list(resource: Resource) -> Schema:
    items: Schema = {"type": "array", "maxItems": MAX_PAGE, "items": reference(f"{resource.one}.view")}
    if not resource.definition.hypermedia:
        return items
    return {
        "type": "object",
        "required": [resource.name, "links"],
        "properties": {resource.name: items, "links": LINKS},
    }


def _of_requests(resource: Resource, resources: Mapping[str, Resource]) -> dict[str, Schema]:
    own_id = reference("Id") | {"readOnly": True, "description": _OWN_ID}
    replacement = _stored(resource, own_id)
    free_id: Schema = {"anyOf": [reference("Id"), {"type": "null"}], "description": _FREE_ID}
    new = _stored(resource, free_id)
    found = {
        f"{resource.one}.new": new,
        f"{resource.one}.newForm": form(new),
        f"{resource.one}.replacement": replacement,
        f"{resource.one}.replacementForm": form(replacement),
        f"{resource.one}.patch": _patch(replacement, top=True),
        f"{resource.one}.itemForm": item_form(replacement),
    }
    for relation in resource.parents:
        ending = f"_of{resources[relation.parent].one}"
        below = _without(new, relation.member)
        found.setdefault(f"{resource.one}.new{ending}", below)
        found.setdefault(f"{resource.one}.newForm{ending}", form(below))
    return found


def _without(schema: Schema, member: str) -> Schema:
    """The same where the path says what ``member`` is."""
    properties = schema["properties"]
    given = properties[member] | {"readOnly": True, "description": "The id of the parent in the path; leave it out."}
    required = [name for name in schema.get("required", ()) if name != member]
    return schema | {"properties": properties | {member: given}, "required": required}


def _stored(resource: Resource, identifier: Schema) -> Schema:
    """The schema of the documents of a collection, with their ids."""
    schema: Schema = plain(resource.definition.schema)
    schema.pop("$schema", None)
    own = schema.get("properties", {})
    members = {name: _as_xml(member) if "array" in kinds(member) else member for name, member in own.items()}
    return schema | {
        "type": "object",
        "properties": {"id": identifier} | members,
        "xml": {"name": resource.definition.singular},
    }


def _as_xml(schema: Schema) -> Schema:
    """The same, with arrays as XML has them: an element for each of its own inside one for all."""
    items = schema.get("items", {})
    inside = items | {"xml": {"name": "item"}} if isinstance(items, dict) else items
    return schema | {"xml": {"wrapped": True}, "items": inside}


def _patch(schema: Schema, *, top: bool) -> Schema:
    """The schema of a merge patch (RFC 7396): nothing is required, and null removes what may be missing."""
    required = set(schema.get("required", ())) if top else set()
    kept = {name: schema[name] for name in ("type", "description", "additionalProperties", "xml") if name in schema}
    members = schema.get("properties", {})
    return kept | {"properties": {name: _patched(member, name in required) for name, member in members.items()}}


def _patched(schema: Schema, required: bool) -> Schema:
    if required or schema.get("readOnly") or not {*schema} & {"type", "enum", "const", "anyOf", "$ref"}:
        return schema
    return {"anyOf": [_patch(schema, top=False) if schema.get("type") == "object" else schema, {"type": "null"}]}
