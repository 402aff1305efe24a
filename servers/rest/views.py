"""What a client gets to see of a resource, before it is written in one of the representations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from servers.rest.definition import Definition
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json


@dataclass(frozen=True, slots=True)
class Link:
    """A link (RFC 8288): its relation type, a path with an optional query, and words for people."""

    rel: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One document.

    ``extra`` holds linked resources to show inside it, ``fields`` the only members to show, None for all.
    """

    definition: Definition
    row: Row
    links: tuple[Link, ...]
    extra: Mapping[str, Json] = field(default_factory=dict)
    fields: tuple[str, ...] | None = None

    @property
    def path(self) -> str:
        """Where it is found."""
        return self.links[0].href

    @property
    def title(self) -> str:
        """What people call it: its name or title if it has one, else its collection and id."""
        document = self.row.document()
        names = (document.get(member) for member in ("name", "title"))
        return next(
            (name for name in names if isinstance(name, str) and name), f"{self.definition.singular} {self.row.key}"
        )

    def members(self) -> dict[str, Json]:
        """The members to show, ``id`` first, without the links."""
        found: dict[str, Json] = {"id": self.row.id, **self.row.document(), **self.extra}
        if self.fields is None:
            return found
        return {name: found[name] for name in found if name in self.fields or name in self.extra}


@dataclass(frozen=True, slots=True)
class Listing:
    """Documents of one collection: a page of the ``total`` that the query found. ``links`` begin with ``self``."""

    definition: Definition
    title: str
    items: tuple[Item, ...]
    total: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry document: a title and links to everything. ``links`` begin with ``self``."""

    title: str
    links: tuple[Link, ...]


View = Item | Listing | Entry
