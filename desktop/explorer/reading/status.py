"""What a status code says to the reader of a response: its class, and its meaning to a REST client."""

import enum

from servers.status import MEANINGS


class StatusClass(enum.Enum):
    """The five classes of RFC 9110, section 15; the value is the word that is shown."""

    INFORMATION = "Information"
    SUCCESS = "Success"
    REDIRECTION = "Redirection"
    CLIENT_ERROR = "Client error"
    SERVER_ERROR = "Server error"
    UNKNOWN = "Unknown status"


_CLASSES = dict(enumerate(StatusClass, start=1))

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


def rest_meaning(status: int) -> str:
    """What the status means to a client of a REST service."""
    return MEANINGS.get(status) or _CLASS_MEANINGS[status_class(status)]
