"""All resources of the service, in one table: the entry document, the collections, the descriptions of them."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from servers.guard import SAFE_METHODS
from servers.rest import docs, openapi
from servers.rest.asked import format_of
from servers.rest.collection import Collection
from servers.rest.presenter import TITLE, Presenter
from servers.rest.responses import answer, write
from servers.rest.routes import Handler, Routes, route
from servers.rest.service import Service
from servers.settings import RestSettings

SWITCHED_WITHIN = 0.1
"""Seconds after which reads see the dataset that another process has opened; what it changes in this one, they see."""


class Api:
    """The routes over the current dataset of a service; another dataset gets other routes."""

    def __init__(self, service: Service, settings: Callable[[], RestSettings]) -> None:
        self._service = service
        self._settings = settings
        self._made_for = -1
        self._routes = Routes()

    def find(self, path: str, method: str) -> tuple[Handler, tuple[str, ...]]:
        """The handler and the path's variables. Raises Refusal 404, 405 or 501."""
        self._service.refresh(at_least=SWITCHED_WITHIN if method in SAFE_METHODS else 0.0)
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
        text = json.dumps(self._description(), ensure_ascii=False, indent=2)
        return web.Response(text=text, content_type="application/json")

    async def _docs(self, request: web.BaseRequest) -> web.Response:
        page = docs.page(self._description() | {"servers": [{"url": f"http://{request.host}"}]})
        return web.Response(text=page, content_type="text/html", headers=docs.HEADERS)

    def _description(self) -> dict[str, Any]:
        settings = self._settings()
        return openapi.document(
            self._service.definitions.values(),
            self._service.relations,
            title=TITLE,
            read_only=settings.read_only,
            secured=bool(settings.token),
        )
