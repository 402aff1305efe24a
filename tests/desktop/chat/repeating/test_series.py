"""Series against a clock that only moves when they wait or send."""

import asyncio
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.series import REFRESH, Progress, Series, run
from desktop.chat.session import SendFailed
from tests.conftest import Run, until

A, B, C = (Outgoing(letter) for letter in "abc")


class World:
    """A clock, a server that takes its time, and what happened when."""

    def __init__(self, takes: list[float] | None = None, fails_at: int | None = None) -> None:
        self.now = 0.0
        self.sent: list[tuple[float, Outgoing]] = []
        self.told: list[tuple[float, Progress]] = []
        self.pauses: list[float] = []
        self._takes = takes or []
        self._fails_at = fails_at

    def clock(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    async def send(self, message: Outgoing) -> None:
        if len(self.sent) == self._fails_at:
            raise SendFailed("The server does not read.")
        number = len(self.sent)
        self.sent.append((self.now, message))
        self.now += self._takes[number] if number < len(self._takes) else 0

    def tell(self, progress: Progress) -> None:
        self.told.append((self.now, progress))

    def run(self, series: Series) -> Progress:
        """Send it to its end; the last progress."""
        asyncio.run(run(series, self.send, self.tell, pause=self.pause, clock=self.clock))
        return self.told[-1][1]

    @property
    def starts(self) -> list[float]:
        return [at for at, _ in self.sent]


durations = st.floats(0, 0.9)
intervals = st.floats(0.01, 100)


@given(st.lists(st.sampled_from([A, B, C]), min_size=1, max_size=4), st.integers(1, 5), intervals)
def test_every_message_is_sent_once_a_round_in_its_order(
    messages: list[Outgoing], rounds: int, interval: float
) -> None:
    world = World()
    series = Series(tuple(messages), rounds, interval)
    end = world.run(series)
    assert [message for _, message in world.sent] == messages * rounds
    assert (end.sent, end.total, end.failed) == (len(messages) * rounds, len(messages) * rounds, "")


@given(st.lists(durations, max_size=20), intervals)
def test_the_beat_does_not_drift_while_sending_takes_less(shares: list[float], interval: float) -> None:
    world = World([share * interval for share in shares])
    world.run(Series((A,), 20, interval))
    assert world.starts == pytest.approx([number * interval for number in range(20)])


@given(st.lists(st.floats(0, 1000), min_size=5, max_size=30), intervals)
def test_at_most_one_message_catches_up(takes: list[float], interval: float) -> None:
    world = World(takes)
    world.run(Series((A,), len(takes), interval))
    for first, third in zip(world.starts, world.starts[2:], strict=False):
        assert third - first >= interval - 1e-6


@given(st.lists(st.floats(0, 0.3), min_size=1, max_size=50), st.sampled_from([0.0, 0.03, 0.5]))
def test_progress_is_told_seldom_but_to_the_end(takes: list[float], interval: float) -> None:
    world = World(takes)
    end = world.run(Series((A,), len(takes), interval))
    assert end.sent == len(takes)
    assert world.told[0][1] == Progress(0, len(takes), "", 0)
    between = [at for at, _ in world.told[1:-1]]
    assert all(late - early >= REFRESH - 1e-9 for early, late in pairwise(between))


def test_without_a_pause_the_loop_has_its_turn_after_every_message(run: Run) -> None:
    turns, sent = [0], [0]

    async def send(_: Outgoing) -> None:
        sent[0] += 1

    async def scene() -> None:
        loop = asyncio.get_running_loop()

        def turn() -> None:
            turns[0] += 1
            if turns[0] < 100:
                loop.call_soon(turn)

        turn()
        await run_series(Series((A,), 100, 0), send)

    run(scene())
    assert sent[0] == 100
    assert turns[0] >= 99


async def run_series(series: Series, send: object) -> list[Progress]:
    """Send a series by the real clock; everything that was told."""
    told: list[Progress] = []
    await run(series, send, told.append)  # type: ignore[arg-type] # a coroutine function
    return told


def test_it_stops_at_the_first_message_that_cannot_be_sent() -> None:
    world = World(fails_at=12)
    end = world.run(Series((A, B), 50, 1))
    assert len(world.sent) == 12
    assert end == Progress(12, 100, "The server does not read.", 12)
    assert end.result("") == "12 of 100 were sent: The server does not read."


@pytest.mark.parametrize("is_sending", [True, False])
def test_when_cancelled_it_says_how_many_were_sent(run: Run, is_sending: bool) -> None:
    told: list[Progress] = []
    sent: list[Outgoing] = []
    never = asyncio.Event()

    async def send(message: Outgoing) -> None:
        if is_sending and len(sent) == 1:
            await never.wait()
        sent.append(message)

    async def pause(_: float) -> None:
        if not is_sending:
            await never.wait()

    async def scene() -> None:
        series = asyncio.get_running_loop().create_task(start())
        await until(lambda: sent)
        await asyncio.sleep(0)
        series.cancel()
        with pytest.raises(asyncio.CancelledError):
            await series

    async def start() -> None:
        from desktop.chat.repeating.series import run as run_one

        await run_one(Series((A, B), 0, 1), send, told.append, pause=pause)

    run(scene())
    assert sent == [A]
    assert (told[-1].sent, told[-1].total) == (1, None)
    assert told[-1].result("Stopped:") == "Stopped: 1 was sent."


@pytest.mark.parametrize(
    ("messages", "rounds", "interval"),
    [((), 1, 1.0), ((A,), -1, 1.0), ((A,), 1, -0.1), ((A,), 1, math.inf), ((A,), 1, math.nan)],
)
def test_what_is_no_series(messages: tuple[Outgoing, ...], rounds: int, interval: float) -> None:
    with pytest.raises(ValueError, match="a series has messages"):
        Series(messages, rounds, interval)


def test_words() -> None:
    assert Progress(37, 100, "", 3.6 / 1.2).words == "37 of 100, 12.0 per second, 0:03"
    assert Progress(1, None, "", 0.0).words == "1, 0:00"
    assert Progress(12_001, None, "", 4.0).words == "12,001, 3,000 per second, 0:04"
    assert Progress(3, 100, "", 120.0).words == "3 of 100, 2:00"
    assert Progress(1, 1, "", 0.0).result("") == "1 was sent: 0:00."
    assert Progress(100, 100, "", 9.0).result("") == "All 100 were sent: 11.0 per second, 0:09."
    assert Progress(12, 100, "", 1.0).result("Stopped:") == "Stopped: 12 of 100 were sent."
