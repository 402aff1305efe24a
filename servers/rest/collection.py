"""The handlers of one collection and its items: create, read, replace, change and delete."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from aiohttp import web

from servers.guard import Refusal
from servers.rest.asked import ACCEPT_PATCH, document_in, form_in, format_of, pairs_of, patch_in
from servers.rest.bodies.documents import ACCEPT_POST, FORM
from servers.rest.definition import Definition, Relation
from servers.rest.formats import Format
from servers.rest.preconditions import check_if_match, check_if_none_match
from servers.rest.presenter import Presenter, children_of, path_of
from servers.rest.problems import Fault, invalid
from servers.rest.queries.query import Query
from servers.rest.queries.words import parse
from servers.rest.responses import Memory, Written, answer, item_tags, whole_tags, write, write_off_loop
from servers.rest.routes import Route, route
from servers.rest.service import Service
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json
from servers.settings import RestSettings

_POSTED = (("Accept-Post", ACCEPT_POST),)
_PATCHED = (("Accept-Patch", ACCEPT_PATCH), ("Accept-Post", FORM))

Make = Callable[[Format, Sequence[tuple[str, str]]], Awaitable[Written]]
"""Makes a representation in a format, for the names and values of a query."""

SAVED = "Saved."
DELETED = "Deleted. This is what it was."


class Collection:
    """The resources of one collection; ``settings`` gives the server's settings as they are at that moment."""

    def __init__(self, definition: Definition, service: Service, settings: Callable[[], RestSettings]) -> None:
        self._definition = definition
        self._service = service
        self._dataset = service.dataset.id
        self._presenter = Presenter(service)
        self._memory = Memory()
        self._settings = settings

    def routes(self) -> list[Route]:
        """The routes of the collection, of its items, and of the collections below them."""
        own = path_of(self._definition.name)
        item = route(
            f"{own}/{{id}}", GET=self.read, PUT=self.replace, PATCH=self.merge, DELETE=self.delete, POST=self.form
        )
        every = route(own, GET=self.read_all, POST=self.create)
        return [replace(every, options=_POSTED), replace(item, options=_PATCHED)]

    def route_below(self, relation: Relation) -> Route:
        """The route of this collection below the items of another, such as ``/teams/{id}/players``."""
        return Children(relation, self, self._service).route()

    @property
    def name(self) -> str:
        """The name of the collection."""
        return self._definition.name

    async def read_all(self, request: web.BaseRequest) -> web.Response:
        """A page of the items that the query asks for."""
        return await self.page(request, lambda query: query)

    async def page(self, request: web.BaseRequest, narrow: Callable[[Query], Query]) -> web.Response:
        """A page of the items that the narrowed query asks for."""

        async def make(fmt: Format, pairs: Sequence[tuple[str, str]]) -> Written:
            query = narrow(self._parse(pairs))
            found = await self._service.find(self.name, query)
            view = await self._presenter.listing(self._definition, found, query, request.rel_url.raw_path, pairs)
            written = await write_off_loop(view, fmt, request.rel_url.raw_query_string)
            return written._replace(warnings=query.warnings)

        return await self._remembered(request, make)

    async def create(self, request: web.BaseRequest) -> web.Response:
        """201 with the new item and its Location."""
        return await self.add(request, {})

    async def add(self, request: web.BaseRequest, given: Mapping[str, Json]) -> web.Response:
        """Create an item in which the ``given`` members must be as they are given, or be left out."""
        fmt = format_of(request, self._definition)
        self._service.check_writable(self.name)
        check_if_match(request.headers.getall("If-Match", ()), ())  # a list has no entity tag that lasts
        if "*" in request.headers.getall("If-None-Match", ()):
            check_if_none_match(["*"], ())
        members = await document_in(request, self._definition, self._limit)
        self._check_dataset()
        wrong = [name for name, value in given.items() if members.get(name, value) != value]
        if wrong:
            raise invalid([Fault(f"/{name}", "The path says something else here; leave it out.") for name in wrong])
        row = self._service.create(self.name, {**members, **given})
        return await self._item(request, fmt, row, 201, "Created.")

    async def read(self, request: web.BaseRequest, key: str) -> web.Response:
        """One item."""

        async def make(fmt: Format, pairs: Sequence[tuple[str, str]]) -> Written:
            row, query = self._service.existing(self.name, key), self._parse(pairs)
            view = await self._presenter.item(self._definition, row, query)
            return write(view, fmt, request.rel_url.raw_query_string)._replace(warnings=query.warnings)

        return await self._remembered(request, make)

    async def replace(self, request: web.BaseRequest, key: str) -> web.Response:
        """Put a whole new document in the place of an item that exists."""
        self._check(key)
        members = await document_in(request, self._definition, self._limit)
        fmt, row = self._target(request, key)
        return await self._item(request, fmt, self._service.replace(self.name, key, members, row), note=SAVED)

    async def merge(self, request: web.BaseRequest, key: str) -> web.Response:
        """Change some members of an item by a JSON merge patch (RFC 7396)."""
        self._check(key)
        patch = await patch_in(request, self._limit)
        fmt, row = self._target(request, key)
        return await self._item(request, fmt, self._service.merge(self.name, key, patch, row), note=SAVED)

    async def delete(self, request: web.BaseRequest, key: str) -> web.Response:
        """Delete an item and answer with what it was."""
        self._check(key)
        fmt, row = self._target(request, key)
        return await self._item(request, fmt, self._service.delete(self.name, key, row), note=DELETED, gone=True)

    async def form(self, request: web.BaseRequest, key: str) -> web.Response:
        """What a form of a page can send: a PUT or DELETE in the field ``_method``, If-Match in ``_match``."""
        self._check(key)
        form = await form_in(request, self._definition, self._limit)
        fmt, row = self._target(request, key, form.control.get("_match"))
        method = form.control.get("_method")
        if method == "DELETE":
            return await self._item(request, fmt, self._service.delete(self.name, key, row), note=DELETED, gone=True)
        if method == "PUT":
            saved = self._service.replace(self.name, key, form.members, row)
            return await self._item(request, fmt, saved, note=SAVED)
        raise Refusal(400, "A form that is posted to an item has a field _method, which is PUT or DELETE.")

    async def _remembered(self, request: web.BaseRequest, make: Make) -> web.Response:
        """The answer to a GET, made anew only if something has changed since it was made."""
        fmt, url = format_of(request, self._definition), request.rel_url
        key = (self._service.state, fmt.name, url.raw_path, url.raw_query_string)
        written = self._memory.get(key)
        if written is None:
            written = self._memory.keep(key, await make(fmt, pairs_of(request)))
        response = answer(request, written)
        for warning in written.warnings:
            response.headers.add("X-Warning", warning)
        return response

    def _parse(self, pairs: Sequence[tuple[str, str]]) -> Query:
        return parse(pairs, self._definition, self._service.relations, partial(self._service.holds, self.name))

    @property
    def _limit(self) -> int:
        return self._settings().max_body

    def _check(self, key: str) -> None:
        """Refuse what can be refused before the body is read."""
        self._service.existing(self.name, key)
        self._service.check_writable(self.name)

    def _check_dataset(self) -> None:
        """Refuse a change that was begun on other data, which was served when the body began to arrive."""
        self._service.refresh()
        if self._service.dataset.id != self._dataset:
            raise Refusal(409, "Other data has been opened in the meantime; nothing was changed.")

    def _target(self, request: web.BaseRequest, key: str, match: str | None = None) -> tuple[Format, Row]:
        """The representation to answer in and the item to change, once every condition is met.

        Nothing is awaited between this and the change, so nothing can come between them.
        """
        self._check_dataset()
        fmt, row = format_of(request, self._definition), self._service.existing(self.name, key)
        tags = item_tags(row)
        expected = request.headers.getall("If-Match", [])
        if not (expected or match) and self._settings().require_match:
            raise Refusal(428, "Changes here need an If-Match header with the ETag of the state that you have read.")
        check_if_match(whole_tags(expected), tags)
        check_if_match([match] if match else (), tags)
        check_if_none_match(request.headers.getall("If-None-Match", ()), tags)
        return fmt, row

    async def _item(
        self, request: web.BaseRequest, fmt: Format, row: Row, status: int = 200, note: str = "", *, gone: bool = False
    ) -> web.Response:
        """The answer to a change: the representation of the item as it is, or was."""
        view = await self._presenter.item(self._definition, row)
        written = write(view, fmt, "", note, gone=gone)
        headers = dict(written.headers)
        if gone:
            del headers["ETag"]
        if status == 201:
            headers["Location"] = view.path
        return web.Response(body=written.body, status=status, headers=headers)


class Children:
    """A collection below the items of another: those of its items that name that one."""

    def __init__(self, relation: Relation, children: Collection, service: Service) -> None:
        self._relation = relation
        self._children = children
        self._service = service

    def route(self) -> Route:
        """The route of the collection."""
        relation = self._relation
        template = f"{path_of(relation.parent)}/{{id}}{path_of(relation.child)}"
        return replace(route(template, GET=self.read_all, POST=self.create), options=_POSTED)

    async def read_all(self, request: web.BaseRequest, key: str) -> web.Response:
        """A page of the children of one item."""
        self._service.existing(self._relation.parent, key)
        return await self._children.page(request, lambda query: children_of(self._relation, key, query))

    async def create(self, request: web.BaseRequest, key: str) -> web.Response:
        """201 with a new child of one item."""
        parent = self._service.existing(self._relation.parent, key)
        return await self._children.add(request, {self._relation.member: parent.id})
