"""Tests of the bounded memory of traffic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.exchange import Exchange, Record
from servers.recorder import Recorder, surplus
from tests.servers.samples import exchange


def test_the_newest_are_kept_in_order() -> None:
    recorder = Recorder(max_count=3)
    records = [exchange() for _ in range(5)]
    for record in records:
        recorder.append(record)
    assert list(recorder) == records[2:]
    assert len(recorder) == 3


def test_the_byte_budget_holds() -> None:
    recorder = Recorder(max_bytes=100_000)
    for _ in range(100):
        recorder.append(exchange(body=bytes(20_000)))
    assert 1 <= len(recorder) <= 5
    assert sum(record.weight for record in recorder) <= 100_000


def test_a_flood_of_headers_stays_within_the_byte_budget() -> None:
    recorder = Recorder(max_bytes=1_000_000)
    flood = tuple((f"X-{number}", "y" * 8000) for number in range(120))
    for _ in range(20):
        recorder.append(exchange(headers=flood))
    assert len(recorder) == 1


def test_a_record_above_the_whole_budget_is_shown_but_not_kept() -> None:
    recorder = Recorder(max_bytes=10_000)
    seen: list[Record] = []
    recorder.subscriber = seen.extend
    small, huge = exchange(), exchange(body=bytes(20_000))
    recorder.append(huge)
    recorder.append(small)
    assert seen == [huge, small]
    assert list(recorder) == [small]


def test_clear_gives_the_whole_budget_back() -> None:
    recorder = Recorder(max_count=2, max_bytes=50_000)
    recorder.append(exchange(body=bytes(40_000)))
    recorder.clear()
    assert len(recorder) == 0
    again = exchange(body=bytes(40_000))
    recorder.append(again)
    assert list(recorder) == [again]


def test_the_subscriber_may_come_and_go() -> None:
    recorder = Recorder()
    seen: list[Record] = []
    recorder.append(exchange())
    recorder.subscriber = seen.extend
    wanted = exchange()
    recorder.append(wanted)
    recorder.subscriber = None
    recorder.append(exchange())
    assert seen == [wanted]
    assert len(recorder) == 3


def test_append_weighs_the_new_record_only(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(max_count=1000)
    for _ in range(1000):
        recorder.append(exchange())
    weighed: list[int] = []

    def weigh(record: Exchange) -> int:
        weighed.append(record.id)
        return 1

    monkeypatch.setattr(Exchange, "weight", property(weigh))
    newest = exchange()
    recorder.append(newest)
    assert weighed == [newest.id]


@given(st.lists(st.integers(0, 30_000), max_size=40), st.integers(1, 10), st.integers(1, 100_000))
def test_budgets_hold_and_only_the_oldest_go(sizes: list[int], max_count: int, max_bytes: int) -> None:
    recorder = Recorder(max_count, max_bytes)
    records = [exchange(body=bytes(size)) for size in sizes]
    for record in records:
        recorder.append(record)
        assert len(recorder) <= max_count
        assert sum(one.weight for one in recorder) <= max_bytes
    kept = list(recorder)
    assert kept == records[len(records) - len(kept) :]


def test_a_full_memory_makes_room_for_many_at_once() -> None:
    recorder = Recorder(max_count=100)
    records = [exchange() for _ in range(101)]
    for record in records:
        recorder.append(record)
    assert list(recorder) == records[6:]
    recorder.append(exchange())
    assert len(recorder) == 96


@given(st.lists(st.integers(0, 100), max_size=30), st.integers(0, 10), st.integers(0, 500))
def test_no_more_go_than_must(weights: list[int], max_count: int, max_bytes: int) -> None:
    number, weight = surplus(weights, sum(weights), max_count, max_bytes)
    assert weight == sum(weights[:number])
    assert len(weights) - number <= max_count
    assert sum(weights[number:]) <= max_bytes
    if number:
        assert len(weights) - number + 1 > max_count or sum(weights[number - 1 :]) > max_bytes
