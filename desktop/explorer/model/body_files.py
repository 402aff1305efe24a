"""Files inside bodies: lines such as ``< ./file`` in the text of a body."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.explorer.model.body import FilePart, Payload, Upload
from desktop.explorer.model.prepared import InvalidRequest

FILLED_LIMIT = 16_000_000
"""A file in which variables are replaced may have so many bytes: it is held in memory as text."""

_LINE = re.compile(r"<(?P<fill>@(?P<charset>[\w.:-]*))?[ \t]+(?P<path>\S.*?)[ \t]*")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class FileLine:
    """What a line names: a file to send as it is, or, with ``fill``, as text in ``charset`` with variables replaced."""

    path: str
    fill: bool = False
    charset: str = ""

    def __str__(self) -> str:
        return f"<{'@' if self.fill else ''}{self.charset} {self.path}"


def file_line(line: str) -> FileLine | None:
    """What a line of a body says about a file, if it does; it may have its line break."""
    found = _LINE.fullmatch(line.rstrip("\r\n"))
    return FileLine(found["path"], found["fill"] is not None, found["charset"] or "") if found else None


def filled_in(text: str, folder: Path | None) -> str:
    """The text with the text of the files in place of its lines ``<@ ./file``. Raises InvalidRequest."""
    lines: list[str] = []
    for line in _LINES.findall(text):
        said = file_line(line) if line.startswith("<@") else None
        lines.append(line if said is None else _text_of(said, folder) + _break_of(line))
    return "".join(lines)


def segments(pieces: Iterable[str], folder: Path | None, charset: str) -> Payload:
    """The pieces of text in a charset, their lines ``< ./file`` as the bytes of the files. Raises InvalidRequest."""
    merged: list[bytes | FilePart] = []
    run: list[str] = []
    for line in (line for piece in pieces for line in _LINES.findall(piece)):
        said = file_line(line) if line.startswith("<") else None
        if said is None:
            run.append(line)
            continue
        if said.fill:
            run.append(_text_of(said, folder))
        else:
            merged += (in_charset("".join(run), charset), _file(said.path, folder))
            run = []
        run.append(_break_of(line))
    merged.append(in_charset("".join(run), charset))
    return _payload([one for one in merged if one])


def in_charset(text: str, charset: str) -> bytes:
    """The text as it goes to the wire. Raises InvalidRequest for an unknown charset, or a character that it lacks."""
    try:
        return text.encode(charset)
    except LookupError as error:
        raise InvalidRequest("body", f"The Content-Type names the charset “{charset}”, which nobody knows.") from error
    except UnicodeEncodeError as error:
        one = error.object[error.start]
        if "\ud800" <= one <= "\udfff":
            raise InvalidRequest("body", f"Character {error.start + 1} of the body is half of a pair.") from error
        raise InvalidRequest(
            "body", f"“{one}” (U+{ord(one):04X}) is not in {charset}, the charset that the Content-Type names."
        ) from error


def _payload(pieces: list[bytes | FilePart]) -> Payload:
    if not pieces:
        return b""
    return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], bytes) else Upload(tuple(pieces))


def _break_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _file(path: str, folder: Path | None) -> FilePart:
    where = _place(path, folder)
    try:
        if where.is_dir():
            raise InvalidRequest("body", f"“{where}” is a folder; a body is made of files.")
        with where.open("rb") as file:
            return FilePart(where, file.seek(0, 2))
    except (OSError, ValueError) as error:
        raise InvalidRequest("body", _why(where, error)) from error


def _text_of(line: FileLine, folder: Path | None) -> str:
    part = _file(line.path, folder)
    charset = line.charset or "utf-8"
    if part.size > FILLED_LIMIT:
        raise InvalidRequest(
            "body", f"“{part.path}” is too large to replace variables in; a line “< {line.path}” sends it as it is."
        )
    try:
        return part.path.read_bytes().decode(charset)
    except LookupError as error:
        raise InvalidRequest("body", f"“{charset}” in “{line}” is not a charset, for example latin1.") from error
    except UnicodeDecodeError as error:
        raise InvalidRequest(
            "body", f"“{part.path}” is not text in {charset}: see byte {error.start + 1:,}."
        ) from error
    except OSError as error:
        raise InvalidRequest("body", _why(part.path, error)) from error


def _place(path: str, folder: Path | None) -> Path:
    where = Path(path)
    if where.is_absolute():
        return where
    if folder is None:
        raise InvalidRequest(
            "body", f"“{path}” starts at the folder of the collection: save the request first, or give the whole path."
        )
    return folder / where


def _why(where: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file “{where}”."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"“{where}” cannot be read: {reason}."
