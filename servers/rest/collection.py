"""The handlers of one collection and its items: create, read, replace and delete."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from servers.guard import Refusal
from servers.logs import visible
from servers.rest import media, representations
from servers.rest.problems import Fault, invalid
from servers.rest.routes import Route, route
from servers.rest.store import Row, Store
from servers.rest.strict_json import Json, JsonError, Number, read, write_document
from servers.web import read_body


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection over an open store; ``faults`` validates a document, ``max_body`` bounds one in bytes."""

    name: str
    faults: Callable[[dict[str, Json]], list[Fault]]
    store: Store
    max_body: int

    def routes(self) -> tuple[Route, Route]:
        """The routes of the collection and of its items."""
        return (
            route(f"/{self.name}", GET=self.read_all, POST=self.create),
            route(f"/{self.name}/{{id}}", GET=self.read, PUT=self.replace, DELETE=self.delete),
        )

    async def read_all(self, _request: web.BaseRequest) -> web.Response:
        """All items."""
        return json_response(representations.listing(self.name, self.store.rows(self.name)))

    async def create(self, request: web.BaseRequest) -> web.Response:
        """201 with the new item and its Location."""
        row = self.store.add(self.name, await self._document(request, None))
        return self._item(row, 201, {"Location": f"/{self.name}/{row.id}"})

    async def read(self, _request: web.BaseRequest, number: str) -> web.Response:
        """One item."""
        return self._item(self._found(self.store.get(self.name, int(number))))

    async def replace(self, request: web.BaseRequest, number: str) -> web.Response:
        """Put a whole new document in the place of an item that exists."""
        self._found(self.store.get(self.name, int(number)))
        text = await self._document(request, number)
        return self._item(self._found(self.store.replace(self.name, int(number), text)))

    async def delete(self, _request: web.BaseRequest, number: str) -> web.Response:
        """Delete an item and answer with what it was."""
        return self._item(self._found(self.store.remove(self.name, int(number))))

    def _found(self, row: Row | None) -> Row:
        if row is None:
            raise Refusal(404, f"There is no such item; /{self.name} has links to those there are.")
        return row

    def _item(self, row: Row, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
        return json_response(representations.item(self.name, row), status, headers)

    async def _document(self, request: web.BaseRequest, number: str | None) -> str:
        """The text to store for a valid request body; Refusal for any other. ``number`` is the id in the path."""
        members = await read_object(request, self.max_body)
        found = self._read_only_faults(members, number) + self.faults(members)
        if found:
            raise invalid(found)
        return write_document(members)

    def _read_only_faults(self, members: dict[str, Json], number: str | None) -> list[Fault]:
        """Take out what a representation has and a document has not, so that what was read can be sent back."""
        members.pop("links", None)
        if "id" not in members:
            return []
        sent = members.pop("id")
        if number is None:
            return [Fault("/id", "The server gives a new item its id; leave it out.")]
        if isinstance(sent, Number) and sent.text == number:
            return []
        return [Fault("/id", f"It must be {number}, the id in the path, or be left out.")]


async def read_object(request: web.BaseRequest, limit: int) -> dict[str, Json]:
    """The JSON object in a request body of at most ``limit`` bytes; Refusal 413, 415 or 400 for any other body."""
    data = await read_body(request, limit)
    _check_media_type(request)
    if not data:
        raise Refusal(400, "The request body is empty; it must be a JSON object.")
    try:
        value = read(data)
    except JsonError as error:
        raise Refusal(400, str(error)) from error
    if not isinstance(value, dict):
        raise invalid([Fault("", "It must be a JSON object.")])
    return value


def json_response(text: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON representation, ended by a line break for the sake of terminals."""
    return web.Response(
        body=f"{text}\n".encode(), status=status, headers={"Content-Type": media.JSON, **(headers or {})}
    )


def _check_media_type(request: web.BaseRequest) -> None:
    sent = request.headers.getall("Content-Type", [])
    found = media.parse(sent[0]) if len(sent) == 1 else None
    if found is None or not found.is_json:
        what = f"“{visible(sent[0][:100])}”" if sent else "no Content-Type"
        raise Refusal(
            415, f"The body must be application/json in UTF-8; the request has {what}.", {"Accept": "application/json"}
        )
