"""Sends requests, and hands back each response whole; every attempt becomes one record."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.explorer.request import PreparedRequest
from servers.exchange import Exchange
from servers.recorder import Recorder

if TYPE_CHECKING:
    from aiohttp import ClientSession

Progress = Callable[[int], None]
"""Takes the number of body bytes received so far."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an attempt brought.

    ``exchange.error`` is a sentence where there was no response, or where its body broke off. ``body`` is the body as
    it came, without chunk framing and with its content coding; not ``complete`` where it was longer than is read.
    """

    request: PreparedRequest
    exchange: Exchange
    body: bytes
    complete: bool = True


class Client:
    """Sends to any server through one session of kept-alive connections; close it at the end.

    It follows no redirects, keeps no cookies and uses no proxy. Connecting takes at most 10 s; a response may take any
    time: cancel the task that waits for it.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._session: ClientSession | None = None

    async def send(self, request: PreparedRequest, progress: Progress | None = None) -> Reply:
        """Send once and wait for the whole response. A failure is a Reply too; only cancellation is raised."""
        from aiohttp import ClientError

        from desktop.explorer.failures import explain
        from desktop.explorer.transport import Attempt, Unanswered, open_session

        if self._session is None:
            self._session = open_session()
        attempt = Attempt(request)
        exchange: Exchange
        try:
            await attempt.run(self._session, progress)
        except asyncio.CancelledError:
            attempt.error = "Cancelled before the whole response had come."
            raise
        except (ClientError, OSError, UnicodeError, Unanswered) as error:
            attempt.error = explain(error, request.target)
        finally:
            exchange = attempt.record()
            self._recorder.append(exchange)
        return Reply(request, exchange, bytes(attempt.body), attempt.complete)

    async def close(self) -> None:
        """Close every connection. A request that is sent afterwards opens a new session."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
