"""Server-sent events (HTML Living Standard, section 9.2)."""

import re
from dataclasses import dataclass
from time import time

from aiohttp import web

from servers.rest import strict_json
from servers.rest.lab.answers import number
from servers.rest.lab.streaming import Pace, Pieces, send
from servers.rest.lab.values import fraction, option, whole

MAX_EVENTS = 10_000
MAX_INTERVAL = 60
RETRY = 2000
"""Milliseconds after which a client that lost the connection should come again."""

_ID = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Events:
    """The handler, with how it waits."""

    pace: Pace

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Send the events after the one that the client had last; 204, which ends its asking, where there are none."""
        count = whole(option(request, "count", "10"), "count", 1, MAX_EVENTS)
        interval = fraction(option(request, "interval", "1"), "interval", MAX_INTERVAL)
        last = _last_id(request)
        if last >= count:
            return web.Response(status=204)
        headers = {"Content-Type": "text/event-stream; charset=utf-8"}
        return await send(request, headers, self._events(request, last + 1, count, interval))

    async def _events(self, request: web.BaseRequest, first: int, count: int, interval: float) -> Pieces:
        yield f"retry: {RETRY}\n\n".encode()
        for index in range(first, count + 1):
            await self.pace.wait(request, interval if index > first else 0)
            data = strict_json.write({"number": number(index), "of": number(count), "time": number(int(time()))})
            yield f"id: {index}\nevent: tick\ndata: {data}\n\n".encode()


def _last_id(request: web.BaseRequest) -> int:
    """The number of the last event that the client had; an id that is none of ours means none."""
    text = request.headers.get("Last-Event-ID", "")
    return int(text) if _ID.fullmatch(text) else 0
