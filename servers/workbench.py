"""The three servers with their settings and the recorder: what the window and `serve` both hold."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from servers.recorder import Recorder
from servers.server import AnyServer
from servers.settings import HttpSettings, RestSettings, WebSocketSettings
from servers.tls import local_authority


@dataclass(frozen=True, slots=True)
class WorkbenchSettings:
    """The settings of all three servers."""

    http: HttpSettings
    rest: RestSettings
    ws: WebSocketSettings


class Workbench:
    """Makes the three servers, all of them stopped; ``data_dir`` holds what they store.

    One ``authority`` issues the certificates of all three.
    """

    def __init__(self, settings: WorkbenchSettings, data_dir: Path, recorder: Recorder) -> None:
        from servers.http.server import HttpServer
        from servers.rest.server import RestServer
        from servers.websocket.server import WebSocketServer

        self.recorder = recorder
        self.http = HttpServer(settings.http, self.recorder)
        self.rest = RestServer(settings.rest, self.recorder, data_dir)
        self.ws = WebSocketServer(settings.ws, self.recorder)
        self.authority = local_authority(data_dir)
        for server in self.servers:
            server.authority = self.authority

    @property
    def servers(self) -> tuple[AnyServer, ...]:
        """The servers in the order in which users see them."""
        return (self.http, self.rest, self.ws)

    @property
    def settings(self) -> WorkbenchSettings:
        """The settings as they are now."""
        return WorkbenchSettings(self.http.settings, self.rest.settings, self.ws.settings)

    async def stop(self) -> None:
        """Stop all servers at the same time; a failure of one does not keep the others from stopping."""
        outcomes = await asyncio.gather(*(server.stop() for server in self.servers), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
