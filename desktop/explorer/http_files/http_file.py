"""Reads `.http` files: collections of requests in plain text, which any editor can show and change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.explorer.http_files import request_line
from desktop.explorer.http_files.auth_words import from_header
from desktop.explorer.http_files.kinds import FILE_LINE, GRAPHQL_METHOD, kind_of, says_graphql
from desktop.explorer.http_files.layout import BOM, Layout, Row, endings_kept, laid_out
from desktop.explorer.http_files.tags import BLANK_LINES, said
from desktop.explorer.model.auth import Auth, Inherit
from desktop.explorer.model.request import Header, Pair, Request

_PART = re.compile(r"^###", re.MULTILINE)
_EXPECTED = re.compile(r"expect\s+([1-5][0-9]{2})\b", re.IGNORECASE)


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

    @property
    def prompts(self) -> tuple[Pair, ...]:
        """The variables that are to be asked for before sending (``# @prompt name description``)."""
        words = [value.split(None, 1) for name, value in self.tags if name == "prompt" and value]
        return tuple((name, " ".join(rest)) for name, *rest in words)

    @property
    def note(self) -> str | None:
        """What is to be confirmed before sending (``# @note``), perhaps in no words; None where nothing is."""
        return dict(self.tags).get("note")

    @property
    def is_websocket(self) -> bool:
        """Whether the request opens a WebSocket; its body is the messages, and HTTP cannot send it."""
        return self.request is not None and self.request.method == "WEBSOCKET"


@dataclass(frozen=True, slots=True)
class HttpFile:
    """The parts of a file in order; their texts one after another are the text of the file.

    ``encoding`` is how they become bytes.
    """

    parts: tuple[Part, ...]
    encoding: str = "utf-8"

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

    @property
    def auth(self) -> Auth:
        """What a first part without a request says for all requests of the file (``# @auth ...``)."""
        if not self.parts or self.parts[0].request is not None:
            return Inherit()
        return said(self.parts[0].tags).auth or Inherit()

    @property
    def newline(self) -> str:
        """What ends the first line; LF in a file of one."""
        first = next((part.text for part in self.parts if "\n" in part.text), "")
        return "\r\n" if first.partition("\n")[0].endswith("\r") else "\n"

    def with_part(self, index: int, text: str) -> "HttpFile":
        """The file with another text for one of its parts."""
        texts = [part.text for part in self.parts]
        texts[index] = text
        return self._of(texts)

    def without_part(self, index: int) -> "HttpFile":
        """The file without a part. What stands above a first request, to the last variable, stays: it is the file's."""
        texts = [part.text for part in self.parts]
        texts[index] = _above(texts[index])
        return self._of(texts)

    def with_inserted(self, index: int, text: str) -> "HttpFile":
        """The file with another part in front of the one at ``index``, behind a blank line."""
        texts = [part.text for part in self.parts]
        texts.insert(index, text)
        if index > 0 and BLANK_LINES not in dict(self.parts[index - 1].tags):
            texts[index - 1] = _blank_at_end(texts[index - 1], self.newline)
        if index < len(self.parts):
            texts[index] = _blank_at_end(text, self.newline)
        return self._of(texts)

    def _of(self, texts: Sequence[str]) -> "HttpFile":
        """A file of these parts; each but the first begins with ``###``, each but the last ends its last line."""
        mark = BOM if self.parts and self.parts[0].text.startswith(BOM) else ""
        bare = [one for one in (text.removeprefix(BOM) for text in texts) if one]
        for n, text in enumerate(bare):
            start = "" if n == 0 or text.startswith("###") else f"###{self.newline}"
            end = "" if n + 1 == len(bare) or text.endswith("\n") else self.newline
            bare[n] = f"{start}{text}{end}"
        return replace(parse(mark + "".join(bare)), encoding=self.encoding)


def parse(text: str) -> HttpFile:
    """Read a file. Nothing is refused: what cannot be sent is said when it is to be sent."""
    if not text:
        return HttpFile(())
    starts = [0, *(found.start() for found in _PART.finditer(text, 1))]
    parts, number = [], 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        parts.append(_part(text[start:end], number))
        number += text.count("\n", start, end)
    return HttpFile(tuple(parts))


def _part(text: str, number: int) -> Part:
    found = laid_out(text)
    request, version = None, ""
    files: tuple[str, ...] = ()
    tags = tuple(row.value for row in found.tags)
    if found.target < found.target_end:
        request, version = _request(found)
        lines = found.lines[found.body : found.body_end]
        files = tuple(name[1].rstrip() for line in lines if line[:1] == "<" and (name := FILE_LINE.match(line)))
    return Part(
        text,
        number,
        found.title or "",
        tuple(found.comments),
        tags,
        tuple(found.variables),
        request,
        version,
        files,
        tuple(found.handlers),
    )


def _request(found: Layout) -> tuple[Request, str]:
    """The request, and the version of HTTP that is written with it."""
    line = request_line.read(found.lines[found.target : found.target_end])
    marker = graphql_row(found, line.method)
    by_header = auth_row(found)
    rows = tuple(row.value for row in found.headers if row is not marker and row is not by_header)
    body = "\n".join(found.lines[found.body : found.body_end])
    graphql = marker is not None or line.method == GRAPHQL_METHOD
    tagged = found.tagged
    auth = tagged.auth
    if by_header is not None:
        auth = from_header(by_header.value)
    request = Request(
        "POST" if line.method == GRAPHQL_METHOD else line.method,
        line.target,
        rows,
        body,
        kind_of(rows, body, graphql=graphql),
        auth or Inherit(),
        tagged.options,
        tagged.ticked_off,
        tagged.path_values,
    )
    return request, line.version


def graphql_row(found: Layout, method: str) -> Row[Header] | None:
    """The header that is there only to say that the body is GraphQL; the method can say so, too."""
    if method == GRAPHQL_METHOD:
        return None
    return next((row for row in found.headers if says_graphql(row.value)), None)


def auth_row(found: Layout) -> Row[Header] | None:
    """The header that says who sends the request; beside a tag that says so, headers are only headers."""
    if found.tagged.auth is not None:
        return None
    return next((row for row in found.headers if from_header(row.value) is not None), None)


def _above(text: str) -> str:
    """The lines of a part without ``###`` to its last variable."""
    found = laid_out(text)
    return "" if found.title is not None else "".join(endings_kept(text)[: found.variables_end])


def _blank_at_end(text: str, newline: str) -> str:
    """The text with a blank line at its end."""
    ended = text if text.endswith("\n") else text + newline
    return ended if ended.endswith(("\n\n", "\n\r\n")) else ended + newline
