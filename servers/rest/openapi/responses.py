"""The responses of the OpenAPI document, with their headers: representations, lists and problems."""

from collections.abc import Iterable
from typing import Any

from servers.rest.formats import FORMATS, JSON
from servers.rest.openapi.common import Schema, reference
from servers.status import MEANINGS, official_reason

Response = dict[str, Any]
Responses = dict[str, Response]

_OTHER_TYPES = [one.content_type.partition(";")[0] for one in FORMATS.values() if one is not JSON]

_MEANT = {
    304: "The representation is still the one with the entity tag that was sent",
    400: "The request is malformed, or the document that was sent has faults, each named in errors",
    401: "The request has no valid token",
    403: "The request is refused",
    404: "There is no such item",
    406: "There is no representation that the Accept header allows",
    408: "The body did not arrive in time",
    409: "The id is taken, or somebody else changed the item at the same moment",
    412: "A condition of the request does not hold: the resource is no longer in the state that If-Match names",
    413: "The body is too large",
    415: "The body is of a media type that the service does not read",
    421: "The Host header names another computer",
    428: "Changes need an If-Match header, as the service is set up at present",
    500: "The service failed to process the request; its log says why",
    503: "Another program is using the store; try again in a second",
    507: "The disk is full",
}

ANYWHERE = (400, 421, 500, 503)
"""What any request may be answered with."""

EVERYWHERE = (*ANYWHERE, 406, 412)
"""What any request for a resource that has several representations may be answered with."""

_HEADERS_OF: dict[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    415: ("Accept-Post", "Accept-Patch"),
    503: ("Retry-After",),
}


def headers() -> dict[str, Response]:
    """The header fields of responses, by name."""
    return {
        "Accept-Patch": _header("The media types that a patch may have (RFC 5789, section 3.1)."),
        "Accept-Post": _header("The media types that a body may have."),
        "ETag": _header("The entity tag of this representation (RFC 9110, section 8.8.3).", '"1-5f3b2c9a-json"'),
        "Link": _header(
            "Links, among them those to other pages: first, prev, next, last (RFC 8288).",
            '</players?_page=2>; rel="next"',
        ),
        "Location": _header("Where the new item is.", "/players/41", "uri-reference"),
        "Retry-After": _header("Seconds to wait.", "1"),
        "Vary": _header("The header fields of the request on which the answer depends.", "Accept"),
        "X-Warning": _header("What the service did not understand in the query, and passed over."),
        "WWW-Authenticate": _header("The kind of credentials that are missing (RFC 6750, section 3).", "Bearer"),
        "X-Total-Count": {
            "description": "How many items the query found, on all pages together.",
            "schema": {"type": "integer", "minimum": 0},
        },
    }


def components() -> Responses:
    """The problems, by the names of their statuses."""
    return {_name(status): _problem(status) for status in _MEANT if status != 304}


def refusals(statuses: Iterable[int]) -> Responses:
    """References to the problems with these statuses, in their order, as an operation lists them."""
    return {str(status): {"$ref": f"#/components/responses/{_name(status)}"} for status in sorted({*statuses})}


def found(description: str, schema: str, *, status: int = 200, also: Iterable[str] = ("ETag",)) -> Responses:
    """The response with a resource in any of its representations; ``also`` names its headers besides Vary."""
    return {
        str(status): {
            "description": description,
            "headers": _headers(("Vary", *also)),
            "content": {"application/json": {"schema": reference(schema)}} | {name: {} for name in _OTHER_TYPES},
        }
    }


def not_modified() -> Responses:
    """The answer to a condition that does not hold: no content."""
    return {"304": {"description": f"{_MEANT[304]}.", "headers": _headers(("ETag", "Vary"))}}


def content(description: str, media_type: str, schema: Schema) -> Responses:
    """A response with one representation only."""
    return {"200": {"description": description, "content": {media_type: {"schema": schema}}}}


def _problem(status: int) -> Response:
    return {
        "description": f"{_MEANT[status]}.",
        "headers": _headers(("Vary", *_HEADERS_OF.get(status, ()))),
        "content": {
            "application/problem+json": {"schema": reference("Problem"), "example": _example(status)},
            "application/problem+xml": {},
            "text/html": {},
            "application/xhtml+xml": {},
        },
    }


def _example(status: int) -> dict[str, Any]:
    meaning = {"meaning": MEANINGS[status]} if status in MEANINGS else {}
    return {
        "type": "about:blank",
        "title": official_reason(status),
        "status": status,
        "detail": f"{_MEANT[status]}.",
    } | meaning


def _name(status: int) -> str:
    return "".join(word.capitalize() for word in official_reason(status).split())


def _header(description: str, example: str = "", form: str = "") -> Response:
    schema = {"type": "string"} | ({"format": form} if form else {})
    return {"description": description, "schema": schema} | ({"example": example} if example else {})


def _headers(names: Iterable[str]) -> dict[str, Schema]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
