"""What the status codes of HTTP are called, and what they mean to a client of a REST service."""

from http import HTTPStatus

MEANINGS = {
    200: "request OK",
    201: "new resource created OK",
    202: "request accepted, to be processed later",
    204: "request OK, nothing to show",
    206: "request OK, part of the resource",
    304: "resource not changed since the client read it",
    400: "request malformed",
    401: "request needs a login",
    403: "request refused",
    404: "resource not found",
    405: "method not supported",
    406: "no acceptable representation",
    408: "request took too long to arrive",
    409: "request conflicts with the resource's state",
    410: "resource gone for good",
    412: "resource is not in the state that the request requires",
    413: "request body too large",
    415: "content type not recognized",
    418: "request reached a teapot",
    421: "request reached a server that does not answer for this host",
    422: "content understood but not valid",
    428: "request must say which state it changes",
    429: "too many requests",
    431: "request headers too large",
    500: "request processing failed",
    501: "method not known to the server",
    502: "server behind the gateway answered badly",
    503: "server not ready",
    504: "server behind the gateway did not answer in time",
    507: "server has no room to store it",
}
"""What a status says about a resource, in few words."""


def official_reason(status: int) -> str:
    """The registered reason phrase (RFC 9110, section 15); empty for a code that is not registered."""
    if status == 413:
        return "Content Too Large"  # RFC 9110 renamed these two; the standard library follows later
    if status == 422:
        return "Unprocessable Content"
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
