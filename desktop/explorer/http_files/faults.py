"""What cannot stand in a `.http` file, and why."""

from collections.abc import Callable
from dataclasses import replace

from desktop.explorer.http_files.http_file import Part, parse
from desktop.explorer.http_files.kinds import names_file, says_graphql
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request
from servers.logs import visible

_SHOWN = 60
_BESIDE = "Keep the body in a file beside the collection, and write “< ./name” in its place."
_OTHERS = {
    "auth": "The auth of this request cannot stand in a .http file.",
    "options": "The options of this request cannot stand in a .http file: a name in them has a space or a comma.",
    "ticked_off": "A row of the query that is ticked off cannot stand in a .http file.",
    "path_values": "A value for the path cannot stand in a .http file: it needs a name.",
}


class CannotWrite(Exception):
    """What a `.http` file cannot say; ``sentence`` is for the user, ``field`` as in InvalidRequest or ``title``."""

    def __init__(self, sentence: str, field: str = "body") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def as_kept(request: Request) -> Request:
    """What a file keeps of a request: no empty header rows, no spaces at the ends, the body as text.

    Raises CannotWrite for a body that is not text.
    """
    body = "" if request.kind is BodyKind.NONE else _text(request.body)
    rows = (replace(row, name=row.name.strip(" \t"), value=row.value.strip(" \t")) for row in request.headers)
    return replace(
        request,
        method=request.method.strip(),
        url=request.url.strip(),
        headers=tuple(row for row in rows if row.name or row.value),
        body=body,
    )


def same(one: Request, other: Request) -> bool:
    """Whether two requests stand in a file alike; what kind of text the body is makes no difference."""
    try:
        return _comparable(one) == _comparable(other)
    except CannotWrite:
        return one == other


def check(old: Part, text: str, request: Request, title: str) -> None:
    """Read what was written for a request ``as_kept``. Raises CannotWrite if it is not what was to be written."""
    new, *more = parse(text).parts
    if "\n" in title:
        raise _title()
    if new.request is None:
        raise CannotWrite("The request has neither a method nor a URL.", "url")
    _check_request(request, new.request)
    if new.title != title:
        raise _title()
    if more or (new.handlers, new.variables, _notes(new)) != (old.handlers, old.variables, _notes(old)):
        raise CannotWrite("What stands around the request in its file would be read in another way.", "headers")


def _check_request(request: Request, read: Request) -> None:
    wanted, got = _comparable(request), _comparable(read)
    for name, problem in _PROBLEMS.items():
        if getattr(got, name) != getattr(wanted, name):
            raise problem(request, read)
    for name, sentence in _OTHERS.items():
        if getattr(got, name) != getattr(wanted, name):
            raise CannotWrite(sentence, name if name in ("auth", "options") else "params")


def _comparable(request: Request) -> Request:
    kept = as_kept(request)
    return replace(kept, kind=_meant(kept))


def _meant(request: Request) -> BodyKind:
    """The kind as far as it makes a difference to what is sent."""
    if request.kind is BodyKind.GRAPHQL:
        return BodyKind.GRAPHQL
    if not request.body:
        return BodyKind.NONE
    if request.kind is BodyKind.FILE:
        return BodyKind.FILE if names_file(_text(request.body)) else BodyKind.TEXT
    return BodyKind.MULTIPART if request.kind is BodyKind.MULTIPART else BodyKind.TEXT


def _text(body: str | bytes) -> str:
    try:
        return body if isinstance(body, str) else body.decode()
    except UnicodeDecodeError:
        raise CannotWrite(f"The body is not text in UTF-8, which a .http file cannot hold. {_BESIDE}") from None


def _notes(part: Part) -> tuple[object, ...]:
    return part.comments, part.name if "name" in dict(part.tags) else "", part.prompts, part.note


def _title() -> CannotWrite:
    return CannotWrite("A title is one line, and # does not end it.", "title")


def _method(request: Request, read: Request) -> CannotWrite:
    return CannotWrite(
        f"“{_shown(request.method)}” cannot be the method in a .http file: it would be read as “{_shown(read.method)}”."
        " Write it in capital letters.",
        "method",
    )


def _url(request: Request, _read: Request) -> CannotWrite:
    return CannotWrite(
        f"“{_shown(request.url)}” cannot stand in a .http file."
        " A URL is one line, and “HTTP/1.1” at its end would not be part of it.",
        "url",
    )


def _header(request: Request, read: Request) -> CannotWrite:
    rows = as_kept(request).headers
    at = next((n for n, row in enumerate(rows) if read.headers[n : n + 1] != (row,)), 0)
    shown = _shown(f"{rows[at].name}: {rows[at].value}") if rows else ""
    return CannotWrite(f"“{shown}” cannot stand among the headers of a .http file. {_advice(rows[at:])}", "headers")


def _advice(rows: tuple[Header, ...]) -> str:
    if rows and says_graphql(rows[0]):
        return "It says that the body is GraphQL: choose that as its kind."
    if rows and ("\n" in rows[0].value or "\r" in rows[0].value):
        return "The value of a header is one line."
    return "A name has letters, digits and hyphens; a header that is ticked off needs such a name, too."


def _body(request: Request, read: Request) -> CannotWrite:
    wanted, got = (_text(one.body).split("\n") for one in (request, read))
    if any("\r" in line for line in wanted):
        return CannotWrite(f"The body has line breaks (CR) that a .http file does not tell from its own. {_BESIDE}")
    kept = next((n for n, line in enumerate(wanted) if got[n : n + 1] != [line]), 0)
    at = next((n for n in range(kept, len(wanted)) if wanted[n].strip()), kept)
    return CannotWrite(
        f"Line {at + 1:,} of the body, “{_shown(wanted[at])}”, would end the request in a .http file. {_BESIDE}"
    )


def _kind(request: Request, read: Request) -> CannotWrite:
    if read.kind is BodyKind.FILE:
        sentence = "A line of the body starts with “< ”, which names a file in a .http file. Choose “File” as its kind."
    elif request.kind is BodyKind.MULTIPART:
        sentence = "A multipart body needs a header Content-Type that says so, with its boundary."
    elif read.kind is BodyKind.MULTIPART:
        sentence = (
            "Content-Type says that the body is multipart. Choose “Multipart” as its kind, or another Content-Type."
        )
    else:
        sentence = (
            "The method GRAPHQL and the header X-Request-Type say that the body is GraphQL. Choose that as its kind."
        )
    return CannotWrite(sentence)


_PROBLEMS: dict[str, Callable[[Request, Request], CannotWrite]] = {
    "method": _method,
    "url": _url,
    "headers": _header,
    "body": _body,
    "kind": _kind,
}


def _shown(text: str) -> str:
    return visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
