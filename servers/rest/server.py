"""The REST server: resources over the store in the data directory, problem details for whatever goes wrong."""

from pathlib import Path

from aiohttp import web

from servers.guard import Refusal
from servers.recorder import Recorder
from servers.rest import media, players, problems, representations
from servers.rest.collection import Collection, json_response
from servers.rest.routes import Routes, route
from servers.rest.store import Store, StoreBusy, StoreFull
from servers.server import Address
from servers.settings import RestSettings
from servers.web import WebServer

STORE_FILE = "rest.sqlite3"

_COMMON = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


class RestServer(WebServer[RestSettings]):
    """Resources that are created, read, replaced and deleted over HTTP.

    The store is open while the server runs; ``data_dir`` is made when it is missing. ``notice`` says when what was
    found there was damaged.
    """

    name = "rest"

    def __init__(self, settings: RestSettings, recorder: Recorder, data_dir: Path) -> None:
        super().__init__(settings, recorder)
        self._data_dir = data_dir
        self._store: Store | None = None
        self._routes = Routes()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer by the table of routes."""
        path = request.rel_url.path_safe
        try:
            handler, variables = self._routes.find(path, request.method)
            _check_accept(request)
            response = await handler(request, *variables)
        except StoreBusy as busy:
            raise problems.at(Refusal(503, f"{busy} Try again in a second.", {"Retry-After": "1"}), path) from busy
        except StoreFull as full:
            raise problems.at(Refusal(507, f"{full} Make room and try again."), path) from full
        except Refusal as refusal:
            raise problems.at(refusal, path) from refusal
        response.headers.update(_COMMON)
        return response

    def render(self, refusal: Refusal) -> web.Response:
        """A problem document, whatever the client accepts (RFC 9457, section 3)."""
        headers = {**refusal.headers, **_COMMON, "Content-Type": media.PROBLEM}
        reason = problems.title(refusal.status)
        return web.Response(body=problems.body(refusal), status=refusal.status, reason=reason, headers=headers)

    async def _start(self) -> Address:
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OSError(f"The data directory {self._data_dir} cannot be made: {error.strerror}.") from error
        self._store = Store(self._data_dir / STORE_FILE)
        self.notice = self._store.notice
        collection = Collection(players.NAME, players.faults, self._store, self.settings.max_body)
        self._routes = Routes(route("/", GET=_entry), *collection.routes())
        return await super()._start()

    async def _stop(self) -> None:
        try:
            await super()._stop()
        finally:
            self._routes = Routes()
            if self._store is not None:
                self._store.close()
                self._store = None


async def _entry(_request: web.BaseRequest) -> web.Response:
    return json_response(representations.entry([players.NAME]))


def _check_accept(request: web.BaseRequest) -> None:
    accept = ", ".join(request.headers.getall("Accept", ())) or None
    if accept is not None and request.method != "OPTIONS" and media.choose(accept, (media.JSON,)) is None:
        raise Refusal(406, "This resource has an application/json representation only; the Accept header excludes it.")
