"""The lab's index: every endpoint with its methods, a sentence about it, and a link to try it."""

from collections.abc import Sequence

from aiohttp import web

from servers.rest.lab.answers import json_response, page, prefers_html
from servers.rest.lab.endpoints import ROOT, Endpoint, Theme
from servers.rest.routes import Route, route
from servers.rest.strict_json import Json


def index(themes: Sequence[Theme]) -> Route:
    """The route of the index."""

    async def answer(request: web.BaseRequest) -> web.Response:
        if prefers_html(request):
            return page("lab.html", themes=themes)
        return json_response({"title": "Portside lab", "endpoints": listed}, headers={"Vary": "Accept"})

    listed: list[Json] = [_described(theme, one) for theme in themes for one in theme.endpoints]
    return route(ROOT, GET=answer)


def _described(theme: Theme, one: Endpoint) -> Json:
    return {
        "path": one.route.template,
        "methods": list(one.methods),
        "theme": theme.title,
        "text": one.text,
        "example": one.example,
    }
