"""Conditional requests: which entity tags match, and how."""

import pytest

from servers.guard import Refusal
from servers.rest.preconditions import check_if_match, check_if_none_match, matches

TAGS = ('"1-json"', '"1-xml"')


@pytest.mark.parametrize(
    "values", [(), ("*",), ('"1-json"',), ('"0", "1-xml"',), ('"0"', '"1-json"'), ('"a,b" , "1-xml"',)]
)
def test_if_match_lets_a_present_tag_through(values: tuple[str, ...]) -> None:
    check_if_match(values, TAGS)


@pytest.mark.parametrize("values", [('"2-json"',), ('W/"1-json"',), ("1-json",), ("",), ('"1-json',), ("* *",)])
def test_if_match_refuses_every_other_tag_and_weak_ones(values: tuple[str, ...]) -> None:
    with pytest.raises(Refusal) as caught:
        check_if_match(values, TAGS)
    assert caught.value.status == 412


@pytest.mark.parametrize("values", [("*",), ('"1-json"',), ('W/"1-json"',), ('"x", W/"1-xml"',)])
def test_if_none_match_compares_weakly(values: tuple[str, ...]) -> None:
    assert matches(values, TAGS)
    with pytest.raises(Refusal) as caught:
        check_if_none_match(values, TAGS)
    assert caught.value.status == 412


@pytest.mark.parametrize("values", [(), ('"2"',), ("1-json",), ("",), ("\x00",)])
def test_if_none_match_passes_what_is_not_there(values: tuple[str, ...]) -> None:
    assert not matches(values, TAGS)
    check_if_none_match(values, TAGS)
