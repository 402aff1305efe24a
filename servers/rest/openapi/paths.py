"""The paths of the OpenAPI document, each with its operations."""

from collections.abc import Iterable, Mapping
from typing import Any

from servers.rest.openapi import parameters
from servers.rest.openapi.changes import creation, deletion, merging, replacement, submission
from servers.rest.openapi.common import Operation, Schema
from servers.rest.openapi.names import Resource
from servers.rest.openapi.responses import ANYWHERE, EVERYWHERE, Responses, content, found, not_modified, refusals

PathItem = dict[str, Any]


def paths(resources: Mapping[str, Resource], *, secured: bool) -> dict[str, PathItem]:
    """All paths; 401 is among the responses of a service that is ``secured``."""
    found: dict[str, PathItem] = {"/": _entry()}
    for resource in resources.values():
        found[resource.path] = _collection(resource)
        found[f"{resource.path}/{{id}}"] = _item(resource)
    for resource in resources.values():
        for relation in resource.children:
            child = resources[relation.child]
            found.setdefault(f"{resource.path}/{{id}}{child.path}", _below(resource, child, relation.member))
    found |= {"/openapi.json": _openapi(), "/docs": _docs()}
    if secured:
        for operation in (value for item in found.values() for value in item.values() if isinstance(value, dict)):
            operation["responses"] |= refusals([401])
    return found


def _collection(resource: Resource) -> PathItem:
    return {"get": _listing(resource), "post": creation(resource)}


def _below(parent: Resource, child: Resource, given: str) -> PathItem:
    ending, of_one = f"_of{parent.one}", f" of one {parent.label}"
    return {
        "parameters": [parameters.reference("id")],
        "get": _listing(child, ending, of_one, [404]),
        "post": creation(child, ending, of_one, given),
    }


def _item(resource: Resource) -> PathItem:
    return {
        "parameters": [parameters.reference("id")],
        "get": _get(resource),
        "put": replacement(resource),
        "patch": merging(resource),
        "delete": deletion(resource),
        "post": submission(resource),
    }


def _get(resource: Resource) -> Operation:
    link = [] if resource.definition.hypermedia else ["Link"]
    responses = (
        found("The item.", f"{resource.one}.view", also=["ETag", *link]) | not_modified() | refusals([*EVERYWHERE, 404])
    )
    return {
        "operationId": f"get{resource.one}",
        "summary": f"Get one {resource.label}",
        "tags": [resource.name],
        "parameters": [parameters.reference("If-None-Match"), *parameters.of_items(resource)],
        "responses": responses,
    }


def _listing(resource: Resource, ending: str = "", of_one: str = "", more: Iterable[int] = ()) -> Operation:
    page = found(
        "A page of the items that the query finds.",
        f"{resource.one}.list",
        also=["ETag", "Link", "X-Total-Count", "X-Warning"],
    )
    return {
        "operationId": f"list{resource.many}{ending}",
        "summary": f"List {resource.name}{of_one}",
        "tags": [resource.name],
        "parameters": [parameters.reference("If-None-Match"), *parameters.of_listings(resource)],
        "responses": page | not_modified() | refusals([*EVERYWHERE, *more]),
    }


def _entry() -> PathItem:
    responses = found("Links to everything.", "Entry") | not_modified()
    item = _service("getEntry", "The entry document", responses, EVERYWHERE)
    item["get"]["parameters"] = [parameters.reference("If-None-Match"), parameters.reference("format")]
    return item


def _openapi() -> PathItem:
    schema: Schema = {"type": "object", "required": ["openapi", "info", "paths"]}
    return _service("getOpenApi", "This document", content("The document.", "application/json", schema), ANYWHERE)


def _docs() -> PathItem:
    page = content("The page.", "text/html", {"type": "string"})
    return _service("getDocs", "This document as a page for people", page, ANYWHERE)


def _service(name: str, summary: str, responses: Responses, more: Iterable[int]) -> PathItem:
    operation: Operation = {"operationId": name, "summary": summary, "tags": ["service"]}
    return {"get": operation | {"responses": responses | refusals(more)}}
