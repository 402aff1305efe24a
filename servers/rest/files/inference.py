"""Describes an opened collection by what is in it, so that forms and documentation know its members."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from servers.rest.definition import Definition
from servers.rest.strict_json import Json, Number, write

MAX_PROPERTIES = 200
"""Members that a schema names; documents may have more."""

LONGEST = 60
"""Characters of JSON that an example has at most."""


def infer(name: str, documents: Iterable[Mapping[str, Json]], members: Iterable[str] = ()) -> Definition:
    """The definition of a collection with these documents; ``members`` come first, whether or not a document has them.

    The schema refuses nothing that is an object. Each of the first MAX_PROPERTIES members has one example, its first
    value that is not null: its kind is what people are expected to go on with.
    """
    first: dict[str, Json] = dict.fromkeys(islice(members, MAX_PROPERTIES))
    for document in documents:
        for member, value in document.items():
            if first.get(member) is None and (member in first or len(first) < MAX_PROPERTIES):
                first[member] = value
    properties = {member: _hint(value) for member, value in first.items()}
    return Definition(name, {"type": "object", "properties": properties, "additionalProperties": True})


def _hint(value: Json) -> dict[str, Any]:
    """A schema that allows everything, with an example where that says something."""
    if value is None:
        return {}
    if len(write(value)) <= LONGEST:
        return {"examples": [_plain(value)]}
    empty: dict[type, Any] = {Number: 0, list: [], dict: {}}
    return {"examples": [empty[type(value)]]} if type(value) in empty else {}


def _plain(value: Json) -> Any:
    """The value as Python's own JSON module writes it; of a fraction no more than a float holds."""
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if not isinstance(value, Number):
        return value
    exact = value.exact
    return float(exact) if isinstance(exact, Decimal) else exact or 0
