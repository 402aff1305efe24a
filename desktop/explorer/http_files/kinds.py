"""What kind of body a request in a file has."""

import re
from collections.abc import Iterable

from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header

GRAPHQL_METHOD = "GRAPHQL"

FILE_LINE = re.compile(r"<(?:@[\w.:-]*)?[ \t]+(\S.*)")
"""A line of a body that stands for a file; its first group is the name."""

_ANY_FILE = re.compile(rf"^{FILE_LINE.pattern}", re.MULTILINE)
_KINDS = {
    "application/x-www-form-urlencoded": BodyKind.FORM,
    "application/json": BodyKind.JSON,
    "text/json": BodyKind.JSON,
    "application/xml": BodyKind.XML,
    "text/xml": BodyKind.XML,
    "text/html": BodyKind.HTML,
}
_SUFFIXES = {"json": BodyKind.JSON, "xml": BodyKind.XML}
_LOOKS_LIKE_JSON = re.compile(r"\s*(?:\[|\{(?!\{))")


def kind_of(headers: Iterable[Header], body: str, *, graphql: bool = False) -> BodyKind:
    """The kind by what the file says (``graphql``), the Content-Type and the lines that name files.

    Without a Content-Type, what begins like an object or an array is JSON.
    """
    if graphql:
        return BodyKind.GRAPHQL
    if not body:
        return BodyKind.NONE
    said = (row.value for row in headers if row.enabled and row.name.lower() == "content-type")
    media_type = next(said, "").partition(";")[0].strip().lower()
    if media_type.startswith("multipart/"):
        return BodyKind.MULTIPART
    if names_file(body):
        return BodyKind.FILE
    if not media_type:
        return BodyKind.JSON if _LOOKS_LIKE_JSON.match(body) else BodyKind.TEXT
    return _KINDS.get(media_type) or _SUFFIXES.get(media_type.rpartition("+")[2], BodyKind.TEXT)


def names_file(body: str) -> bool:
    """Whether a line of the body stands for a file."""
    return "<" in body and _ANY_FILE.search(body) is not None


def says_graphql(row: Header) -> bool:
    """Whether a header is there to say that the body is GraphQL."""
    return row.enabled and row.name.lower() == "x-request-type" and row.value.lower() == "graphql"
