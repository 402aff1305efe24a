"""Multipart bodies (RFC 7578): the MIME text of a `.http` file taken apart and put together, and what is sent of it."""

import re
import secrets
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from desktop.explorer.model.body import Payload
from desktop.explorer.model.body_files import segments
from desktop.explorer.model.prepared import InvalidRequest
from servers.exchange import Headers, header

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_DELIMITER = re.compile(r"^--([^\r\n]+?)(?:--)?[ \t]*\r?$", re.MULTILINE)
_BLANK = re.compile(r"(?:\A|(?<=\n))\r?\n")
_LAST_BREAK = re.compile(r"\r?\n\Z")


@dataclass(frozen=True, slots=True)
class MimePart:
    """One part as written: its texts one after another stand in the body.

    ``delimiter`` is the line above it, ``head`` its header lines, ``blank`` the line that ends them, ``tail`` the line
    break that belongs to the next delimiter.
    """

    delimiter: str
    head: str = ""
    blank: str = "\n"
    content: str = ""
    tail: str = "\n"

    def __str__(self) -> str:
        return f"{self.delimiter}{self.head}{self.blank}{self.content}{self.tail}"


@dataclass(frozen=True, slots=True)
class MimeText:
    """The parts in order; ``before`` is what stands above the first, ``after`` the last delimiter and all below."""

    parts: tuple[MimePart, ...]
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{''.join(map(str, self.parts))}{self.after}"


def boundary_of(headers: Headers) -> str:
    """The boundary that the Content-Type names (RFC 2046, section 5.1.1); empty where it names none."""
    message = Message()
    message["Content-Type"] = header(headers, "Content-Type") or ""
    value = message.get_param("boundary", "")
    return value if isinstance(value, str) else value[2]


def boundary_in(text: str) -> str:
    """The boundary by the first delimiter in a body; empty where there is none."""
    found = _DELIMITER.search(text)
    return found[1].rstrip() if found else ""


def new_boundary() -> str:
    """A boundary that no content has."""
    return f"portside-{secrets.token_hex(8)}"


def parse(text: str, boundary: str) -> MimeText:
    """Take a body apart; its str is the text again.

    Raises InvalidRequest where the boundary does not occur, or where the last part is not closed.
    """
    groups: list[list[str]] = [[]]
    closed = False
    for line in _LINES.findall(text):
        mark = line.rstrip() if line.startswith("--") and not closed else ""
        closed = closed or mark == f"--{boundary}--"
        if mark in (f"--{boundary}", f"--{boundary}--"):
            groups.append([])
        groups[-1].append(line)
    if len(groups) == 1:
        raise InvalidRequest("body", f"No line of the body is “--{boundary}”, with the boundary of its Content-Type.")
    if not closed:
        raise InvalidRequest("body", f"The last part is not closed: the body must end in a line “--{boundary}--”.")
    before, *parts, after = groups
    return MimeText(tuple(_part(lines) for lines in parts), "".join(before), "".join(after))


def encode(body: str, headers: Headers, folder: Path | None, charset: str) -> Payload:
    """What is sent: the framing with CRLF, contents as they are, files as files. Raises InvalidRequest."""
    boundary = boundary_of(headers)
    if not boundary:
        raise InvalidRequest(
            "body", "The Content-Type must name the boundary of the parts: multipart/form-data; boundary=some-word."
        )
    pieces: list[str] = []
    for part in parse(body, boundary).parts:
        head = "".join(f"{line}\r\n" for line in part.head.splitlines())
        pieces += (f"--{boundary}\r\n{head}\r\n", part.content, "\r\n")
    pieces.append(f"--{boundary}--\r\n")
    return segments(pieces, folder, charset)


def _part(lines: list[str]) -> MimePart:
    delimiter, text = lines[0], "".join(lines[1:])
    blank = _BLANK.search(text)
    if blank is None:
        return MimePart(delimiter, text, "", "", "")
    content = text[blank.end() :]
    tail = found[0] if (found := _LAST_BREAK.search(content)) else ""
    return MimePart(delimiter, text[: blank.start()], blank[0], content[: len(content) - len(tail)], tail)
