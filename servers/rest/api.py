"""All resources of the service, in one table: the entry document, the collections, the descriptions of them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from servers.rest import docs, openapi
from servers.rest.asked import format_of
from servers.rest.collection import Collection
from servers.rest.presenter import TITLE, Presenter
from servers.rest.responses import answer, write
from servers.rest.routes import Handler, Routes, route
from servers.rest.service import Service
from servers.settings import RestSettings


class Api:
    """The routes over the current dataset of a service; another dataset gets other routes."""

    def __init__(self, service: Service, settings: Callable[[], RestSettings]) -> None:
        self._service = service
        self._settings = settings
        self._made_for = -1
        self._described: tuple[object, dict[str, Any]] = None, {}
        self._routes = Routes()

    def find(self, path: str, method: str) -> tuple[Handler, tuple[str, ...]]:
        """The handler and the path's variables. Raises Refusal 404, 405 or 501."""
        self._service.refresh()
        if self._made_for != self._service.dataset.id:
            self._made_for = self._service.dataset.id
            self._routes = self._make_routes()
        return self._routes.find(path, method)

    def _make_routes(self) -> Routes:
        service = self._service
        collections = {name: Collection(one, service, self._settings) for name, one in service.definitions.items()}
        return Routes(
            route("/", GET=self._entry),
            route("/openapi.json", GET=self._openapi),
            route("/docs", GET=self._docs),
            *(one for collection in collections.values() for one in collection.routes()),
            *(collections[relation.child].route_below(relation) for relation in service.relations),
        )

    async def _entry(self, request: web.BaseRequest) -> web.Response:
        view = Presenter(self._service).entry()
        return answer(request, write(view, format_of(request), request.rel_url.raw_query_string))

    async def _openapi(self, _request: web.BaseRequest) -> web.Response:
        text = json.dumps(await self._description(), ensure_ascii=False, indent=2)
        return web.Response(text=text, content_type="application/json")

    async def _docs(self, request: web.BaseRequest) -> web.Response:
        here = {"servers": [{"url": f"{request.scheme}://{request.host}"}]}
        page = await asyncio.to_thread(docs.page, await self._description() | here)
        return web.Response(text=page, content_type="text/html", headers=docs.HEADERS)

    async def _description(self) -> dict[str, Any]:
        """The OpenAPI document, made in a thread and kept until the data or the settings are others."""
        settings, service = self._settings(), self._service
        made_for = (service.dataset.id, settings.read_only, bool(settings.token))
        if self._described[0] != made_for:
            document = await asyncio.to_thread(
                openapi.document,
                tuple(service.definitions.values()),
                service.relations,
                title=TITLE,
                read_only=settings.read_only,
                secured=bool(settings.token),
            )
            self._described = made_for, document
        return self._described[1]
