"""Tests of the list that keeps the newest records within its bounds."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.newest import Newest
from tests.desktop.widgets.items import Item, items


@given(st.lists(st.lists(st.integers(), max_size=30), max_size=20), st.integers(1, 20))
def test_what_remains_is_always_the_newest(batches: list[list[int]], limit: int) -> None:
    newest: Newest[Item] = Newest(limit, 1_000_000)
    for batch in batches:
        before = len(newest.rows)
        gone = newest.extend(items(*batch))
        assert gone == min(before, max(0, before + len(batch) - limit))
    assert newest.rows == items(*(number for batch in batches for number in batch))[-limit:]


@given(st.lists(st.lists(st.integers(1, 50), max_size=30), max_size=20))
def test_the_budget_of_bytes_holds_after_every_flush(batches: list[list[int]]) -> None:
    newest: Newest[Item] = Newest(1000, 100)
    every: list[Item] = []
    for batch in batches:
        added = [Item(number, weight) for number, weight in enumerate(batch)]
        every += added
        newest.extend(added)
        kept = len(newest.rows)
        assert newest.rows == every[len(every) - kept :]
        assert sum(item.weight for item in newest.rows) <= 100
        assert kept == len(every) or sum(item.weight for item in every[-kept - 1 :]) > 100


def test_clear_gives_the_whole_budget_back() -> None:
    newest: Newest[Item] = Newest(2, 20)
    newest.extend(items(1, 2))
    newest.clear()
    assert newest.extend(items(3, 4)) == 0
    assert newest.rows == items(3, 4)
