"""What `main.py serve` says in words once the servers run: what they serve, to whom, and what that means."""

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from servers.listening import is_loopback
from servers.server import Address
from servers.settings import Cors, HttpSettings
from servers.tls import MEANING
from servers.workbench import Workbench

if TYPE_CHECKING:
    from servers.http.server import HttpServer
    from servers.rest.server import RestServer

_PAGES = {Cors.LOCAL: "pages of this computer", Cors.ANY: "pages of any origin"}
_BEYOND = "Warning: the HTTP server listens beyond this computer"
# Consoles of Windows show escape sequences as they are unless they are told not to.
_WHITE_ON_BLACK, _AS_BEFORE = ("", "") if os.name == "nt" else ("\x1b[97;40m", "\x1b[0m")


def announcement(workbench: Workbench) -> Iterator[str]:
    """A line for each thing that users of the running servers should know; some may have text from outside."""
    yield from _about_tls(workbench)
    yield from _about_http(workbench.http)
    yield from _about_rest(workbench.rest)


def qr_code(url: str) -> str:
    """Lines of half blocks that a phone can read from a terminal, whether it is light or dark."""
    import segno

    out = StringIO()
    segno.make(url, micro=False).terminal(out, compact=True)
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in out.getvalue().splitlines())


def _about_tls(workbench: Workbench) -> Iterator[str]:
    """Where the certificate is that clients need, and what it means to trust it."""
    if any(server.address is not None and server.settings.tls for server in workbench.servers):
        yield f"The certificate of the local authority is {workbench.authority.path.absolute()}"
        yield MEANING


def _about_http(server: "HttpServer") -> Iterator[str]:
    """What the HTTP server serves, the switches that are on, and what others can do with it."""
    if server.address is None:
        return
    settings = server.settings
    yield _about_folder(settings.root)
    if settings.spa:
        yield "Paths that no file has are answered with the site's index.html (single-page app)."
    if settings.live_reload:
        yield "Pages load again when a file of the site changes (live reload)."
    if _takes_files(settings):
        yield f"Clients may add files, up to {settings.max_upload:,} bytes in one upload."
    if settings.cors is not Cors.OFF:
        yield _about_cors("read what the HTTP server serves", settings.cors)
    if settings.user:
        yield f"The HTTP server asks for a password; the user name is “{settings.user}”."
    if _is_reachable(server.address):
        yield from _warnings(settings)


def _about_folder(root: Path | None) -> str:
    if root is None:
        return "Serving the bundled sites"
    return f"Serving the folder {root}" if root.is_dir() else f"Warning: there is no folder {root} to serve."


def _about_cors(what: str, cors: Cors) -> str:
    return f"CORS is on: {_PAGES[cors]} may {what}."


def _is_reachable(address: Address) -> bool:
    """Whether other computers may be able to connect."""
    return not all(is_loopback(host) for host, _ in address.bound)


def _warnings(settings: HttpSettings) -> Iterator[str]:
    if not settings.user:
        add = " and add files" if _takes_files(settings) else ""
        yield f"{_BEYOND} and asks for no password: everybody in the network can read what it serves{add}."
    elif _takes_files(settings):
        yield f"{_BEYOND} and takes uploads: everybody who has the password can add files."
    if settings.user and not settings.tls:
        yield "Warning: the password crosses the network readable to others; use --tls to protect it."


def _takes_files(settings: HttpSettings) -> bool:
    """Whether uploads are on and can be: the bundled sites stay as they are."""
    return settings.uploads and settings.root is not None


def _about_rest(server: "RestServer") -> Iterator[str]:
    """What the REST server serves, and the switches that are on."""
    if server.service is None:
        return
    yield f"Serving {server.service.dataset.name}: {', '.join(f'/{name}' for name in server.service.definitions)}"
    settings = server.settings
    if settings.read_only:
        yield "The REST service is read-only."
    if settings.latency or settings.latency_to:
        yield f"Every REST answer waits {settings.latency} to {max(settings.latency, settings.latency_to)} ms."
    if settings.cors is not Cors.OFF:
        yield _about_cors("use the REST service", settings.cors)
