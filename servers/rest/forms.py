"""The model of a form: which field each member of a document gets, what it says, and what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from servers.rest.bodies.typed_text import Schema, kinds, schema_of_member, text_of
from servers.rest.definition import Definition
from servers.rest.problems import Fault, member_of
from servers.rest.strict_json import Json

CONTROL = "_"
"""Names in a form that begin so speak about the request; every other name is a member of the document."""

MAX_FIELDS = 500
"""A document with more members than this has no form to edit it."""

_LINE = 80
"""Characters of a text up to which it has one line, unless its schema allows more than _LONG."""

_LONG = 200

_BREAKING = re.compile(r"[\x00-\x08\n-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_INEXACT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class Kind(StrEnum):
    """How a value is typed in."""

    LINE = "line"
    TEXT = "text"
    JSON = "json"
    INTEGER = "numeric"
    NUMBER = "decimal"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One member: its ``text`` as it is or was typed, the ``choices`` if it has only some, the ``faults`` of it."""

    name: str
    label: str
    kind: Kind
    text: str
    choices: tuple[str, ...]
    required: bool
    hint: str
    faults: tuple[str, ...] = ()

    @property
    def lines(self) -> int:
        """The lines that the text takes, about."""
        return sum(len(line) // _LINE + 1 for line in self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Form:
    """A form that creates (``method`` POST) or replaces (PUT) the resource at ``action`` while it has the ``tag``."""

    action: str
    method: str
    tag: str
    button: str
    fields: tuple[Field, ...]


def fits(document: Mapping[str, Json]) -> bool:
    """Whether a form can hold the document, so that saving it loses nothing."""
    names_fit = not any(name.startswith(CONTROL) or _BREAKING.search(name) for name in document)
    return len(document) <= MAX_FIELDS and names_fit


def texts_of(document: Mapping[str, Json]) -> dict[str, str]:
    """What stands in the fields of a form that edits a document."""
    return {name: text_of(value) for name, value in document.items()}


def fields(
    definition: Definition,
    texts: Mapping[str, str],
    faults: Iterable[Fault] = (),
    document: Mapping[str, Json] = MappingProxyType({}),
) -> tuple[Field, ...]:
    """The fields for all members that the schema knows, then for those that only ``texts`` has.

    ``document`` is what is edited; the hint of a member says so where even saving it as it is changes it.
    """
    wrong: dict[str, list[str]] = {}
    for fault in faults:
        wrong.setdefault(member_of(fault), []).append(fault.detail)
    required = definition.schema.get("required", ())
    found = []
    for name in dict.fromkeys([*definition.properties, *texts]):
        if name.startswith(CONTROL):
            continue
        schema, text = schema_of_member(definition.schema, name), texts.get(name, "")
        if not schema and name in document:
            schema = {"examples": [document[name]]}
        one = _field(name, schema, text, name in required, tuple(wrong.get(name, ())))
        loss = _loss(document[name], text, name in definition.properties) if name in document else ""
        found.append(replace(one, hint=f"{one.hint} {loss}".strip()))
    return tuple(found)


def _field(name: str, schema: Schema, text: str, required: bool, faults: tuple[str, ...]) -> Field:
    choices = _choices(schema)
    if choices and text and text not in choices:
        choices = (*choices, text)
    kind = _kind(schema, choices, text)
    return Field(name, str(schema.get("title", name)), kind, text, choices, required, _hint(schema, kind), faults)


def _loss(value: Json, text: str, known: bool) -> str:
    """What saving does to a value that a form cannot carry; empty where it keeps it."""
    if not text:
        return f"This is {'null' if value is None else 'an empty text'} now: saving leaves it out."
    if not known and not isinstance(value, str):
        return "The schema does not know this member: saving makes it a text."
    if _INEXACT.search(text):
        return "A form cannot carry the control characters in this value: saving changes them."
    return ""


def _choices(schema: Schema) -> tuple[str, ...]:
    values = schema.get("enum", [schema["const"]] if "const" in schema else ())
    if not values and _types(schema) == {"boolean"}:
        return ("true", "false")
    return tuple(filter(None, map(text_of, values)))


def _kind(schema: Schema, choices: Sequence[str], text: str) -> Kind:
    if choices:
        return Kind.CHOICE
    types = _types(schema)
    if types and types <= {"array", "object"}:
        return Kind.JSON
    if re.search(r"[\t\n\r]", text):
        return Kind.TEXT
    if types and types <= {"integer", "number"}:
        return Kind.NUMBER if "number" in types else Kind.INTEGER
    if schema.get("format") == "date" and _is_date(text):
        return Kind.DATE
    return Kind.TEXT if schema.get("maxLength", 0) > _LONG or len(text) > _LINE else Kind.LINE


def _types(schema: Schema) -> set[str]:
    """The names of the types that a value may have; a null is never typed in."""
    return {*kinds(schema)} - {"null"}


def _is_date(text: str) -> bool:
    """Whether a date field can show it: it would show anything else as empty."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _hint(schema: Schema, kind: Kind) -> str:
    """What people need to know: the description, then the limits that the field itself does not show."""
    parts = [str(schema.get("description", "")).strip()]
    if kind is Kind.JSON:
        parts.append("Written as JSON.")
    parts.append(_bounds("From {} to {}.", "At least {}.", "At most {}.", schema, "minimum", "maximum"))
    parts.append(
        _bounds(
            "{} to {} characters.",
            "At least {} characters.",
            "At most {} characters.",
            schema,
            "minLength",
            "maxLength",
        )
    )
    return " ".join(filter(None, parts))


def _bounds(both: str, low: str, high: str, schema: Schema, least: str, most: str) -> str:
    if least in schema and most in schema:
        return both.format(schema[least], schema[most])
    if least in schema:
        return low.format(schema[least])
    return high.format(schema[most]) if most in schema else ""
