"""Where each piece of a request stands among the lines of its part: what is read, and what is written line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from desktop.explorer.http_files.request_line import CONTINUED
from desktop.explorer.http_files.tags import NOTHING_SAID, Said, said
from desktop.explorer.model.request import Header, Pair

T = TypeVar("T")

BOM = "\ufeff"

TAG = re.compile(r"(\s*(?:#|//)\s*@([\w-]+))([\s=]*)(.*)")
"""A tag: what stands in front of its value, its name, what is between, and the value."""

OFF = re.compile(r"(?:#|//)\s*((?:[!#$%&'*+.^_`|~0-9A-Za-z-]|\{\{[^{}]*\}\})+)[ \t]*:(?!//)(.*)")
"""A header that is ticked off: a comment ``# Name: value`` among the headers."""

_LINE = re.compile(r".*\n|.+")
_TITLE = re.compile(r"#+\s*(.*?)(?:\s+#+)?\s*")
_COMMENT = re.compile(r"(?:#|//)\s*(.*)")
_VARIABLE = re.compile(r"@([^\s=]+)\s*=\s*(.*)")
_HANDLER = re.compile(r"(?:>>?!?|<>)\s")
_SCRIPT = re.compile(r"\{\{[@+\w]*\s*")
_RESPONSE = re.compile(r"HTTP/\d(?:\.\d)?[ \t]+[1-5]\d\d(?!\S)")


class Row(NamedTuple, Generic[T]):
    """Something that one line says, or several."""

    value: T
    lines: tuple[int, ...]


@dataclass(slots=True)
class Layout:
    """The pieces of one part; lines count from 0, an end is the line behind the last one.

    ``lines`` are without their endings and without a byte order mark. ``target`` to ``target_end`` is the request
    line, empty where there is none; ``head_end`` is behind the last header; ``body`` to ``body_end`` is the body, and
    the blank lines up to ``room`` belong to nobody. ``variables_end`` is behind the last variable of the file,
    ``last_braces`` is the last line that ends a script.
    """

    lines: list[str]
    title: str | None = None
    comments: list[str] = field(default_factory=list)
    tags: list[Row[Pair]] = field(default_factory=list)
    variables: list[Pair] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    headers: list[Row[Header]] = field(default_factory=list)
    tagged: Said = NOTHING_SAID
    variables_end: int = 0
    last_braces: int = -1
    target: int = 0
    target_end: int = 0
    head_end: int = 0
    body: int = 0
    body_end: int = 0
    room: int = 0


def endings_kept(text: str) -> list[str]:
    """The lines with what ends them; only LF does, alone or after CR."""
    return _LINE.findall(text)


def laid_out(text: str) -> Layout:
    """The pieces of one part, from its ``###`` to the next."""
    lines = [line.rstrip("\r\n") for line in endings_kept(text)]
    lines[0] = lines[0].removeprefix(BOM)
    found = Layout(lines)
    if "\n}}" in text:
        found.last_braces = max((n for n, line in enumerate(lines) if line.rstrip() == "}}"), default=-1)
    at = 0
    if lines[0].startswith("###"):
        title = _TITLE.fullmatch(lines[0])
        found.title = title[1] if title is not None else ""
        at = 1
    _read_preamble(found, at)
    if found.target < found.target_end:
        _read_head(found)
    if found.tags:
        found.tagged = said(row.value for row in found.tags)
    if found.target < found.target_end:
        _read_body(found)
    return found


def _read_preamble(found: Layout, at: int) -> None:
    """All lines before the request line, and that."""
    lines, end = found.lines, len(found.lines)
    while at < end:
        line = lines[at].strip()
        if not line or _note(found, line, at):
            at += 1
        elif (block := _block_end(found, at, line)) > at:
            _keep(found, at, block)
            at = block
        else:
            found.target, at = at, at + 1
            while at < end and CONTINUED.match(lines[at]):
                at += 1
            found.target_end = found.head_end = found.body = found.body_end = found.room = at
            return
    found.target = found.target_end = found.head_end = found.body = found.body_end = found.room = at


def _note(found: Layout, line: str, at: int) -> bool:
    """Whether the line is a variable, a comment or a tag, and thus noted."""
    if line[0] == "@" and (variable := _VARIABLE.match(line)) is not None:
        found.variables.append((variable[1], variable[2]))
        found.variables_end = at + 1
        return True
    return line[0] in "#/" and _take_comment(found, line, at)


def _take_comment(found: Layout, line: str, at: int) -> bool:
    comment = _COMMENT.match(line)
    if comment is None:
        return False
    text = comment[1].rstrip()
    tag = TAG.fullmatch(line) if text.startswith("@") else None
    if tag is None:
        found.comments.append(text)
    else:
        found.tags.append(Row((tag[2], tag[4].strip()), (at,)))
    return True


def _block_end(found: Layout, at: int, line: str) -> int:
    """The end of what begins here and is not sent: ``< script``, ``/* */``, ``{{`` to ``}}``; else ``at``."""
    lines = found.lines
    if line.startswith("< "):
        return _script_end(lines, at)
    if line.startswith("/*"):
        return next((n for n in range(at + 1, len(lines) + 1) if "*/" in lines[n - 1]), at)
    return _braces_end(found, at)


def _script_end(lines: list[str], at: int) -> int:
    """The end of a handler: one line, or from ``{%`` to ``%}``."""
    if "{%" not in lines[at]:
        return at + 1
    return next((n for n in range(at + 1, len(lines) + 1) if "%}" in lines[n - 1]), len(lines))


def _braces_end(found: Layout, at: int) -> int:
    if at >= found.last_braces or not _SCRIPT.fullmatch(found.lines[at]):
        return at
    return next(n + 1 for n in range(at + 1, len(found.lines)) if found.lines[n].rstrip() == "}}")


def _keep(found: Layout, at: int, end: int) -> None:
    kept = found.lines[at:end]
    if kept[0].lstrip().startswith("/*"):
        found.comments += _block_comment(kept)
    else:
        found.handlers.append("\n".join(kept))


def _block_comment(lines: list[str]) -> Iterator[str]:
    bare = (line.strip().removeprefix("/*").removesuffix("*/").strip() for line in lines)
    return (line for line in bare if line)


def _ends_request(found: Layout, at: int) -> bool:
    """Whether a handler or a script begins at a line."""
    line = found.lines[at]
    if line[:1] not in (">", "<", "{"):
        return False
    return _HANDLER.match(line) is not None or _braces_end(found, at) > at


def _read_head(found: Layout) -> None:
    """The lines to the first blank one, and that."""
    lines, at, end = found.lines, found.target_end, len(found.lines)
    last = -1
    while at < end and lines[at].strip() and not _ends_request(found, at):
        line = lines[at]
        if last >= 0 and line[0] in " \t":
            header, places = found.headers[last]
            value = f"{header.value} {line.strip()}".lstrip()
            found.headers[last] = Row(Header(header.name, value), (*places, at))
        elif line[0] in "#/" and (off := OFF.fullmatch(line)) is not None:
            found.headers.append(Row(Header(off[1], off[2].strip(" \t"), False), (at,)))
        elif line[0] not in "#/" or not _take_comment(found, line, at):
            name, _, value = line.partition(":")
            last = len(found.headers)
            found.headers.append(Row(Header(name.strip(" \t"), value.strip(" \t")), (at,)))
        at += 1
    found.head_end = at
    found.body = at + 1 if at < end and not lines[at].strip() else at


def _read_body(found: Layout) -> None:
    """The body up to the first handler, script or response; blank lines at its end only separate."""
    lines, at = found.lines, found.body
    tail, response = _tail(found)
    found.room = _trailing_comments(lines, at, tail)
    end = _last_line(lines, at, found.room)
    found.body_end = min(end + found.tagged.blank_lines, found.room)
    if not response:
        _read_handlers(found, tail)


def _tail(found: Layout) -> tuple[int, bool]:
    """Where the body has ended, and whether a response ends it, as some editors write it below its request."""
    lines, at = found.lines, found.body
    for n in range(at, len(lines)):
        line = lines[n]
        if not line or line[0] not in "H<>{":
            continue
        if line[:5] == "HTTP/" and (n == at or not lines[n - 1].strip()) and _RESPONSE.match(line):
            return n, True
        if _ends_request(found, n):
            return n, False
    return len(lines), False


def _last_line(lines: list[str], at: int, end: int) -> int:
    while end > at and not lines[end - 1].strip():
        end -= 1
    return end


def _trailing_comments(lines: list[str], at: int, end: int) -> int:
    """Where comments begin that stand between the body and ``end``: lines from ``/*`` to ``*/``, each alone."""
    while (last := _last_line(lines, at, end)) > at and lines[last - 1].rstrip() == "*/":
        start = next((n for n in range(last - 2, at - 1, -1) if lines[n].rstrip() == "/*"), -1)
        if start < 0 or (start > at and lines[start - 1].strip()):
            break
        end = start
    return end


def _read_handlers(found: Layout, at: int) -> None:
    lines = found.lines
    while at < len(lines):
        end = at
        if _HANDLER.match(lines[at]):
            end = _script_end(lines, at)
        elif lines[at][:2] == "{{":
            end = _braces_end(found, at)
        if end > at:
            found.handlers.append("\n".join(lines[at:end]))
        at = max(end, at + 1)
