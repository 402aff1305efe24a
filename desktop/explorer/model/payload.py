"""From the body that was typed to what goes to the wire."""

from email.message import Message
from pathlib import Path

from desktop.explorer.model import form_body, graphql, multipart
from desktop.explorer.model.body import BodyKind, Payload
from desktop.explorer.model.body_files import filled_in, in_charset, segments
from desktop.explorer.model.json_comments import without_comments
from desktop.explorer.model.prepared import InvalidRequest
from servers.exchange import Headers, header


def encode(
    kind: BodyKind, body: str | bytes, headers: Headers, folder: Path | None, *, comments: bool = True
) -> Payload:
    """The body on the wire; ``folder`` is where file names start. Raises InvalidRequest.

    Text is sent in the charset that the Content-Type names, else in UTF-8. ``comments`` sends those of JSON, too.
    """
    if kind is BodyKind.NONE or not body:
        return b""
    if isinstance(body, bytes):
        return body
    charset = _charset(headers)
    if kind is BodyKind.MULTIPART:
        return multipart.encode(body, headers, folder, charset)
    if kind is BodyKind.FILE:
        return segments([body], folder, charset)
    if kind is BodyKind.FORM:
        body = form_body.on_one_line(body)
    elif kind is BodyKind.GRAPHQL:
        body = graphql.encode(body)
    elif kind is BodyKind.JSON and not comments:
        body = without_comments(body)
    return in_charset(body, charset)


def with_files_filled_in(kind: BodyKind, body: str | bytes, folder: Path | None) -> tuple[BodyKind, str | bytes]:
    """Kind and body with the text of each ``<@ ./file`` in its place, so that its variables can be replaced.

    A body that names no other file is plain text then. Raises InvalidRequest.
    """
    if kind not in (BodyKind.FILE, BodyKind.MULTIPART) or isinstance(body, bytes):
        return kind, body
    filled = filled_in(body, folder)
    is_text = kind is BodyKind.FILE and filled != body and not any(line.startswith("< ") for line in body.splitlines())
    return (BodyKind.TEXT if is_text else kind), filled


def _charset(headers: Headers) -> str:
    message = Message()
    message["Content-Type"] = header(headers, "Content-Type") or ""
    try:
        return message.get_content_charset("utf-8")
    except LookupError as error:  # an encoded parameter (RFC 2231) that names no known charset
        raise InvalidRequest("headers", "The charset in the Content-Type cannot be read.") from error
