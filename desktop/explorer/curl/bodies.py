"""The body of a request from what a command sends: text wherever it is text."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.explorer.curl.ansi import as_bytes
from desktop.explorer.curl.arguments import Operation
from desktop.explorer.curl.data import Data, data_of
from desktop.explorer.curl.files import Files
from desktop.explorer.curl.form import multipart
from desktop.explorer.curl.header_rows import Named
from desktop.explorer.http_files.kinds import kind_of
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.payload import encode
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Header

_FORM, _MULTIPART, _JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"


@dataclass(frozen=True, slots=True)
class Content:
    """A body with the headers that go with it."""

    kind: BodyKind
    body: str | bytes
    headers: tuple[Header, ...]


def content_of(operation: Operation, upload: str, given: Named, files: Files) -> Content:
    """What the operation sends; ``upload`` is the file that goes to its URL."""
    if upload:
        return _uploaded(upload, given, files)
    if operation.form:
        return _form(operation, given, files)
    if not operation.data or operation.on("get"):
        return Content(BodyKind.NONE, "", given.rows)
    rows = (*given.rows, *_data_headers(operation, given))
    return _content(data_of(operation.data, files), rows)


def _uploaded(upload: str, given: Named, files: Files) -> Content:
    rows = given.rows
    if upload in ("-", "."):
        rows += () if given.has("Transfer-Encoding") else (Header("Transfer-Encoding", "chunked"),)
        upload = "-"
    path = files.reference(upload)
    if path:
        files.check(path)
    return _content(Data(path=path) if path else Data(files.text(upload) or ""), rows)


def _form(operation: Operation, given: Named, files: Files) -> Content:
    media_type = (given.value("Content-Type") or _MULTIPART).partition(";")[0].strip()
    body, boundary = multipart(operation, files, media_type)
    header = Header("Content-Type", f"{media_type}; boundary={boundary}")
    kept = tuple(row for row in given.rows if row.name.lower() != "content-type")
    rows = kept if "content-type" in given.removed else (*kept, header)
    return Content(BodyKind.MULTIPART, body, rows)


def _data_headers(operation: Operation, given: Named) -> Iterator[Header]:
    is_json = any(name == "json" for name, _ in operation.data)
    if not given.has("Content-Type"):
        yield Header("Content-Type", _JSON if is_json else _FORM)
    if is_json and not given.has("Accept"):
        yield Header("Accept", _JSON)


def _content(data: Data, rows: tuple[Header, ...]) -> Content:
    if data.path:
        return Content(BodyKind.FILE, f"< {data.path}", rows)
    if not data.text:
        return Content(BodyKind.NONE, "", rows)
    wanted = as_bytes(data.text)
    headers = tuple((row.name, row.value) for row in rows)
    for kind in (kind_of(rows, data.text), BodyKind.TEXT):
        try:
            if kind is not BodyKind.FILE and encode(kind, data.text, headers, None) == wanted:
                return Content(kind, data.text, rows)
        except InvalidRequest:
            continue
    return Content(BodyKind.TEXT, wanted, rows)
