"""What an endpoint of the lab is: a route, and the words and the link that explain it on the lab's index."""

from collections.abc import Sequence
from dataclasses import dataclass

from servers.rest.routes import METHODS, Handler, Route, route

ROOT = "/lab"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route with a sentence about it and the target of a GET request that shows it."""

    route: Route
    text: str
    example: str

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the resource, in the usual order."""
        return tuple(method for method in METHODS if method in self.route.methods)


@dataclass(frozen=True, slots=True)
class Theme:
    """Endpoints that belong together, under a heading."""

    title: str
    endpoints: Sequence[Endpoint]


def endpoint(template: str, text: str, example: str = "", **handlers: Handler) -> Endpoint:
    """An endpoint below the lab's root; without ``example`` its own path shows it."""
    return Endpoint(route(f"{ROOT}/{template}", **handlers), text, f"{ROOT}/{example or template}")


def every(handler: Handler) -> dict[str, Handler]:
    """The same handler for all methods."""
    return dict.fromkeys((method for method in METHODS if method != "HEAD"), handler)
