"""The collections as the OpenAPI document names them: identifiers that are unique, and paths that are well-formed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from urllib.parse import quote

from servers.rest.definition import Definition, Relation

_WORD = re.compile("[A-Za-z0-9]+")
_RESERVED = ("Docs", "Entry", "Id", "Link", "OpenApi", "Problem", "Where")
_READ_ONLY = "The service is read-only at present."


@dataclass(frozen=True, slots=True)
class Resource:
    """A collection. ``one`` and ``many`` are identifiers for an item and for the collection; no other has the same.

    ``parents`` and ``children`` are the relations in which it is the child or the parent. ``refusal`` says why changes
    are refused; it is empty where they are not.
    """

    definition: Definition
    one: str
    many: str
    parents: Sequence[Relation]
    children: Sequence[Relation]
    refusal: str

    @property
    def name(self) -> str:
        """What the collection is called."""
        return self.definition.name

    @property
    def label(self) -> str:
        """What one of them is called."""
        return self.definition.singular

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/{quote(self.name, safe='')}"


def resources(
    definitions: Iterable[Definition], relations: Iterable[Relation], *, read_only: bool
) -> Mapping[str, Resource]:
    """The collections by their names."""
    known = tuple(relations)
    ones, manys = set(_RESERVED), set[str]()
    return {
        one.name: Resource(
            definition=one,
            one=_identifier(one.singular, ones),
            many=_identifier(one.name, manys),
            parents=[relation for relation in known if relation.child == one.name],
            children=[relation for relation in known if relation.parent == one.name],
            refusal=one.protected or (_READ_ONLY if read_only else ""),
        )
        for one in definitions
    }


def _identifier(name: str, taken: set[str]) -> str:
    """Letters and digits alone, a capital at the beginning of each word, numbered where that is taken."""
    plain = "".join(word[0].upper() + word[1:] for word in _WORD.findall(name)) or "Collection"
    numbered = (f"{plain}{number}" for number in count(2))
    found = next(one for one in chain([plain], numbered) if one not in taken)
    taken.add(found)
    return found
