"""The headers that a command names, and those that curl adds for its other options."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime

from desktop.explorer.curl.ansi import as_bytes
from desktop.explorer.curl.arguments import Operation
from desktop.explorer.curl.cookies import cookie_header
from desktop.explorer.curl.files import Files
from desktop.explorer.model.request import Header

_ADDED_TO_EVERY_REQUEST = frozenset(("host", "accept", "accept-encoding", "user-agent", "connection", "content-length"))


@dataclass(frozen=True, slots=True)
class Named:
    """``rows`` are those of -H in order; ``removed`` are the names, in lower case, that must not be added."""

    rows: tuple[Header, ...]
    removed: frozenset[str]

    @property
    def without(self) -> frozenset[str]:
        """Of the removed ones, those that are otherwise added here, too."""
        return self.removed & _ADDED_TO_EVERY_REQUEST - {row.name.lower() for row in self.rows}

    def value(self, name: str) -> str | None:
        """That of the first row of a name."""
        return next((row.value for row in self.rows if row.name.lower() == name.lower()), None)

    def has(self, name: str) -> bool:
        """Whether the command itself says something of a header."""
        return name.lower() in self.removed or self.value(name) is not None


def named(operation: Operation, files: Files) -> Named:
    """What -H says: ``X: y``, ``X;`` for an empty one, ``X:`` to remove one, ``@file`` for lines of these."""
    rows: list[Header] = []
    removed = {"user-agent"} if operation.texts.get("user-agent") == "" else set()
    for line in _lines(operation, files):
        name, colon, value = line.partition(":")
        if colon and name and value.strip():
            rows.append(Header(name, _on_the_wire(value.strip(), files.warnings)))
        elif colon and name:
            removed.add(name.lower())
        elif not colon and line.rstrip().endswith(";"):
            rows.append(Header(line.rstrip()[:-1], ""))
        else:
            files.warnings.append(f"“{line}” is not a header and not sent by curl; it is left out.")
    return Named(tuple(rows), frozenset(removed))


def added(operation: Operation, given: Named, url: str, files: Files) -> Iterator[Header]:
    """What curl adds for -A, -b, -e, -r, -C and -z unless -H names it."""
    texts = operation.texts
    referer = texts.get("referer", "")
    if ";auto" in referer:
        files.warnings.append("“;auto” cannot be carried over: no redirect gets a Referer of its own.")
    wanted = [("User-Agent", texts.get("user-agent", "")), ("Referer", referer.partition(";auto")[0])]
    if not given.has("Cookie"):
        wanted.append(("Cookie", cookie_header(operation, url, files)))
    wanted += [("Range", _range(operation, files.warnings)), _condition(texts.get("time-cond", ""), files.warnings)]
    for name, value in wanted:
        if value and not given.has(name):
            yield Header(name, value)


def _lines(operation: Operation, files: Files) -> Iterator[str]:
    for _, value in operation.headers:
        text = (files.text(value[1:]) or "") if value.startswith("@") else value
        yield from filter(str.strip, text.splitlines())


def _range(operation: Operation, warnings: list[str]) -> str:
    offset = operation.texts.get("continue-at", "")
    if offset.isdigit() and int(offset) and not operation.uploads:
        return f"bytes={offset}-"
    if offset and offset != "0":
        warnings.append(f"--continue-at {offset} cannot be carried over; it is left out.")
    wanted = operation.texts.get("range", "")
    return f"bytes={wanted}" if wanted else ""


def _condition(text: str, warnings: list[str]) -> tuple[str, str]:
    name = "If-Unmodified-Since" if text.startswith("-") else "If-Modified-Since"
    if text:
        try:
            moment = parsedate_to_datetime(text.removeprefix("-"))
            return name, format_datetime(moment.astimezone(UTC), usegmt=True)
        except ValueError:
            warnings.append(f"“{text}” of --time-cond is not a date as in HTTP; it is left out.")
    return name, ""


def _on_the_wire(value: str, warnings: list[str]) -> str:
    """The value without bytes that are not UTF-8."""
    if any("\ud800" <= one <= "\udfff" for one in value):
        warnings.append("A header has bytes that are not UTF-8; “�” stands for them.")
        return as_bytes(value).decode("utf-8", "replace")
    return value
