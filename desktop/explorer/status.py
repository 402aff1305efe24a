"""What a status code says: its official reason phrase, its meaning to a REST client, its class."""

import enum
from http import HTTPStatus


class StatusClass(enum.Enum):
    """The five classes of RFC 9110, section 15; the value is the word that is shown."""

    INFORMATION = "Information"
    SUCCESS = "Success"
    REDIRECTION = "Redirection"
    CLIENT_ERROR = "Client error"
    SERVER_ERROR = "Server error"
    UNKNOWN = "Unknown status"


_CLASSES = dict(enumerate(StatusClass, start=1))

_MEANINGS = {
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
    406: "no representation of the wanted type",
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
}

_CLASS_MEANINGS = {
    StatusClass.INFORMATION: "request is being processed",
    StatusClass.SUCCESS: "request OK",
    StatusClass.REDIRECTION: "resource is elsewhere, see Location",
    StatusClass.CLIENT_ERROR: "request cannot be served as it is",
    StatusClass.SERVER_ERROR: "server failed",
    StatusClass.UNKNOWN: "not a status of HTTP",
}


def status_class(status: int) -> StatusClass:
    """The class of a status code, told by its first digit."""
    return _CLASSES.get(status // 100, StatusClass.UNKNOWN)


def official_reason(status: int) -> str:
    """The registered reason phrase; empty for a code that is not registered."""
    if status == 413:
        return "Content Too Large"  # RFC 9110 renamed these two; the standard library follows later
    if status == 422:
        return "Unprocessable Content"
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def rest_meaning(status: int) -> str:
    """What the status means to a client of a REST service."""
    return _MEANINGS.get(status) or _CLASS_MEANINGS[status_class(status)]
