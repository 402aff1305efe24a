"""What a collection is: its name, the JSON Schema of its documents, and how it is joined to other collections."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PLURALS = (("", "s"), ("", "es"), ("y", "ies"), ("person", "people"), ("child", "children"), ("", ""))
_SINGULARS = tuple(
    (re.compile(many), one)
    for many, one in (
        ("people$", "person"),
        ("children$", "child"),
        ("(?<=.)ies$", "y"),
        ("(?<=ss|.x|.z|ch|sh)es$", ""),
        ("(?<=[^s])s$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A collection that the service offers.

    ``schema`` is a JSON Schema (draft 2020-12) of a document without its ``id``; its ``properties`` name every member
    that is known. ``protected`` says why writes are refused; it is empty where they are not. In ``hypermedia``
    collections JSON representations carry ``links``; in others they are the documents alone, and lists are arrays.
    """

    name: str
    schema: Mapping[str, Any]
    protected: str = ""
    hypermedia: bool = False

    @property
    def properties(self) -> Mapping[str, Mapping[str, Any]]:
        """The schema of each known member, in the order of the document."""
        found: Mapping[str, Mapping[str, Any]] = self.schema.get("properties", {})
        return found

    @property
    def is_open(self) -> bool:
        """Whether documents may have members that are not known."""
        return self.schema.get("additionalProperties", True) is not False

    @property
    def singular(self) -> str:
        """The name of one of them: ``player`` for ``players``."""
        for pattern, ending in _SINGULARS:
            if (match := pattern.search(self.name)) is not None:
                return self.name[: match.start()] + ending
        return self.name


@dataclass(frozen=True, slots=True)
class Relation:
    """Documents of ``child`` name a document of ``parent`` by its id in ``member``; ``rel`` is that member's stem."""

    child: str
    member: str
    parent: str
    rel: str


def relations(definitions: Iterable[Definition]) -> tuple[Relation, ...]:
    """All relations among the collections: a member ``teamId`` or ``team_id`` points into ``teams``."""
    every = tuple(definitions)
    return tuple(found for one in every for found in _relations_of(one, {other.name for other in every}))


def _relations_of(child: Definition, names: set[str]) -> Iterator[Relation]:
    for member in child.properties:
        stem = member.removesuffix("Id") if member.endswith("Id") else member.removesuffix("_id")
        if stem and stem != member:
            parent = next((plural for plural in _plurals(stem) if plural in names), None)
            if parent is not None:
                yield Relation(child.name, member, parent, stem)


def _plurals(stem: str) -> Iterator[str]:
    for one, many in _PLURALS:
        if stem.endswith(one):
            yield stem[: len(stem) - len(one)] + many
