"""Lays the options of the command line over the stored settings, for one run."""

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from servers.settings import Listen

if TYPE_CHECKING:
    from servers.workbench import WorkbenchSettings

L = TypeVar("L", bound=Listen)

_SITE = ["listing", "spa", "live_reload", "compression", "uploads", "max_upload", "cache", "cors", "user", "password"]


def overlay(stored: "WorkbenchSettings", options: Namespace) -> "WorkbenchSettings":
    """The stored settings with the options of this run laid over them."""
    site = {name: value for name in _SITE if (value := getattr(options, name)) is not None}
    root = options.served.folder or stored.http.root
    http = replace(stored.http, **site, root=root and root.absolute())
    rest = replace(stored.rest, cors=options.rest_cors or stored.rest.cors)
    ws = replace(stored.ws, mode=options.ws_mode or stored.ws.mode)
    return replace(
        stored,
        http=_listening(http, options, options.http_port),
        rest=_listening(rest, options, options.rest_port),
        ws=_listening(ws, options, options.ws_port),
    )


def _listening(settings: L, options: Namespace, chosen: int | None) -> L:
    return replace(
        settings,
        host=options.host or settings.host,
        port=settings.port if chosen is None else chosen,
        tls=settings.tls if options.tls is None else options.tls,
    )
