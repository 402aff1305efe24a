"""Reads `.http` files: collections of requests in plain text, which any editor can show and change."""

import re
from collections import deque
from dataclasses import dataclass, field, replace

from desktop.explorer.request import METHODS, Header, Request

Pair = tuple[str, str]

_LINE = re.compile(r".*\n|.+")
_COMMENT = re.compile(r"(?:#|//)\s*(.*)")
_TAG = re.compile(r"@([\w-]+)[\s=]*(.*)")
_EXPECTED = re.compile(r"expect\s+([1-5][0-9]{2})\b", re.IGNORECASE)
_VARIABLE = re.compile(r"@([^\s=]+)\s*=\s*(.*)")
_METHOD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_VERSION = re.compile(r"[ \t]HTTP/([0-9][0-9.]*)\Z")
_CONTINUED = re.compile(r"[ \t]+\S|[?&]")
_HANDLER = re.compile(r"(?:>>?!?|<>)\s")
_FILE = re.compile(r"<(?:@\w*)?[ \t]+(\S.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a file and all that belongs to it, or a stretch of text without a request.

    ``text`` is exactly what stands in the file from this ``###`` to the next; ``line`` counts its first line from 1.
    ``title`` is the rest of the ``###`` line. ``comments``, ``tags`` (``# @tag value``) and ``variables``
    (``@name = value``) stand before the body. ``version`` is that of HTTP where it is written. ``files`` are the paths
    that the body's ``< ./file`` lines name. ``handlers`` are scripts and references to files; they are kept, not run.
    """

    text: str
    line: int
    title: str = ""
    comments: tuple[str, ...] = ()
    tags: tuple[Pair, ...] = ()
    variables: tuple[Pair, ...] = ()
    request: Request | None = None
    version: str = ""
    files: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What other requests call this one by: its ``# @name``, else its title."""
        return dict(self.tags).get("name") or self.title

    @property
    def expected(self) -> int | None:
        """The status that a comment such as ``# expect 404`` announces."""
        found = (_EXPECTED.match(comment) for comment in self.comments)
        return next((int(match[1]) for match in found if match is not None), None)

    @property
    def about(self) -> str:
        """What the comments say to a reader, as one paragraph."""
        return " ".join(comment for comment in self.comments if comment and not _EXPECTED.match(comment))


@dataclass(frozen=True, slots=True)
class HttpFile:
    """The parts of a file in order; their texts one after another are the text of the file."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole file, to the byte as it was read."""
        return "".join(part.text for part in self.parts)

    @property
    def requests(self) -> tuple[Part, ...]:
        """The parts that have a request."""
        return tuple(part for part in self.parts if part.request is not None)

    @property
    def variables(self) -> dict[str, str]:
        """The file's variables as written; the last of several with one name counts."""
        return {name: value for part in self.parts for name, value in part.variables}


def parse(text: str) -> HttpFile:
    """Read a file. Nothing is refused: what cannot be sent is said when it is to be sent."""
    chunks: list[list[str]] = []
    for line in _LINE.findall(text):
        if not chunks or line.startswith("###"):
            chunks.append([])
        chunks[-1].append(line)
    parts, number = [], 1
    for chunk in chunks:
        parts.append(_part(chunk, number))
        number += len(chunk)
    return HttpFile(tuple(parts))


@dataclass(slots=True)
class _Notes:
    """What stands around a request, gathered line by line."""

    comments: list[str] = field(default_factory=list)
    tags: list[Pair] = field(default_factory=list)
    variables: list[Pair] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)

    def take_comment(self, line: str) -> bool:
        """Whether the line is a comment or a tag, and thus noted."""
        comment = _COMMENT.match(line)
        if comment is None:
            return False
        tag = _TAG.match(comment[1])
        if tag is None:
            self.comments.append(comment[1].rstrip())
        else:
            self.tags.append((tag[1], tag[2].strip()))
        return True


def _part(chunk: list[str], number: int) -> Part:
    lines = deque(line.rstrip("\r\n") for line in chunk)
    lines[0] = lines[0].removeprefix("\ufeff")
    title = lines.popleft().strip("# \t") if lines[0].startswith("###") else ""
    notes = _Notes()
    _read_preamble(lines, notes)
    request, version = None, ""
    files: list[str] = []
    if lines:
        method, target, version = _read_request_line(lines)
        headers = _read_headers(lines, notes)
        body = _read_body(lines)
        files = [found[1].rstrip() for line in body if (found := _FILE.match(line)) is not None]
        _read_handlers(lines, notes)
        request = Request(method, target, headers, "\n".join(body))
    return Part(
        "".join(chunk),
        number,
        title,
        tuple(notes.comments),
        tuple(notes.tags),
        tuple(notes.variables),
        request,
        version,
        tuple(files),
        tuple(notes.handlers),
    )


def _read_preamble(lines: deque[str], notes: _Notes) -> None:
    """Take all lines before the request line."""
    while lines:
        line = lines[0].strip()
        if line.startswith("< "):
            notes.handlers.append(_script(lines))
            continue
        variable = _VARIABLE.match(line)
        if variable is not None:
            notes.variables.append((variable[1], variable[2]))
        elif line and not notes.take_comment(line):
            return
        lines.popleft()


def _read_request_line(lines: deque[str]) -> tuple[str, str, str]:
    """Method, target and version; the target may go on over further lines."""
    line = lines.popleft().strip()
    while lines and _CONTINUED.match(lines[0]):
        line += lines.popleft().strip()
    version = _VERSION.search(line)
    if version is not None:
        line = line[: version.start()].rstrip()
    word, *rest = line.split(None, 1)
    if rest and _METHOD.fullmatch(word) and (word.isupper() or word.upper() in METHODS):
        return word.upper(), rest[0], version[1] if version else ""
    return "GET", line, version[1] if version else ""


def _read_headers(lines: deque[str], notes: _Notes) -> tuple[Header, ...]:
    """Take the lines to the first blank one, and that."""
    headers: list[Header] = []
    while lines and not _HANDLER.match(lines[0]):
        line = lines.popleft()
        if not line.strip():
            break
        if headers and line[0] in " \t":
            headers[-1] = replace(headers[-1], value=f"{headers[-1].value} {line.strip()}".lstrip())
        elif not notes.take_comment(line):
            name, _, value = line.partition(":")
            headers.append(Header(name.strip(), value.strip()))
    return tuple(headers)


def _read_body(lines: deque[str]) -> list[str]:
    """Take the lines to the first handler; blank ones at the end only separate this request from the next."""
    body: list[str] = []
    while lines and not _HANDLER.match(lines[0]):
        body.append(lines.popleft())
    while body and not body[-1].strip():
        body.pop()
    return body


def _read_handlers(lines: deque[str], notes: _Notes) -> None:
    while lines:
        if _HANDLER.match(lines[0]):
            notes.handlers.append(_script(lines))
        else:
            lines.popleft()


def _script(lines: deque[str]) -> str:
    """Take a handler: one line, or from ``{%`` to ``%}``."""
    taken = [lines.popleft()]
    if "{%" in taken[0]:
        while lines and "%}" not in taken[-1]:
            taken.append(lines.popleft())
    return "\n".join(taken)
