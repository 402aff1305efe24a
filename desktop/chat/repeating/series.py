"""Sends a list of messages in rounds, each at its time, and says how far it has come; knows nothing of Qt."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from desktop.chat.outgoing import Outgoing
from desktop.chat.session import SendFailed
from desktop.widgets.figures import duration_text

REFRESH = 0.1
"""Seconds that lie between two calls of ``on_progress`` at least, but for the first and the last."""

_SLOW, _FAST = 0.1, 100
"""Messages a second below which no rate is told, and from which on it is told without a fraction."""

Send = Callable[[Outgoing], Awaitable[None]]
"""Sends one message, or raises SendFailed with a sentence and has sent nothing of it; once sent, it waits no more."""


@dataclass(frozen=True, slots=True)
class Series:
    """All ``messages`` in turn, ``rounds`` times over; 0 rounds go on until they are stopped.

    ``interval`` are the seconds from the start of one message to the start of the next; with 0 they follow one another
    as fast as the server reads. Raises ValueError where there is nothing to send, or a number is out of range.
    """

    messages: tuple[Outgoing, ...]
    rounds: int
    interval: float

    def __post_init__(self) -> None:
        if not self.messages or self.rounds < 0 or not (0 <= self.interval < math.inf):
            raise ValueError("a series has messages, and neither its rounds nor its interval are negative")

    @property
    def total(self) -> int | None:
        """How many messages will have been sent at the end; None where there is none."""
        return len(self.messages) * self.rounds or None

    def order(self) -> Iterator[Outgoing]:
        """The messages, one after the other, as they are sent."""
        return chain.from_iterable(repeat(self.messages, self.rounds) if self.rounds else repeat(self.messages))

    def slot_after(self, slot: int, elapsed: float) -> int:
        """How many intervals after the start the next message is due, ``elapsed`` seconds after it.

        Where sending took longer than an interval, one message follows at once, and the others that were due meanwhile
        wait for the times of those behind them: the beat stays, and nothing comes in a burst.
        """
        return max(slot + 1, math.floor(elapsed / self.interval)) if self.interval else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a series has come after so many ``seconds``; ``failed`` is the sentence of what ended it before."""

    sent: int
    total: int | None
    failed: str
    seconds: float

    @property
    def of_total(self) -> str:
        """Such as “12 of 100”."""
        return f"{self.sent:,}" if self.total is None else f"{self.sent:,} of {self.total:,}"

    @property
    def words(self) -> str:
        """The progress of a series that goes on, with its rate and how long it has been going on."""
        return ", ".join((self.of_total, *self._rate(), duration_text(self.seconds)))

    def result(self, stopped: str) -> str:
        """A sentence about a series that has ended; ``stopped`` says why where it did not end by itself."""
        were = "was" if self.sent == 1 else "were"
        if self.failed:
            return f"{self.of_total} {were} sent: {self.failed}"
        if self.sent == self.total:
            took = ", ".join((*self._rate(), duration_text(self.seconds)))
            return f"{'All ' if self.sent > 1 else ''}{self.sent:,} {were} sent: {took}."
        return f"{stopped} {self.of_total} {were} sent."

    def _rate(self) -> tuple[str, ...]:
        """How many a second, once that says something."""
        if self.sent < 2 or self.seconds < REFRESH:
            return ()
        rate = (self.sent - 1) / self.seconds
        if rate < _SLOW:
            return ()
        return (f"{rate:,.0f} per second" if rate >= _FAST else f"{rate:.1f} per second",)


async def run(
    series: Series,
    send: Send,
    on_progress: Callable[[Progress], None],
    *,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Send a series to its end, or until a message cannot be sent, which then is not tried again.

    ``on_progress`` is called before the first message, every REFRESH seconds at most, and when the series has ended,
    also where it was cancelled. Between two messages the loop always has its turn.
    """
    start = told = clock()
    slot = sent = 0
    failed = ""
    on_progress(Progress(0, series.total, "", 0.0))
    try:
        for message in series.order():
            if sent:
                slot = series.slot_after(slot, clock() - start)
                await pause(max(0.0, start + slot * series.interval - clock()))
            await send(message)
            sent += 1
            if (now := clock()) - told >= REFRESH:
                told = now
                on_progress(Progress(sent, series.total, "", now - start))
    except SendFailed as failure:
        failed = str(failure)
    finally:
        on_progress(Progress(sent, series.total, failed, clock() - start))
