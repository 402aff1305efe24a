"""Endpoints that take their time."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from aiohttp import web

from servers.rest import strict_json
from servers.rest.lab.answers import json_response, number
from servers.rest.lab.endpoints import Theme, endpoint
from servers.rest.lab.events import Events
from servers.rest.lab.streaming import PIECE, Pace, Pieces, send
from servers.rest.lab.values import fraction, option, whole

MAX_SECONDS = 60
MAX_LINES = 10_000
MAX_DRIP = 10 * 1024 * 1024
_DROPS_A_SECOND = 20


def theme(stopping: Callable[[], bool]) -> Theme:
    """Waiting and streaming; what waits ends early when ``stopping`` says so."""
    pace = Pace(stopping)
    timing, events = _Timing(pace), Events(pace)
    return Theme(
        "Time",
        (
            endpoint("delay/{seconds}", "Answers after that time, up to 60 seconds.", "delay/1.5", GET=timing.delay),
            endpoint(
                "stream/{n}",
                "Sends that many lines of JSON, chunked, each when it is made; interval is the time between two.",
                "stream/5?interval=0.5",
                GET=timing.stream,
            ),
            endpoint(
                "drip",
                "Sends bytes spread over seconds, after a delay before the head.",
                "drip?bytes=20&seconds=2&delay=1",
                GET=timing.drip,
            ),
            endpoint(
                "sse",
                "Server-sent events: count of them, interval seconds apart; goes on after the Last-Event-ID.",
                "sse?count=5&interval=1",
                GET=events.answer,
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Timing:
    """The handlers, which share how they wait."""

    pace: Pace

    async def delay(self, request: web.BaseRequest, text: str) -> web.Response:
        seconds = fraction(text, "The delay", MAX_SECONDS)
        await self.pace.wait(request, seconds)
        return json_response({"delay": number(seconds)})

    async def stream(self, request: web.BaseRequest, text: str) -> web.StreamResponse:
        count = whole(text, "The number of lines", 0, MAX_LINES)
        interval = fraction(option(request, "interval", "0"), "interval", MAX_SECONDS)
        return await send(request, {"Content-Type": "application/x-ndjson"}, self._lines(request, count, interval))

    async def drip(self, request: web.BaseRequest) -> web.StreamResponse:
        size = whole(option(request, "bytes", "10"), "bytes", 0, MAX_DRIP)
        seconds = fraction(option(request, "seconds", "2"), "seconds", MAX_SECONDS)
        await self.pace.wait(request, fraction(option(request, "delay", "0"), "delay", MAX_SECONDS))
        headers = {"Content-Type": "application/octet-stream"}
        return await send(request, headers, self._drops(request, size, seconds), size)

    async def _lines(self, request: web.BaseRequest, count: int, interval: float) -> Pieces:
        for index in range(1, count + 1):
            await self.pace.wait(request, interval if index > 1 else 0)
            yield strict_json.write({"line": number(index), "of": number(count)}).encode() + b"\n"

    async def _drops(self, request: web.BaseRequest, size: int, seconds: float) -> Pieces:
        drops = min(size, max(1, int(seconds * _DROPS_A_SECOND), ceil(size / PIECE)))
        for drop in range(drops):
            await self.pace.wait(request, seconds / drops)
            yield b"*" * (size * (drop + 1) // drops - size * drop // drops)
