"""Documents as rows of text, and what is typed into a cell as a member of a document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from servers.logs import visible
from servers.rest.bodies.typed_text import kinds, schema_of_member, text_of, value_of
from servers.rest.strict_json import Json, JsonError, Number, read

if TYPE_CHECKING:
    from servers.rest.definition import Definition
    from servers.rest.storage.rows import Row

ID = "id"
_TIP = 4_000
"""Characters of a text in its tool tip."""

_INTEGER = {"type": "integer"}
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "length {} or more",
    "maxLength": "length {} or less",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it was read: the row of the store, and its members without the id."""

    row: "Row"
    members: Mapping[str, Json]

    def text(self, member: str) -> str:
        """The text of a cell; empty where the document has no such member."""
        if member == ID:
            return self.row.key
        return text_of(self.members[member]) if member in self.members else ""


def read_rows(rows: "Iterable[Row]", known: Mapping[str, Record]) -> list[Record]:
    """The records of these rows; those that are ``known`` by their key in the same version are not parsed again."""
    return [_known(row, known) or Record(row, row.document()) for row in rows]


def _known(row: "Row", known: Mapping[str, Record]) -> Record | None:
    record = known.get(row.key)
    return record if record is not None and record.row == row else None


def value(definition: "Definition", member: str, text: str, current: Json = None) -> Json:
    """What was typed as a member; where the schema names no type, the ``current`` value may keep its own."""
    schema = _INTEGER if member == ID else schema_of_member(definition.schema, member)
    if not schema.get("type"):
        schema = {"type": (*_kept_type(current), *kinds(schema))}
    return value_of(text, schema)


class OtherMembers(ValueError):
    """What was typed as further members is not a JSON object; the message is a sentence."""


def document(definition: "Definition", texts: Mapping[str, str], others: str) -> dict[str, Json]:
    """A new document of what was typed; a member whose text is empty is left out.

    ``others`` is empty or a JSON object of further members. Raises OtherMembers where it is neither.
    """
    try:
        further = read(others.encode(errors="surrogatepass")) if others.strip() else {}
    except JsonError as error:
        raise OtherMembers(str(error)) from error
    if not isinstance(further, dict):
        raise OtherMembers("Further members are written as a JSON object.")
    return further | {member: value(definition, member, text) for member, text in texts.items() if text}


def takes(schema: Mapping[str, Any]) -> str:
    """What a member may be, in few words: ``integer, at least 0``."""
    if "enum" in schema:
        return "one of " + ", ".join(str(one) for one in schema["enum"])
    names = schema.get("type", ())
    words = [" or ".join([names] if isinstance(names, str) else names)]
    words += [f"for example {one}" for one in schema.get("examples", ())[:1]]
    words += [said.format(schema[key]) for key, said in _BOUNDS.items() if key in schema]
    return ", ".join(filter(None, words))


def tip(text: str) -> str:
    """A tool tip: rich text, so that Qt neither takes data for such nor writes it in one long line; empty for none."""
    whole = visible(text if len(text) <= _TIP else f"{text[:_TIP]}…")
    return f"<p>{escape(whole)}</p>" if whole else ""


def _kept_type(current: Json) -> tuple[str, ...]:
    """The type of a value, unless that is text: anything can be typed over text."""
    types = ((bool, "boolean"), (Number, "number"), (dict, "object"), (list, "array"))
    return tuple(name for kind, name in types if isinstance(current, kind))
