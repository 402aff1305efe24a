"""Finds the handler for a path and a method, and says which methods a resource has."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from aiohttp import web

from servers.guard import Refusal

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""The methods that this service knows; any other is 501 (RFC 9110, section 9.1)."""

Handler = Callable[..., Awaitable[web.StreamResponse]]
"""Takes the request and what the variables of the path's template matched, percent-decoded."""

_VARIABLE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of resource: its paths, a handler for each method that it has of its own, what OPTIONS says besides."""

    template: str
    pattern: re.Pattern[str]
    handlers: Mapping[str, Handler]
    options: tuple[tuple[str, str], ...] = ()

    @property
    def methods(self) -> set[str]:
        """All methods of the resource, those included that every resource has."""
        return {*self.handlers, "OPTIONS"} | ({"HEAD"} if "GET" in self.handlers else set())

    @property
    def allow(self) -> str:
        """The value of the Allow field (RFC 9110, section 10.2.1)."""
        return _allow(self.methods)


def route(template: str, **handlers: Handler) -> Route:
    """A route for paths like ``/players/{id}``, where a variable is one segment; HEAD comes with GET.

    Literal segments are percent-encoded but for unreserved characters (RFC 3986, section 2.3).
    """
    literals = (re.escape(part) for part in _VARIABLE.split(template))
    return Route(template, re.compile("([^/]+)".join(literals)), handlers)


class Routes:
    """The table of all resources. The first segment of a template must not be a variable."""

    def __init__(self, *routes: Route) -> None:
        self._routes: dict[str, list[Route]] = {}
        for one in routes:
            self._routes.setdefault(_first_segment(one.template), []).append(one)

    def find(self, path: str, method: str) -> tuple[Handler, tuple[str, ...]]:
        """The handler and the path's variables. Raises Refusal 404, 405 or 501."""
        if method not in METHODS:
            raise Refusal(501, "This server does not know the request's method.")
        quoted = _quoted(path)
        for one in self._routes.get(_first_segment(quoted), ()):
            match = one.pattern.fullmatch(quoted)
            if match is not None:
                return _handler(one, method), tuple(map(unquote, match.groups()))
        if path == "*" and method == "OPTIONS":
            every = (one.methods for routes in self._routes.values() for one in routes)
            return _options({"Allow": _allow({"OPTIONS"}.union(*every))}), ()
        raise Refusal(404, "There is no resource at this path; the entry document at / has links to those there are.")


@lru_cache(maxsize=4096)
def _quoted(path: str) -> str:
    """The path with every segment percent-encoded in one way, which is that of the templates."""
    segments = (unquote(segment, errors="surrogateescape") for segment in path.split("/"))
    return "/".join(quote(segment, safe="", errors="surrogateescape") for segment in segments)


def _first_segment(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""


def _handler(one: Route, method: str) -> Handler:
    found = one.handlers.get("GET" if method == "HEAD" else method)
    if found is not None:
        return found
    if method == "OPTIONS":
        return _options({**dict(one.options), "Allow": one.allow})
    raise Refusal(405, f"This resource has no {method}; it has {one.allow}.", {"Allow": one.allow})


def _allow(methods: set[str]) -> str:
    return ", ".join(method for method in METHODS if method in methods)


def _options(headers: Mapping[str, str]) -> Handler:
    async def answer(_request: web.BaseRequest, *_variables: str) -> web.Response:
        return web.Response(status=204, headers=headers)

    return answer
