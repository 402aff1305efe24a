"""What aiohttp's server makes of a listening socket here: connections in a crowd."""

import logging
from typing import Any

from aiohttp import web

from servers.connections.connection import Connection, Handler, Render, Secure
from servers.connections.crowd import Crowd
from servers.connections.malformed import Quiet
from servers.connections.repeats import Repeats
from servers.guard import Refusal


class Listener(web.Server):
    """aiohttp's server, with connections of our own.

    ``repeats`` answers what was answered before, ``most`` are the connections that the system bears, ``logger`` takes
    what is to be said of malformed requests.
    """

    def __init__(
        self,
        handler: Handler,
        render: Render,
        secure: Secure,
        repeats: Repeats,
        most: int,
        logger: logging.Logger,
        **options: Any,
    ) -> None:
        super().__init__(handler, logger=logger, **options)
        self.repeats = repeats
        self.crowd = Crowd(most)
        self.quiet = Quiet(logger)
        self.render = render
        self.secure = secure

    def __call__(self) -> web.RequestHandler:
        return Connection(self, loop=self._loop, **self._kwargs)

    async def answer_full(self, request: web.BaseRequest) -> web.StreamResponse:
        """Tell a client that there is no room for it."""
        headers = {"Retry-After": "5", "Connection": "close"}
        response = self.render(request, Refusal(503, "The server has as many connections as it bears.", headers))
        response.force_close()
        return response
