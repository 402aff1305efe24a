"""The operations of the OpenAPI document that change something."""

from collections.abc import Iterable

from servers.rest.openapi import bodies, parameters
from servers.rest.openapi.common import Operation, Schema
from servers.rest.openapi.names import Resource
from servers.rest.openapi.responses import EVERYWHERE, Responses, found, refusals

_BODY = (408, 413, 415)
_CHANGED = (404, 409, 428)
_READ = "The links of an item that was read may be sent back with it; they change nothing."


def creation(resource: Resource, ending: str = "", of_one: str = "", given: str = "") -> Operation:
    """POST to a collection.

    Below an item of another, ``given`` is the member that names that item, ``of_one`` ends the summary, ``ending`` the
    names of the operation and its schemas.
    """
    made = found("The new item.", resource.one, status=201, also=["ETag", "Location"])
    more = [409, *_BODY, *([404] if given else [])]
    operation = _operation(
        resource, f"create{resource.one}{ending}", f"Create a new {resource.label}{of_one}", made, more
    )
    return _with_body(resource, operation, bodies.of_creation(resource, ending, given))


def replacement(resource: Resource) -> Operation:
    """PUT to an item."""
    return _with_body(resource, _change(resource, "replace", "Replace"), bodies.of_replacement(resource))


def merging(resource: Resource) -> Operation:
    """PATCH of an item."""
    return _with_body(resource, _change(resource, "change", "Change some members of"), bodies.of_patch(resource))


def deletion(resource: Resource) -> Operation:
    """DELETE of an item."""
    answer = found("The item as it was.", resource.one, also=[])
    return _conditional(_operation(resource, f"delete{resource.one}", f"Delete one {resource.label}", answer, _CHANGED))


def submission(resource: Resource) -> Operation:
    """POST to an item: what a form on its HTML page sends, which can neither PUT nor DELETE."""
    answer = found("The item as it is now, or as it was if it is deleted.", resource.one, also=[])
    summary = f"Replace or delete one {resource.label} by a form"
    operation = _operation(resource, f"submit{resource.one}", summary, answer, [*_CHANGED, *_BODY])
    return _with_body(resource, _conditional(operation), bodies.of_item_form(resource))


def _change(resource: Resource, verb: str, summary: str) -> Operation:
    answer = found("The item as it is now.", resource.one, also=["ETag"])
    name, summary = f"{verb}{resource.one}", f"{summary} one {resource.label}"
    return _conditional(_operation(resource, name, summary, answer, [*_CHANGED, *_BODY]))


def _operation(resource: Resource, name: str, summary: str, answer: Responses, more: Iterable[int]) -> Operation:
    """The operation; where every change is refused, only what may be answered then."""
    refused = {"description": resource.refusal} if resource.refusal else {}
    statuses = [404] if resource.refusal and 404 in more else [] if resource.refusal else [507, *more]
    return {
        "operationId": name,
        "summary": summary,
        **refused,
        "tags": [resource.name],
        "parameters": [parameters.format_of(resource.definition)],
        "responses": ({} if resource.refusal else answer) | refusals([*EVERYWHERE, 403, *statuses]),
    }


def _conditional(operation: Operation) -> Operation:
    return operation | {"parameters": [parameters.reference("If-Match"), *operation["parameters"]]}


def _with_body(resource: Resource, operation: Operation, body: Schema) -> Operation:
    if resource.refusal:
        return operation
    note = {"description": _READ} if resource.definition.hypermedia else {}
    return operation | {"requestBody": body | note}
