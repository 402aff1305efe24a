"""The body of a form (WHATWG URL, section 5) as rows: what was typed stays as typed, encoded or not."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote_plus

_AROUND_BREAK = re.compile(r"[ \t]*&[ \t]*(?:\r?\n[ \t]*)+|[ \t]*(?:\r?\n[ \t]*)+&[ \t]*")
_AROUND_EQUALS = re.compile(r"^([^&=]*?)[ \t]*=[ \t]*", re.MULTILINE)
_BEFORE = re.compile(r"\s*\n\s*")
_AFTER = re.compile(r"\s*\n\s*\Z")
_UNFIT = re.compile(r"(?:\{\{[^{}\r\n]*\}\})|([^!-~]+)")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One member as written: percent-encoded or not. Only enabled ones stand in the text.

    ``equals`` is whether it has an equals sign; ``before`` and ``after`` are the line breaks around it.
    """

    name: str
    value: str
    enabled: bool = True
    equals: bool = True
    before: str = ""
    after: str = ""


def rows(text: str) -> tuple[FormRow, ...]:
    """The members of a form's text in order; ``text`` of them gives the text again."""
    return tuple(_row(member) for member in text.split("&")) if text else ()


def text(rows: tuple[FormRow, ...]) -> str:
    """The enabled rows as the text of a form; a character that would end a name or value is percent-encoded."""
    return "&".join(_member(row) for row in rows if row.enabled)


def on_one_line(text: str) -> str:
    """The form as it is sent: line breaks beside ``&`` only arrange it, as blanks around ``=`` do then."""
    joined = _AROUND_BREAK.sub("&", text)
    if joined == text:
        return text
    members = (_AROUND_EQUALS.sub(r"\1=", member) for member in joined.split("&"))
    return "&".join(members).strip(" \t\r\n")


def is_fit(text: str) -> bool:
    """Whether the text has only characters that a form can carry unencoded; ``{{names}}`` do not count."""
    return not any(found[1] for found in _UNFIT.finditer(text))


def encoded(row: FormRow) -> FormRow:
    """The row with whatever a form cannot carry percent-encoded, and blanks as ``+``."""
    return replace(row, name=_encoded(row.name), value=_encoded(row.value))


def _encoded(text: str) -> str:
    return _UNFIT.sub(lambda found: quote_plus(found[1].encode("utf-8", "replace")) if found[1] else found[0], text)


def _row(member: str) -> FormRow:
    before = found[0] if (found := _BEFORE.match(member)) else ""
    rest = member[len(before) :]
    after = found[0] if (found := _AFTER.search(rest)) else ""
    name, equals, value = rest[: len(rest) - len(after)].partition("=")
    return FormRow(name, value, True, bool(equals), before, after)


def _member(row: FormRow) -> str:
    name = row.name.replace("&", "%26").replace("=", "%3D")
    value = row.value.replace("&", "%26")
    return f"{row.before}{name}{'=' if row.equals or value else ''}{value}{row.after}"
