"""The parts of -F as a multipart body (curl manual, “--form”)."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from desktop.explorer.curl.ansi import as_bytes
from desktop.explorer.curl.arguments import Operation, Told
from desktop.explorer.curl.files import Files
from desktop.explorer.model.body_files import file_line
from desktop.explorer.model.multipart import new_boundary

_WORD = re.compile(r'"((?:\\.|[^"\\])*)"[ \t]*(?=[;,]|\Z)', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_PARAMETER = re.compile(r"[ \t]*(type|filename|headers|encoder)=", re.IGNORECASE)
_QUOTES = {'"': "%22", "\r": "%0D", "\n": "%0A"}
_TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
}
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class _Part:
    """``path`` is that of a file, else ``text`` is the content; a part with ``filename`` is sent as a file."""

    name: str
    text: str = ""
    path: str = ""
    filename: str | None = None
    type: str = ""
    headers: tuple[str, ...] = ()

    def head(self, disposition: str) -> str:
        """The header lines with the blank one behind them."""
        name = f'; name="{_quoted(self.name)}"' if self.name else ""
        file = f'; filename="{_quoted(self.filename)}"' if self.filename is not None else ""
        kind = self.type or self._guessed()
        lines = [f"Content-Disposition: {disposition}{name}{file}", *([f"Content-Type: {kind}"] if kind else [])]
        return "".join(f"{line}\n" for line in (*lines, *self.headers, ""))

    def _guessed(self) -> str:
        for name in (self.filename or "", self.path):
            if found := _TYPES.get(PurePosixPath(name).suffix.lower()):
                return found
        return _UNKNOWN_TYPE if self.filename is not None else ""


def multipart(operation: Operation, files: Files, media_type: str) -> tuple[str | bytes, str]:
    """The body and its boundary; in bytes where the text of a `.http` file could not say it."""
    parts = [part for told in operation.form for part in _parts(told, files)]
    boundary = new_boundary()
    disposition = "form-data" if media_type == "multipart/form-data" else "attachment"
    heads = [f"--{boundary}\n{part.head(disposition)}" for part in parts]
    end = f"--{boundary}--\n"
    if any(_is_unfit(part.text) for part in parts):
        return _in_bytes(parts, heads, end, files), boundary
    contents = [f"< {part.path}" if part.path else part.text for part in parts]
    return "".join(f"{head}{content}\n" for head, content in zip(heads, contents, strict=True)) + end, boundary


def _in_bytes(parts: list[_Part], heads: list[str], end: str, files: Files) -> bytes:
    pieces: list[bytes] = []
    for part, head in zip(parts, heads, strict=True):
        content = part.text if not part.path else files.text(part.path) or ""
        pieces += (as_bytes(head.replace("\n", "\r\n")), as_bytes(content), b"\r\n")
    return b"".join((*pieces, as_bytes(end.replace("\n", "\r\n"))))


def _is_unfit(text: str) -> bool:
    """Whether a content would be taken for a file, or is no text."""
    lines = text.split("\n")
    return (
        any(line.startswith("<") and file_line(line) is not None for line in lines)
        or text.endswith("\r")
        or any("\ud800" <= one <= "\udfff" or one == "\0" for one in text)
    )


def _parts(told: Told, files: Files) -> list[_Part]:
    option, value = told
    name, equals, content = value.partition("=")
    if not equals:
        files.warnings.append(f"“{value}” is not a part of a form, which is written as name=content.")
        return []
    if option == "form-string":
        return [_Part(name, content)]
    if content.startswith("(") or (content.startswith("@") and len(_split(content[1:], ",")) > 1):
        files.warnings.append(f"“{value}” nests parts in a part, which cannot be carried over; it is left out.")
        return []
    return [_with_content(name, content, files)]


def _with_content(name: str, content: str, files: Files) -> _Part:
    sign = content[:1] if content[:1] in ("@", "<") else ""
    word, *parameters = _split(content[len(sign) :], ";")
    part = _with_parameters(_Part(name, "" if sign else word), parameters, files.warnings)
    if not sign:
        return part
    path = files.reference(word)
    if path:
        files.check(path)
    text = "" if path else files.text(word) or ""
    if sign == "<":
        return replace(part, path=path, text=text, filename=None)
    own = None if word == "-" and part.filename is None else re.split(r"[/\\]", word)[-1]
    return replace(part, path=path, text=text, filename=part.filename if part.filename is not None else own or "-")


def _with_parameters(part: _Part, parameters: list[str], warnings: list[str]) -> _Part:
    for text in parameters:
        found = _PARAMETER.match(text)
        key, value = (found[1].lower(), _unquoted(text[found.end() :])) if found is not None else ("", "")
        if key == "type":
            part = replace(part, type=value.strip())
        elif key == "filename":
            part = replace(part, filename=value)
        elif key == "headers" and not value.startswith(("@", "<")):
            part = replace(part, headers=(*part.headers, value))
        else:
            warnings.append(f"“{text.strip()}” of the part “{part.name}” cannot be carried over; it is left out.")
    return part


def _split(text: str, mark: str) -> list[str]:
    """The text cut at each ``mark``, the first word without its quotes; a type keeps its own parameters."""
    pieces: list[str] = []
    while True:
        found = _PARAMETER.match(text) if pieces else None
        start = found.end() if found is not None else 0
        quoted = _WORD.match(text, start)
        end = text.find(mark, quoted.end() if quoted is not None else start)
        pieces.append(text[:end] if end >= 0 else text)
        if end < 0:
            break
        text = text[end + 1 :]
    return [_unquoted(pieces[0]), *_joined(pieces[1:])]


def _joined(parameters: list[str]) -> list[str]:
    """Parameters of a media type, such as ``type=text/plain; charset=latin1``, belong to it."""
    joined: list[str] = []
    for text in parameters:
        belongs = joined and joined[-1].strip().lower().startswith("type=") and _PARAMETER.match(text) is None
        if belongs:
            joined[-1] += f";{text}"
        else:
            joined.append(text)
    return joined


def _unquoted(text: str) -> str:
    found = _WORD.fullmatch(text)
    return _ESCAPED.sub(r"\1", found[1]) if found is not None else text


def _quoted(text: str) -> str:
    return "".join(_QUOTES.get(one, one) for one in text)
