"""Ids: which a client may give, and how they stand in a path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.rest.storage.ids import LARGEST, MAX_LENGTH, id_fault, key_of, last_id
from servers.rest.strict_json import Json, Number


@pytest.mark.parametrize(
    "value", [Number("1"), Number("0"), Number("-7"), Number("9" * 30), "a", "a b/c?#%", "ö", "x" * MAX_LENGTH]
)
def test_integers_and_texts_are_ids(value: Json) -> None:
    assert id_fault(value) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        [],
        {},
        "",
        ".",
        "..",
        "a\nb",
        "a\0",
        "x" * (MAX_LENGTH + 1),
        Number("1.5"),
        Number("1e3"),
        Number("9" * 300),
    ],
)
def test_nothing_else_is(value: Json) -> None:
    assert id_fault(value)


def test_a_key_remembers_whether_the_id_was_a_number() -> None:
    assert key_of(Number("7")) == ("7", True)
    assert key_of("7") == ("7", False)


@given(st.integers())
def test_counting_goes_on_only_from_numbers_that_a_double_holds(number: int) -> None:
    assert last_id(str(number), numeric=True) == (number if 0 < number <= LARGEST else 0)
    assert last_id(str(number), numeric=False) == 0
