"""Turns what the service holds into what clients see: titles, links, linked resources shown inside others."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from servers.rest.bodies.typed_text import text_of
from servers.rest.definition import Definition, Relation
from servers.rest.queries.paging import page_links
from servers.rest.queries.query import All, Condition, Op, Query
from servers.rest.service import Found, Service
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json
from servers.rest.views import Entry, Item, Link, Listing

TITLE = "Portside REST service"
AT_ONCE = 25
"""Documents that are made ready before others get their turn."""

EMBEDDED = 100
"""Documents of a linked collection that are shown inside another resource; a link leads to all of them."""

_DESCRIPTIONS = (
    Link("service-doc", "/docs", "Documentation"),
    Link("service-desc", "/openapi.json", "OpenAPI description"),
    Link("lab", "/lab", "Lab: endpoints to try an HTTP client on"),
)


@lru_cache(maxsize=8192)
def path_of(name: str, key: str = "") -> str:
    """The path of a collection, or of the document with this key in it."""
    return f"/{quote(name, safe='')}" + (f"/{quote(key, safe='')}" if key else "")


class Presenter:
    """Makes views of the resources of a service."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def entry(self) -> Entry:
        """The document at ``/``: a client that knows only this one finds the rest through its links."""
        names = self._service.definitions
        collections = (Link(name, path_of(name), name.capitalize()) for name in names)
        return Entry(TITLE, (Link("self", "/"), *collections, *_DESCRIPTIONS))

    async def item(self, definition: Definition, row: Row, query: Query = Query()) -> Item:  # noqa: B008 - immutable
        """One document with its links, and what the query wants to see inside it."""
        return Item(
            definition, row, self._links(definition, row), await self._extra(definition, row, query), query.fields
        )

    async def listing(
        self, definition: Definition, found: Found, query: Query, path: str, pairs: Sequence[tuple[str, str]]
    ) -> Listing:
        """A page of documents with links to the other pages."""
        items: list[Item] = []
        for row in found.rows:
            if len(items) % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)  # a page may be long, and others wait
            items.append(await self.item(definition, row, query))
        links = (
            *page_links(path, pairs, query, found.total),
            Link("up", path.rpartition("/")[0] or "/", "One level up"),
        )
        return Listing(definition, definition.name.capitalize(), tuple(items), found.total, links)

    def _links(self, definition: Definition, row: Row) -> tuple[Link, ...]:
        name = definition.name
        own = path_of(name, row.key)
        relations = self._service.relations
        parents = [one for one in relations if one.child == name]
        document = row.document() if parents else {}
        return (
            Link("self", own),
            Link("collection", path_of(name)),
            *(Link(one.rel, path_of(one.parent, key)) for one in parents if (key := _key(document.get(one.member)))),
            *(Link(one.child, f"{own}{path_of(one.child)}") for one in relations if one.parent == name),
        )

    async def _extra(self, definition: Definition, row: Row, query: Query) -> dict[str, Json]:
        extra: dict[str, Json] = {}
        for relation in self._service.relations:
            if relation.child == definition.name and relation.rel in query.expand:
                extra |= self._parent(relation, row)
            if relation.parent == definition.name and relation.child in query.embed:
                extra[relation.child] = await self._children(relation, row)
        return extra

    def _parent(self, relation: Relation, row: Row) -> dict[str, Json]:
        key = _key(row.document().get(relation.member))
        found = self._service.get(relation.parent, key) if key else None
        return {relation.rel: _members(found)} if found else {}

    async def _children(self, relation: Relation, row: Row) -> list[Json]:
        found = await self._service.find(relation.child, children_of(relation, row.key, Query(limit=EMBEDDED)))
        return [_members(child) for child in found.rows]


def children_of(relation: Relation, key: str, query: Query) -> Query:
    """The query for those documents of the child collection that name the parent with this key, and match ``query``."""
    condition = Condition(relation.member, Op.EQ, (key,))
    return replace(query, where=condition if query.where is None else All((condition, query.where)))


def _key(value: Json) -> str:
    return "" if value is None or isinstance(value, dict | list) else text_of(value)


def _members(row: Row) -> dict[str, Json]:
    return {"id": row.id, **row.document()}
