"""Tells open pages of changed files by server-sent events (HTML Living Standard, section 9.2)."""

import asyncio
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import perf_counter_ns
from typing import NamedTuple

from aiohttp import web

from servers.guard import Refusal
from servers.http.live.injecting import SCRIPT_PATH
from servers.http.live.tree import Tree
from servers.http.live.watching import Watcher
from servers.http.site import not_allowed
from servers.resources import resource_path
from servers.traffic_log import NOTES
from servers.web import add_extras

EVENTS_PATH = "/.portside/live"
PATHS = frozenset({EVENTS_PATH, SCRIPT_PATH})
"""The paths that pages with the script ask for."""

MOST_STREAMS = 100
"""Pages that can listen at once."""

MOST_PATHS = 24
"""Changed paths that an event names; where there are more, it says ``all``."""

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent: it is how a connection is found out that was cut unsaid."""

LOOK = 1.0
"""Seconds in which it is noticed that a page has closed its connection."""

LINGER = 3.0
"""Seconds for which files are watched after the last page has gone: one that loads again comes back."""

PATIENCE = 0.5
"""Seconds that streams get to end well."""

_RETRY, _COMMENT = b"retry: 1000\n\n", b":\n\n"
_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _State(NamedTuple):
    """What the files are now; ``paths`` is what was not so in the state before, None where that is too much to say."""

    number: int
    token: str
    paths: tuple[str, ...] | None

    def event(self, told: "_State | None") -> bytes:
        """What to send to a page that was ``told`` a state: at first only which one it begins with."""
        if told is None:
            return self._event("state", ["now"])
        is_next = told.number + 1 == self.number
        return self._event("change", self.paths if is_next and self.paths is not None else ["all"])

    def _event(self, name: str, lines: tuple[str, ...] | list[str]) -> bytes:
        data = "".join(f"data: {line}\n" for line in lines)
        return f"event: {name}\nid: {self.token}\n{data}\n".encode()


class LiveReload:
    """Watches the files of the folder that ``root`` names, as long as pages listen.

    While not ``is_on``, because the switch is off or the server about to stop, streams end soon and none begins.
    """

    def __init__(self, root: Callable[[], Path], is_on: Callable[[], bool] = lambda: True) -> None:
        self._root = root
        self._is_on = is_on
        self._period = secrets.token_hex(4)
        self._streams: dict[asyncio.Future[None], web.BaseRequest] = {}
        self._watcher: Watcher | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._tree: Tree | None = None
        self._state: _State | None = None
        self._turn: asyncio.Future[None] | None = None

    async def answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """The response for one of PATHS. Raises Refusal 403, 405 and 503."""
        if path == SCRIPT_PATH:
            _check_method(request.method, ("GET", "HEAD"))
            return web.Response(body=_script(), content_type="text/javascript", charset="utf-8", headers=_NO_STORE)
        _check_method(request.method, ("GET",))
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Refusal(403, "Pages of other sites may not listen for changes of this one.")
        if len(self._streams) >= MOST_STREAMS:
            raise Refusal(503, f"{MOST_STREAMS} pages listen for changes already.", {"Retry-After": "30"})
        return await self._stream(request)

    async def close(self) -> None:
        """End the streams and the watching, within some 1.5 s; pages that listen again after it load again."""
        self._period = secrets.token_hex(4)
        streams, watcher, self._watcher = dict(self._streams), self._watcher, None
        self._stay()
        self._next_turn()
        if watcher is not None:
            await watcher.close()
        if streams:
            await asyncio.wait(streams, timeout=PATIENCE)
        for stream, request in streams.items():
            if not stream.done() and request.transport is not None:
                request.transport.abort()

    async def _stream(self, request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **_NO_STORE})
        add_extras(request, response)
        stream = asyncio.get_running_loop().create_future()
        self._streams[stream] = request
        if self._is_on():
            self._watch()
        try:
            await self._tell(request, response, self._period)
        except ConnectionError:
            request.protocol.force_close()  # returning, instead of raising, lets the exchange be recorded
        finally:
            del self._streams[stream]
            stream.set_result(None)
            self._rest()
        return response

    async def _tell(self, request: web.BaseRequest, response: web.StreamResponse, period: str) -> None:
        """Send what there is to know, until the page is gone or the period is over."""
        sending = _Sending(request, response)
        await sending.begin()
        told: _State | None = None
        while self._period == period and self._is_on():
            state = self._state
            if state is not None and state is not told:
                await sending.write(state.event(told))
                told = state
            elif sending.silence >= HEARTBEAT:
                await sending.write(_COMMENT)
            else:
                await self._news()
            sending.check()

    async def _news(self) -> None:
        """Wait for the next state, LOOK seconds at most."""
        if self._turn is None:
            self._turn = asyncio.get_running_loop().create_future()
        await asyncio.wait([self._turn], timeout=LOOK)

    def _next_turn(self) -> None:
        """Wake all streams."""
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.set_result(None)

    def _watch(self) -> None:
        """See to it that the files are watched."""
        self._stay()
        if self._watcher is None or self._watcher.is_stopping:
            self._tree = self._state = None
            self._watcher = Watcher(self._root, self._found, after=self._watcher)

    def _rest(self) -> None:
        """Stop watching in a while if nobody listens any more."""
        self._stay()
        if not self._streams and self._watcher is not None:
            self._resting = asyncio.get_running_loop().call_later(LINGER, self._watcher.stop)

    def _stay(self) -> None:
        """Go on watching."""
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    def _found(self, tree: Tree) -> None:
        """Be told what is in the folder."""
        paths = tree.changed_since(self._tree) if self._tree is not None else None
        number = self._state.number + 1 if self._state is not None else 0
        named = tuple(sorted(paths)) if paths is not None and len(paths) <= MOST_PATHS else None
        self._tree = tree
        self._state = _State(number, f"{self._period}{tree.digest:x}", named)
        self._next_turn()


class _Sending:
    """Sends a response piece by piece, and notes for the record what was sent."""

    def __init__(self, request: web.BaseRequest, response: web.StreamResponse) -> None:
        self._request = request
        self._response = response
        self._loop = asyncio.get_running_loop()
        self._sent = self._loop.time()

    @property
    def silence(self) -> float:
        """Seconds since the last piece."""
        return self._loop.time() - self._sent

    async def begin(self) -> None:
        await self._response.prepare(self._request)
        notes = self._request[NOTES]
        notes.responded_ns, notes.is_endless = perf_counter_ns(), True
        await self.write(_RETRY)

    async def write(self, piece: bytes) -> None:
        """Raises ConnectionError when nobody takes it any more."""
        await self._response.write(piece)
        notes = self._request[NOTES]
        notes.streamed = (notes.streamed or 0) + len(piece)
        self._sent = self._loop.time()

    def check(self) -> None:
        """Raise ConnectionResetError when the client has left."""
        if self._request.transport is None:
            raise ConnectionResetError


def _check_method(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed:
        raise not_allowed(method, allowed)


@cache
def _script() -> bytes:
    return resource_path("live", "live.js").read_bytes()
