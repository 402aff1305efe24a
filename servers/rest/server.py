"""The REST server: resources over the store in the data directory, a lab, and problem details for what goes wrong."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

from servers.cors import preflight
from servers.guard import Refusal
from servers.recorder import Recorder
from servers.rest import lab, policy, problems, refusals
from servers.rest.api import Api
from servers.rest.asked import TYPED, named_format
from servers.rest.formats import PROBLEM_JSON, wanted_for_problem
from servers.rest.routes import Routes
from servers.rest.service import Service
from servers.rest.storage.database import StoreBusy, StoreFull
from servers.rest.storage.store import Store
from servers.server import Address, ServerState
from servers.settings import Cors, RestSettings
from servers.traffic_log import NOTES
from servers.web import WebServer

STORE_FILE = "rest.sqlite3"

_COMMON = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


class RestServer(WebServer[RestSettings]):
    """Resources that are created, read, replaced, changed and deleted over HTTP.

    The store is open, and ``service`` there, while the server runs; ``data_dir`` is made when it is missing.
    ``notice`` says when what was found there was damaged. The content of ``first_file``, if there is one, is opened
    before anything is served, or gone on with if that was done before. The next ``fail_next`` requests are answered
    with 500.
    """

    name = "rest"
    readable = policy.READABLE

    def __init__(self, settings: RestSettings, recorder: Recorder, data_dir: Path) -> None:
        super().__init__(settings, recorder)
        self.fail_next = 0
        self.first_file: Path | None = None
        self.service: Service | None = None
        self._data_dir = data_dir
        self._store: Store | None = None
        self._api: Api | None = None
        self._lab = Routes(*lab.routes(self._is_stopping))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer by the table of routes."""
        settings = self.settings
        await policy.wait(settings)
        early = preflight(request, policy.OFFERED, admitted=self.admits(request))
        if early is not None:
            return early
        if settings.token:
            policy.check_token(settings.token, request.headers.getall("Authorization", ()))
        if self.fail_next > 0:
            self.fail_next -= 1
            raise Refusal(500, f"This failure was asked for; {self.fail_next} more will follow.")
        return await self._dispatch(request)

    def extras(self, request: web.BaseRequest) -> dict[str, str]:
        """What every answer says, and what CORS adds to it."""
        return _COMMON | super().extras(request)

    def check_site(self, request: web.BaseRequest) -> None:
        """Pages of other sites may change something only when CORS is open to any origin."""
        if self.settings.cors is not Cors.ANY:
            super().check_site(request)

    def render(self, request: web.BaseRequest, refusal: Refusal) -> web.Response:
        """A problem document (RFC 9457): JSON, or what the client likes better of XML and HTML."""
        if NOTES not in request:  # malformed: what it asked for cannot be known
            answer = refusals.answer(problems.at(refusal, ""), PROBLEM_JSON, None)
            answer.headers.update(_COMMON)
            return answer
        media_type = wanted_for_problem(request.headers.getall("Accept", ()), named_format(request))
        return refusals.answer(problems.at(refusal, request.rel_url.path_safe), media_type, request.get(TYPED))

    async def _open_first(self, service: Service, path: Path) -> str | None:
        try:
            notice = await service.open(path, resume=True)
        except ValueError as error:
            raise OSError(str(error)) from error
        return " ".join(filter(None, (self.notice, notice))) or None

    def _is_stopping(self) -> bool:
        return self.state is ServerState.STOPPING

    async def _dispatch(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.rel_url.path_safe
        try:
            if path == "/lab" or path.startswith("/lab/"):
                handler, variables = self._lab.find(path, request.method)
            elif self._api is None:
                raise Refusal(503, "The service is about to stop.", {"Connection": "close"})
            else:
                handler, variables = self._api.find(path, request.method)
                policy.check_writing(self.settings, request.method)
            return await handler(request, *variables)
        except StoreBusy as busy:
            raise Refusal(503, f"{busy} Try again in a second.", {"Retry-After": "1"}) from busy
        except StoreFull as full:
            raise Refusal(507, f"{full} Make room and try again.") from full

    async def _start(self) -> Address:
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OSError(f"The data directory {self._data_dir} cannot be made: {error.strerror}.") from error
        self._store = await _open(self._data_dir / STORE_FILE)
        self.notice = self._store.notice
        self.service = Service(self._store)
        if self.first_file is not None:
            self.notice = await self._open_first(self.service, self.first_file)
        self._api = Api(self.service, lambda: self.settings)
        return await super()._start()

    async def _stop(self) -> None:
        try:
            await super()._stop()
        finally:
            self.service = self._api = None
            store, self._store = self._store, None
            if store is not None:
                await _close(store)


async def _open(path: Path) -> Store:
    """Open the store in a thread; one that nobody waits for any more is closed again."""
    opening = asyncio.get_running_loop().run_in_executor(None, Store, path)
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_unused)
        raise


def _close_unused(opened: "asyncio.Future[Store]") -> None:
    if not opened.cancelled() and opened.exception() is None:
        opened.result().close()


async def _close(store: Store) -> None:
    """Close it in a thread of its own: it may wait for the disk, and other threads may be waiting for it."""
    store.give_up()
    with ThreadPoolExecutor(1, thread_name_prefix="portside-close") as closer:
        await asyncio.get_running_loop().run_in_executor(closer, store.close)
