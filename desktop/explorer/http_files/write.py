"""Writes requests into `.http` files: what did not change stays to the byte."""

from functools import partial

from desktop.explorer.http_files import request_line
from desktop.explorer.http_files.auth_words import as_header, as_words, from_header
from desktop.explorer.http_files.edits import Edits
from desktop.explorer.http_files.faults import CannotWrite, as_kept, check, same
from desktop.explorer.http_files.http_file import Part, auth_row, graphql_row, parse
from desktop.explorer.http_files.kinds import GRAPHQL_METHOD
from desktop.explorer.http_files.layout import Row, laid_out
from desktop.explorer.http_files.lines import header_line, tag_line, title_line
from desktop.explorer.http_files.tags import AUTH, statements, usual_form
from desktop.explorer.model.auth import Auth, Inherit
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request

__all__ = ["CannotWrite", "new_part", "rewritten", "same"]


def rewritten(part: Part, request: Request, title: str | None = None) -> str:
    """The text of a part with another request in it, and another title if there is one.

    Only the lines of what changed are other ones. Raises CannotWrite.
    """
    title = part.title if title is None else title.strip()
    if part.request is not None and title == part.title and same(part.request, request):
        return part.text
    request = as_kept(request)
    try:
        text = _Writer(part, request).text(title, by_tag=False)
        check(part, text, request, title)
    except CannotWrite as error:
        if error.field not in ("auth", "headers"):
            raise
        text = _Writer(part, request).text(title, by_tag=True)
        check(part, text, request, title)
    return text


def new_part(request: Request, title: str, newline: str = "\n") -> str:
    """The text of a part with this request. Raises CannotWrite."""
    (empty,) = parse(f"###{newline}").parts
    return rewritten(empty, request, title)


class _Writer:
    """Puts one request in the place of another."""

    def __init__(self, part: Part, request: Request) -> None:
        self._new = request
        self._found = laid_out(part.text)
        self._old = part.request or Request()
        self._edits = Edits(part.text, "\r\n" if part.text.partition("\n")[0].endswith("\r") else "\n")
        found = self._found
        lines = found.lines[found.target : found.target_end]
        self._line = request_line.read(lines) if lines else None
        self._graphql = graphql_row(found, self._line.method if self._line is not None else "")
        self._auth = auth_row(found)

    def text(self, title: str, *, by_tag: bool) -> str:
        """All of it; the auth as a tag even where a header could say it if ``by_tag``."""
        self._write_title(title)
        self._write_tags()
        row = self._write_auth(by_tag=by_tag)
        self._write_request_line()
        self._write_headers(row)
        self._write_body()
        return self._edits.text()

    def _write_title(self, title: str) -> None:
        old = self._found.title
        if old is None and title:
            self._edits.insert(0, title_line(title, ""))
        elif old is not None and title != old:
            self._edits.put(0, title_line(title, self._found.lines[0]))

    def _write_tags(self) -> None:
        old = statements(self._old, self._found.tagged.blank_lines)
        for name, values in statements(self._new, _blank_lines(_lines(self._new))).items():
            if values != old[name]:
                self._write_tag(name, values)

    def _write_tag(self, name: str, values: tuple[str, ...]) -> None:
        rows = [Row(usual_form(name, value), lines) for (tag, value), lines in self._found.tags if tag == name]
        self._edits.rows(rows, values, self._found.target, partial(tag_line, name))

    def _write_auth(self, *, by_tag: bool) -> str | None:
        """Write what is said by a tag; the value of the header that is to say it, if one is."""
        tagged = self._found.tagged.auth
        header = None if by_tag or tagged is not None or self._ambiguous else as_header(self._new.auth)
        wanted: Auth | None = self._new.auth
        if header is not None or (isinstance(wanted, Inherit) and not self._ambiguous and tagged != wanted):
            wanted = None
        if wanted != tagged:
            self._write_tag(AUTH, () if wanted is None else (as_words(wanted),))
        return header

    @property
    def _ambiguous(self) -> bool:
        """Whether a header that is only a header could be taken for the auth."""
        return any(from_header(row) is not None for row in self._new.headers)

    def _write_request_line(self) -> None:
        graphql = self._new.kind is BodyKind.GRAPHQL and self._new.method == "POST" and self._graphql is None
        method, target = GRAPHQL_METHOD if graphql else self._new.method, self._new.url
        found = self._found
        if self._line is None:
            self._edits.insert(found.target, f"{method} {target}".strip())
        elif (method, target) != (self._line.method, self._line.target):
            lines = request_line.changed(found.lines[found.target : found.target_end], method, target)
            self._edits.drop(found.target + 1, found.target_end)
            for at, line in enumerate(lines, found.target):
                self._edits.put(at, line)

    def _write_headers(self, auth: str | None) -> None:
        found, special = self._found, (self._graphql, self._auth)
        marked = self._new.kind is BodyKind.GRAPHQL and (self._graphql is not None or self._new.method != "POST")
        self._write_special(self._graphql, Header("X-Request-Type", "GraphQL") if marked else None, found.target_end)
        rows = [row for row in found.headers if all(row is not one for one in special)]
        self._edits.rows(rows, self._new.headers, found.target_end, header_line)
        behind = max((row.lines[-1] + 1 for row in found.headers), default=found.target_end)
        self._write_special(self._auth, Header("Authorization", auth) if auth is not None else None, behind)

    def _write_special(self, old: Row[Header] | None, new: Header | None, at: int) -> None:
        """Write a header that is not among those of the request; a new one goes in front of line ``at``."""
        if old is None or new is None or from_header(new) != from_header(old.value):
            self._edits.rows([old] if old is not None else [], [new] if new is not None else [], at, header_line)

    def _write_body(self) -> None:
        found, edits, new = self._found, self._edits, _lines(self._new)
        old = found.lines[found.body : found.body_end]
        if not old and new:
            edits.insert(found.head_end, "", *new)
        elif old and not new:
            edits.drop(found.head_end, found.body_end)
        elif old != new:
            start = _alike(old, new)
            same_end = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
            self._write_lines(found.body + start, found.body_end - same_end, new[start : len(new) - same_end])

    def _write_lines(self, start: int, end: int, lines: list[str]) -> None:
        changed = min(end - start, len(lines))
        for at, line in enumerate(lines[:changed], start):
            self._edits.put(at, line)
        self._edits.drop(start + changed, end)
        self._edits.insert(start + changed, *lines[changed:])


def _lines(request: Request) -> list[str]:
    body = request.body if isinstance(request.body, str) else request.body.decode()
    return body.split("\n") if body else []


def _blank_lines(lines: list[str]) -> int:
    """How many lines at the end are blank."""
    return next((n for n, line in enumerate(reversed(lines)) if line.strip()), len(lines))


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines at the start are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
