"""The walk through what was written before."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.composing.history import MOST, MOST_CHARACTERS, History
from desktop.chat.outgoing import Form, Outgoing

ONE, TWO, TYPED = Outgoing("one"), Outgoing("22", Form.HEX, "anna"), Outgoing("typed")


def with_two() -> History:
    made = History()
    made.entries = (ONE, TWO)
    return made


def test_a_walk_leads_back_and_forth() -> None:
    walk = with_two()
    assert walk.newer(TYPED) is None
    assert walk.older(TYPED) == TWO
    assert walk.older(TWO) == ONE
    assert walk.older(ONE) is None
    assert walk.newer(ONE) == TWO
    assert walk.newer(TWO) == TYPED
    assert walk.newer(TYPED) is None


def test_what_was_edited_on_the_way_is_kept_for_the_walk() -> None:
    walk = with_two()
    walk.older(TYPED)
    edited = Outgoing("22 33", Form.HEX)
    walk.older(edited)
    assert walk.newer(ONE) == edited
    assert walk.entries == (ONE, TWO)
    assert walk.written == (ONE, TWO, TYPED)


def test_the_end_of_a_walk_gives_back_what_was_typed() -> None:
    walk = with_two()
    assert walk.end() is None
    walk.older(TYPED)
    assert walk.end() == TYPED
    walk.older(TYPED)
    walk.newer(TWO)
    assert walk.end() is None
    assert walk.written == (ONE, TWO)


def test_a_message_that_is_added_does_not_stop_a_walk() -> None:
    walk, added = with_two(), Outgoing("added")
    walk.older(TYPED)
    walk.add(added)
    assert walk.entries == (ONE, TWO, added)
    assert walk.newer(TWO) == added
    assert walk.newer(added) == TYPED
    walk.add(Outgoing("another"))
    assert walk.older(TYPED) == Outgoing("another")


def test_the_same_again_is_remembered_once() -> None:
    made = with_two()
    made.add(TWO)
    made.add(ONE)
    assert made.entries == (ONE, TWO, ONE)


@given(st.lists(st.integers(0, 3), max_size=250))
def test_only_the_newest_are_remembered(numbers: list[int]) -> None:
    made = History()
    for number in numbers:
        made.add(Outgoing(str(number)))
    others = [n for n, before in zip(numbers, [None, *numbers], strict=False) if n != before]
    assert [int(one.text) for one in made.entries] == others[-MOST:]


def test_long_messages_are_remembered_within_a_limit() -> None:
    made = History()
    half = "x" * (MOST_CHARACTERS // 2)
    made.entries = (ONE, Outgoing(half), Outgoing(f"{half[1:]}y"))
    assert [len(one.text) for one in made.entries] == [len(half)] * 2
    made.add(Outgoing("x" * (MOST_CHARACTERS + 1)))
    assert [len(one.text) for one in made.entries] == [MOST_CHARACTERS + 1]
