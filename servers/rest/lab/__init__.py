"""The lab: endpoints with which every feature of an HTTP client can be tried without the internet."""

from collections.abc import Callable

from servers.rest.lab import (
    bulk,
    caching,
    coding,
    cookies,
    credentials,
    echo,
    forms,
    redirects,
    samples,
    status,
    timing,
    uploads,
)
from servers.rest.lab.endpoints import Theme
from servers.rest.lab.index import index
from servers.rest.routes import Route


def _never() -> bool:
    return False


def routes(stopping: Callable[[], bool] = _never) -> tuple[Route, ...]:
    """The routes of all endpoints. Requests that wait look ten times a second whether ``stopping`` says to end."""
    themes = (
        echo.theme(),
        status.theme(),
        Theme("Redirections and cookies", (*redirects.endpoints(), *cookies.endpoints())),
        credentials.theme(),
        timing.theme(stopping),
        bulk.theme(),
        Theme("Content codings", coding.endpoints()),
        samples.theme(),
        Theme("Forms and files", (*forms.endpoints(), *uploads.endpoints())),
        caching.theme(),
    )
    return (index(themes), *(one.route for theme in themes for one in theme.endpoints))
