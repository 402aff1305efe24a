"""The parts of a multipart body as rows to edit: only what was changed is written anew."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.explorer.model.body_files import file_line
from desktop.explorer.model.multipart import MimePart, MimeText

_HEADER = re.compile(r"(?P<name>[^:\r\n]+):[ \t]*(?P<value>[^\r\n]*)(?P<end>\r?\n|\Z)")
_PARAMETER = r'(?i:(?<![\w*]){name})[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|([^\s;"]+))'
_UNQUOTABLE = re.compile(r'["\r\n]')


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part: ``value`` is its content, which may be a line such as ``< ./photo.png``; only enabled rows are sent.

    ``part`` is what it was read from.
    """

    name: str = ""
    value: str = ""
    content_type: str = ""
    file_name: str = ""
    enabled: bool = True
    part: MimePart | None = None

    @property
    def is_file(self) -> bool:
        """Whether the content is that of a file."""
        return file_line(self.value) is not None


def rows(text: MimeText) -> tuple[PartRow, ...]:
    """The parts in order."""
    return tuple(_row(part) for part in text.parts)


def with_rows(text: MimeText, rows: Sequence[PartRow], boundary: str) -> MimeText:
    """The body with these rows as its parts; what a row was read from and still says stays to the byte."""
    newline = "\r\n" if any(part.delimiter.endswith("\r\n") for part in text.parts) else "\n"
    parts = tuple(_part(row, boundary, newline) for row in rows if row.enabled)
    return replace(text, parts=parts, after=text.after or f"--{boundary}--")


def _row(part: MimePart) -> PartRow:
    disposition = _field(part.head, "Content-Disposition")
    name, file_name = _parameter(disposition, "name"), _parameter(disposition, "filename")
    return PartRow(name, part.content, _field(part.head, "Content-Type"), file_name, True, part)


def _part(row: PartRow, boundary: str, newline: str) -> MimePart:
    part = row.part or MimePart(f"--{boundary}{newline}", blank=newline, tail=newline)
    before = _row(part)
    if row == before:
        return part
    head = part.head
    if (row.name, row.file_name) != (before.name, before.file_name) or not head:
        file_name = f"; filename={_quoted(row.file_name)}" if row.file_name else ""
        head = _with_field(head, "Content-Disposition", f"form-data; name={_quoted(row.name)}{file_name}", newline)
    if row.content_type != before.content_type:
        head = _with_field(head, "Content-Type", row.content_type, newline)
    return replace(part, head=head, blank=part.blank or newline, content=row.value, tail=part.tail or newline)


def _field(head: str, name: str) -> str:
    found = (one for one in _HEADER.finditer(head) if one["name"].strip().lower() == name.lower())
    return next((one["value"].rstrip() for one in found), "")


def _parameter(value: str, name: str) -> str:
    found = re.search(_PARAMETER.format(name=name), value)
    return (found[1] if found[1] is not None else found[2]) if found else ""


def _with_field(head: str, name: str, value: str, newline: str) -> str:
    """The head with one field set, where it stood or at the end; without it where the value is empty."""
    line = f"{name}: {_UNQUOTABLE.sub(' ', value) if name == 'Content-Type' else value}{newline}" if value else ""
    for found in _HEADER.finditer(head):
        if found["name"].strip().lower() == name.lower():
            return head[: found.start()] + line + head[found.end() :]
    return head + line


def _quoted(text: str) -> str:
    """A parameter as browsers write it (WHATWG HTML, multipart/form-data encoding)."""
    return '"' + _UNQUOTABLE.sub(lambda found: f"%{ord(found[0]):02X}", text) + '"'
