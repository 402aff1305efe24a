"""What the store keeps of a document, so that queries find it: each scalar as text, and its place in the order."""

from collections.abc import Iterator, Mapping
from math import inf
from sys import float_info
from typing import NamedTuple

from servers.rest.strict_json import Json, Number

NULL, TEXT = -inf, inf
"""The rank of null and of texts (true and false among them); that of a JSON number is finite."""

_SEPARATOR = "\x1f"
_UNSEARCHABLE = str.maketrans({"\0": "\ufffd", _SEPARATOR: "\ufffd"})
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


class Field(NamedTuple):
    """A scalar of a document: its rank, as text, and ``folded`` where that is not the text in ASCII lower case."""

    rank: float
    text: str
    folded: str | None


def fields_of(document: Mapping[str, Json]) -> dict[str, set[Field]]:
    """The scalars of a document under their dotted paths; those in a list have the list's path, each once."""
    found: dict[str, set[Field]] = {}
    for path, value in _scalars("", document):
        found.setdefault(path, set()).add(_field(value))
    return found


def words_of(fields: Mapping[str, set[Field]]) -> str:
    """All texts of a document as a full-text search reads them; no text that is searched for reaches across two."""
    texts = {field.text for values in fields.values() for field in values}
    return _SEPARATOR.join(sorted(map(fold, texts)))


def fold(text: str) -> str:
    """The text as searches compare it, without case. NUL, which ends a text for SQLite's LIKE, is U+FFFD in it."""
    return text.lower() if _is_plain(text) else text.casefold().translate(_UNSEARCHABLE)


def rank(value: Json) -> float:
    """Orders scalars of different types: null, numbers by their value, texts. Huge numbers are the greatest float."""
    if isinstance(value, Number):
        return min(max(float(value.text), -float_info.max), float_info.max)
    return NULL if value is None else TEXT


def _field(value: str | Number | bool | None) -> Field:
    text = text_of_scalar(value)
    if _is_plain(text):
        return Field(rank(value), text, None)
    folded = fold(text)
    return Field(rank(value), text, None if folded == text.translate(_ASCII_LOWER) else folded)


def _is_plain(text: str) -> bool:
    """Whether ASCII's lower case is all that folding comes to."""
    return text.isascii() and text.isprintable()


def text_of_scalar(value: str | Number | bool | None) -> str:
    """A scalar as conditions compare it: numbers as they were written, the names of JSON's literals."""
    if isinstance(value, Number):
        return value.text
    return value if isinstance(value, str) else {True: "true", False: "false", None: "null"}[value]


def _scalars(path: str, value: Json | Mapping[str, Json]) -> Iterator[tuple[str, str | Number | bool | None]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _scalars(f"{path}.{name}" if path else name, member)
    elif isinstance(value, list):
        for member in value:
            yield from _scalars(path, member)
    else:
        yield path, value
