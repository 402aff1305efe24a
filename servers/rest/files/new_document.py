"""What files of every kind come down to: documents with their ids, and the error of a file that has none to give."""

from dataclasses import dataclass

from servers.logs import visible
from servers.rest.storage.ids import id_fault, key_of
from servers.rest.strict_json import Json, Number

RESERVED = frozenset({"lab", "docs", "openapi.json"})
"""Names below ``/`` that the service uses itself."""


class DataFileError(ValueError):
    """A file cannot be opened, and why, as a sentence; ``line`` counts from 1, None where it is the whole file."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to store: its ``members`` without the id; the store gives it one if ``id`` is None."""

    id: Number | str | None
    members: dict[str, Json]


def new_document(members: dict[str, Json], taken: set[str]) -> NewDocument:
    """Take the id out of ``members``; it must be well-formed and not ``taken``. Raises DataFileError without a line."""
    if "id" not in members:
        return NewDocument(None, members)
    identifier = members.pop("id")
    fault = id_fault(identifier)
    if fault is not None or not isinstance(identifier, Number | str):
        raise DataFileError(fault or "An id is an integer or a text.")
    key, _ = key_of(identifier)
    if key in taken:
        raise DataFileError(f"The id “{visible(key)}” is taken by an earlier document of the collection.")
    taken.add(key)
    return NewDocument(identifier, members)


def name_fault(name: str) -> str | None:
    """What keeps a collection from having this name, as a sentence."""
    if name in RESERVED:
        return f"A collection cannot be named “{name}”: the service uses /{name} itself."
    if name in {"", ".", ".."} or "/" in name:
        return f"A collection cannot be named “{visible(name)}”: its name must be one segment of a path."
    return None
