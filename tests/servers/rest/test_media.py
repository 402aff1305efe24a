"""Tests of media types and of the choice of a representation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.media import JSON, MediaType, choose, parse

_XML = "application/xml"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/json;charset=UTF-8", JSON),
        ('application/json;charset="utf-8"', JSON),
        ("text/html, application/json;q=0.1", JSON),
        ("garbage", JSON),
        ("garbage, application/xml", _XML),
        ("application/xml, application/json", JSON),
        ("application/json;q=0.4, application/xml;q=0.5", _XML),
        ("application/json;q=0, */*", _XML),
        ("*/*;q=0.1, application/xml;q=0.000", JSON),
        ('text/html;a="x, application/json", application/xml', _XML),
        ("application/*;q=0.2, application/json;q=0.1", _XML),
        ("text/html", None),
        ("*/*;q=0", None),
        ("application/json;version=2", None),
        ("application/json;q=2, text/html", None),
    ],
)
def test_the_choice_follows_precision_and_weight(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, (JSON, _XML)) == chosen


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        ("application/json", True),
        ("Application/JSON ; Charset=UTF-8", True),
        ("application/merge-patch+json", True),
        ("application/json;", True),
        ("application/json; charset=latin-1", False),
        ("text/plain", False),
        ("text/json", False),
        ("application/jsonp", False),
    ],
)
def test_json_is_known_by_its_name_its_suffix_and_its_charset(text: str, is_json: bool) -> None:
    found = parse(text)
    assert found is not None
    assert found.is_json is is_json


@pytest.mark.parametrize("text", ["", "json", "application/", "/json", "a/b c", "a/b;c", "a/b;q=x", "a b/c", "é/b"])
def test_malformed_types_are_none(text: str) -> None:
    assert parse(text) is None


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from('a/*;=q0.1," \\'), max_size=60))
def test_no_field_makes_the_choice_fail(accept: str) -> None:
    assert choose(accept, (JSON, _XML)) in {JSON, _XML, None}
    assert isinstance(parse(accept), MediaType | None)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["*/*", "application/*", "application/json", _XML]), st.integers(0, 1000))))
def test_the_order_of_the_ranges_does_not_matter_to_what_is_acceptable(ranges: list[tuple[str, int]]) -> None:
    unique = dict(ranges)
    fields = [f"{name};q={weight / 1000:.3f}" for name, weight in unique.items()]
    assert choose(", ".join(fields), (JSON, _XML)) == choose(", ".join(reversed(fields)), (JSON, _XML))
