"""A body in pieces: what is written in a snippet, and the files between."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message

from desktop.explorer.model import multipart
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.body_files import file_line
from desktop.explorer.model.payload import encode
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Request
from servers.exchange import Headers, header

_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to send, or the ``path`` of a file that is sent as it is."""

    data: bytes = b""
    path: str = ""


def pieces_of(request: Request, headers: Headers) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The body of a request, and sentences on what is not as it would be sent."""
    body = request.body
    try:
        if isinstance(body, str) and request.kind is BodyKind.MULTIPART:
            return _with_files(_framed(body, headers), charset(headers))
        if isinstance(body, str) and request.kind is BodyKind.FILE:
            return _with_files([body], charset(headers))
        payload = encode(request.kind, body, headers, None, comments=request.options.comments)
        data = payload if isinstance(payload, bytes) else b""
        return ((Piece(data),) if data else ()), ()
    except (InvalidRequest, UnicodeEncodeError, LookupError) as error:
        typed = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
        said = error.sentence if isinstance(error, InvalidRequest) else "The body cannot be encoded."
        return (Piece(typed),), (f"The body stands as typed. {said}",)


def charset(headers: Headers) -> str:
    """That of the body by its Content-Type; UTF-8 where it names none. Raises LookupError."""
    message = Message()
    message["Content-Type"] = header(headers, "Content-Type") or ""
    return message.get_content_charset("utf-8")


def _framed(body: str, headers: Headers) -> Iterator[str]:
    """The multipart text as it is sent (RFC 7578), with lines that name files."""
    boundary = multipart.boundary_of(headers)
    for part in multipart.parse(body, boundary).parts:
        head = "".join(f"{line}\r\n" for line in part.head.splitlines())
        yield from (f"--{boundary}\r\n{head}\r\n", part.content, "\r\n")
    yield f"--{boundary}--\r\n"


def _with_files(texts: Iterable[str], encoding: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    found: list[Piece] = []
    notes: list[str] = []
    run = ""
    for line in (line for text in texts for line in _LINES.findall(text)):
        said = file_line(line) if line.startswith("<") else None
        if said is None:
            run += line
            continue
        if said.fill:
            notes.append(f"The variables in {said.path} are not replaced: it is sent as it is.")
        found += (Piece(run.encode(encoding)), Piece(path=said.path))
        run = line[len(line.rstrip("\r\n")) :]
    found.append(Piece(run.encode(encoding)))
    return tuple(piece for piece in found if piece.data or piece.path), tuple(notes)
