"""Finds the handler for a path and a method, and says which methods a resource has."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from servers.guard import Refusal

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""The methods that this service knows; any other is 501 (RFC 9110, section 9.1)."""

Handler = Callable[..., Awaitable[web.Response]]
"""Takes the request and what the variables of the path's template matched."""

_ID = "([1-9][0-9]{0,17})"


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of resource: its paths, and a handler for each method that it has of its own."""

    pattern: re.Pattern[str]
    handlers: Mapping[str, Handler]

    @property
    def methods(self) -> set[str]:
        """All methods of the resource, those included that every resource has."""
        return {*self.handlers, "OPTIONS"} | ({"HEAD"} if "GET" in self.handlers else set())


def route(template: str, **handlers: Handler) -> Route:
    """A route for paths like ``/players/{id}``, where ``{id}`` is a positive integer; HEAD comes with GET."""
    return Route(re.compile(template.replace("{id}", _ID)), handlers)


class Routes:
    """The table of all resources."""

    def __init__(self, *routes: Route) -> None:
        self._routes = routes

    def find(self, path: str, method: str) -> tuple[Handler, tuple[str, ...]]:
        """The handler and the path's variables. Raises Refusal 404, 405 or 501."""
        if method not in METHODS:
            raise Refusal(501, "This server does not know the request's method.")
        for one in self._routes:
            match = one.pattern.fullmatch(path)
            if match is not None:
                return _handler(one, method), match.groups()
        if path == "*" and method == "OPTIONS":
            return _options(_allow({"OPTIONS"}.union(*(one.methods for one in self._routes)))), ()
        raise Refusal(404, "There is no resource at this path; the entry document at / has links to those there are.")


def _handler(one: Route, method: str) -> Handler:
    found = one.handlers.get("GET" if method == "HEAD" else method)
    if found is not None:
        return found
    allow = _allow(one.methods)
    if method == "OPTIONS":
        return _options(allow)
    raise Refusal(405, f"This resource has no {method}; it has {allow}.", {"Allow": allow})


def _allow(methods: set[str]) -> str:
    """The value of the Allow field (RFC 9110, section 10.2.1)."""
    return ", ".join(method for method in METHODS if method in methods)


def _options(allow: str) -> Handler:
    async def answer(_request: web.BaseRequest, *_variables: str) -> web.Response:
        return web.Response(status=204, headers={"Allow": allow})

    return answer
