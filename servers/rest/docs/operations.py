"""The operations of an OpenAPI document as the page shows them, with references resolved and a command to try each."""

from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import Any, NamedTuple

from servers.rest.docs.commands import command
from servers.rest.docs.schemas import Part, Row, row, type_of

METHODS = frozenset({"get", "post", "put", "patch", "delete"})


class Body(NamedTuple):
    """A media type that a request may have, and the type of what is in it."""

    media_type: str
    type: tuple[Part, ...]
    example: str


class Response(NamedTuple):
    """A response: its status, what it says, its headers and media types; ``type`` is that of the JSON."""

    status: str
    about: str
    headers: tuple[str, ...]
    media_types: tuple[str, ...]
    type: tuple[Part, ...]


class Operation(NamedTuple):
    """A method of a resource."""

    id: str
    tag: str
    method: str
    path: str
    summary: str
    about: str
    command: str
    parameters: Sequence[Row]
    bodies: Sequence[Body]
    responses: Sequence[Response]


def operations(document: Mapping[str, Any], base: str) -> Iterator[Operation]:
    """All operations in the order of the document; ``base`` is the URL that the commands begin with."""
    for path, item in document["paths"].items():
        for method in item:
            if method in METHODS:
                yield _operation(document, path, method, item, base)


def _operation(document: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any], base: str) -> Operation:
    one = item[method]
    given = [_resolved(document, parameter) for parameter in (*item.get("parameters", ()), *one.get("parameters", ()))]
    content = one.get("requestBody", {}).get("content", {})
    return Operation(
        one["operationId"],
        one["tags"][0],
        method.upper(),
        path,
        one["summary"],
        one.get("description", ""),
        command(base, path, method, given, content, secured="security" in document),
        [_parameter(parameter) for parameter in given],
        [_body(media_type, described) for media_type, described in content.items()],
        [_response(status, _resolved(document, response)) for status, response in one["responses"].items()],
    )


def _parameter(parameter: Mapping[str, Any]) -> Row:
    return row(
        parameter["name"],
        parameter.get("schema") or next(iter(parameter["content"].values()))["schema"],
        required=parameter.get("required", False),
        kind=parameter["in"],
        about=parameter["description"],
        example=next((one["value"] for one in parameter.get("examples", {}).values()), parameter.get("example")),
    )


def _body(media_type: str, described: Mapping[str, Any]) -> Body:
    example = dumps(described["example"], ensure_ascii=False, indent=2) if "example" in described else ""
    return Body(media_type, type_of(described["schema"]), example)


def _response(status: str, response: Mapping[str, Any]) -> Response:
    content = response.get("content", {})
    schemas = [described["schema"] for described in content.values() if "schema" in described]
    kind = type_of(schemas[0]) if schemas else ()
    return Response(status, response["description"], tuple(response.get("headers", ())), tuple(content), kind)


def _resolved(document: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference names (RFC 6901), or the thing itself."""
    if "$ref" not in found:
        return found
    target: Any = document
    for name in found["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    resolved: Mapping[str, Any] = target
    return resolved
