"""Tests of the pauses between attempts."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.connecting.backoff import CEILING, FIRST, delays


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=40))
def test_each_is_at_most_twice_the_one_before_and_at_least_half_of_it_without_the_chance(chances: list[float]) -> None:
    given_out = iter(chances)
    pauses = list(islice(delays(lambda: next(given_out)), len(chances)))
    for number, (pause, chance) in enumerate(zip(pauses, chances, strict=True)):
        longest = min(FIRST * 2**number, CEILING)
        assert longest / 2 <= pause <= longest
        assert pause == longest * (0.5 + chance / 2)


def test_they_double_up_to_the_ceiling_without_end() -> None:
    assert list(islice(delays(lambda: 1.0), 8)) == [1, 2, 4, 8, 16, 30, 30, 30]
    assert list(islice(delays(lambda: 0.0), 3)) == [0.5, 1, 2]


def test_two_clients_do_not_come_back_together() -> None:
    assert list(islice(delays(), 20)) != list(islice(delays(), 20))
