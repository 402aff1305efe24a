"""Tests of how many messages a second a client may send, on a clock of the test's own."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.close_codes import POLICY
from servers.exchange import Direction, Kind
from servers.settings import Mode
from servers.websocket import allowance
from servers.websocket.allowance import Allowance
from tests.conftest import Run, until
from tests.servers.websocket.clients import ended, heard, plain, serving


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """``clock.now`` is the time in seconds; it stands still unless the test moves it."""
    clock = SimpleNamespace(now=1000.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(allowance, "time", clock)
    return clock


def _taken(one: Allowance, rate: int, tries: int) -> int:
    return sum(one.take(rate) for _ in range(tries))


def test_those_of_one_second_may_come_at_once(clock: SimpleNamespace) -> None:
    one = Allowance()
    assert _taken(one, 5, 20) == 5
    clock.now += 0.2
    assert _taken(one, 5, 20) == 1
    clock.now += 0.99 / 5
    assert _taken(one, 5, 20) == 0
    clock.now += 0.02 / 5
    assert _taken(one, 5, 20) == 1
    clock.now += 3600
    assert _taken(one, 5, 20) == 5


@pytest.mark.parametrize("rate", [0, -1])
def test_without_a_rate_there_is_no_bound(clock: SimpleNamespace, rate: int) -> None:
    assert _taken(Allowance(), rate, 10_000) == 10_000
    assert clock.now == 1000


def test_a_rate_that_changes_counts_at_once(clock: SimpleNamespace) -> None:
    one = Allowance()
    assert _taken(one, 5, 20) == 5
    assert _taken(one, 0, 20) == 20
    assert _taken(one, 5, 20) == 0
    assert _taken(one, 2, 20) == 2
    clock.now += 0.5
    assert _taken(one, 2, 20) == 1


@given(st.integers(1, 50), st.lists(st.floats(0, 2), min_size=1, max_size=60))
def test_never_more_than_the_rate_and_one_second_ahead(rate: int, pauses: list[float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = SimpleNamespace(now=0.0)
        clock.monotonic = lambda: clock.now
        patch.setattr(allowance, "time", clock)
        one = Allowance()
        taken = 0
        for pause in pauses:
            clock.now += pause
            taken += one.take(rate)
            assert taken <= rate * (clock.now + 1) + 0.001


def test_a_client_over_the_rate_is_closed_and_nobody_else(run: Run, clock: SimpleNamespace) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO, max_rate=3) as server, plain(server) as quick, plain(server) as calm:
            for number in range(5):
                await quick.send(f"{number}")
            answers = [await quick.recv() for _ in range(3)]
            assert answers == ["ECHO! 0", "ECHO! 1", "ECHO! 2"]
            assert await ended(quick) == POLICY
            assert quick.close_reason == "more than 3 messages a second"
            await until(lambda: len(server.names) == 1)
            for _ in range(10):
                clock.now += 1 / 3
                await calm.send("calm")
                assert await calm.recv() == "ECHO! calm"
            server.change(max_rate=0)
            for _ in range(20):
                await calm.send("quick")
                assert await calm.recv() == "ECHO! quick"

    run(scenario())


@pytest.mark.parametrize("mode", list(Mode))
def test_what_comes_after_the_rate_is_over_is_not_listened_to(run: Run, clock: SimpleNamespace, mode: Mode) -> None:
    async def scenario() -> None:
        async with serving(mode, max_rate=5) as server, plain(server) as flood, plain(server) as other:
            for number in range(1000):
                clock.now += 0.001
                await flood.send(f"{number}")
            assert await ended(flood) == POLICY
            await until(lambda: len(server.names) == 1)
            received = [
                one.data for one in server.messages if one.kind is Kind.TEXT and one.direction is Direction.SENT
            ]
            assert 5 <= len(set(received)) <= 12
            closes = [(one.direction, one.data) for one in server.messages if one.kind is Kind.CLOSE]
            reason = POLICY.to_bytes(2, "big") + b"more than 5 messages a second"
            assert closes == [(Direction.SENT, reason), (Direction.RECEIVED, reason)]
            assert len(await heard(server, other)) == (5 if mode in (Mode.BROADCAST, Mode.BROADCAST_REPLY) else 0)

    run(scenario())
