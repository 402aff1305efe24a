"""Keeps one chat window connected: one session after another, with growing pauses between the attempts."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.chat.connecting.backoff import delays
from desktop.chat.entry import Entry
from desktop.chat.session import Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from servers.close_codes import NORMAL

if TYPE_CHECKING:
    from desktop.chat.frames.wire import WireFrame

STEADY = 5.0
"""Seconds after which a connection counts as a good one: the pauses begin anew after it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pause before attempt number ``attempt``: ``delay`` seconds long, over at ``due`` on the loop's clock."""

    attempt: int
    due: float
    delay: float


class Link:
    """The connection of one window. ``target`` gives where to connect, as it is at the time of each attempt.

    ``session`` is the present one, or the last. While a lost connection waits for its next attempt, ``waiting`` says
    until when. Nothing is sent again by itself: what was not sent stays with its author.
    """

    def __init__(
        self,
        target: Callable[[], Target],
        surroundings: Surroundings,
        *,
        on_entry: Callable[[Entry], None],
        on_state: Callable[[], None],
        on_frame: "Callable[[WireFrame], None] | None" = None,
        pauses: Callable[[], Iterator[float]] = delays,
    ) -> None:
        self.session: Session | None = None
        self.waiting: Waiting | None = None
        self._target = target
        self._surroundings = surroundings
        self._on_entry = on_entry
        self._on_state = on_state
        self._on_frame = on_frame
        self._pauses = pauses
        self._over = True
        self._idle = asyncio.Event()
        self._idle.set()
        self._now = asyncio.Event()

    @property
    def is_busy(self) -> bool:
        """Whether there is a connection, an attempt, or a pause before the next one."""
        return not self._idle.is_set()

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent."""
        return self.session is not None and self.session.state is State.OPEN

    async def run(self) -> None:
        """Connect, and again after each loss while the target asks for it, until somebody wants the end."""
        if self.is_busy:
            return
        self._over = False
        self._idle.clear()
        try:
            await self._keep_connected()
        finally:
            self._over, self.waiting = True, None
            self._idle.set()
            self._on_state()

    def retry_now(self) -> None:
        """End the pause."""
        self._now.set()

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        """End the connection, the attempt or the waiting, and wait until that is done; see ``Session.close``."""
        if self.session is not None and self.waiting is None:
            await self.session.close(code, reason)
        await self._finish()

    async def leave(self) -> None:
        """The same with 1001, as a client does that goes away."""
        if self.session is not None and self.waiting is None:
            await self.session.leave()
        await self._finish()

    async def _finish(self) -> None:
        self._over = True
        self._now.set()
        await self._idle.wait()

    async def _keep_connected(self) -> None:
        pauses, attempt = self._pauses(), 1
        while not self._over:
            lasted = await self._connect()
            if not self._is_to_go_on():
                return
            if lasted > STEADY:
                pauses, attempt = self._pauses(), 1
            attempt += 1
            await self._pause(next(pauses), attempt)

    async def _connect(self) -> float:
        """One session from its beginning to its end; returns for how many seconds it was there."""
        clock = asyncio.get_running_loop().time
        self.session = Session(
            self._target(),
            self._surroundings,
            on_entry=self._on_entry,
            on_state=self._on_state,
            on_frame=self._on_frame,
        )
        self._on_state()
        started = clock()
        await self.session.run()
        return clock() - started if self.session.closure is not None else 0.0

    def _is_to_go_on(self) -> bool:
        session = self.session
        return session is not None and session.retryable and not session.left and self._target().reconnect

    async def _pause(self, delay: float, attempt: int) -> None:
        self._now.clear()
        if self._over:
            return
        self.waiting = Waiting(attempt, asyncio.get_running_loop().time() + delay, delay)
        self._on_state()
        try:
            async with asyncio.timeout(delay):
                await self._now.wait()
        except TimeoutError:
            pass
        self.waiting = None
