"""Tests of values that are only there as text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.rest.bodies.typed_text import kinds, schema_of_items, schema_of_member, text_of, value_of
from servers.rest.strict_json import Json, Number


@pytest.mark.parametrize(
    ("text", "schema", "value"),
    [
        ("25", {"type": "integer"}, Number("25")),
        (" 25 ", {"type": "integer"}, Number("25")),
        ("2.50", {"type": "number"}, Number("2.50")),
        ("1736184243098437392", {"type": "integer"}, Number("1736184243098437392")),
        ("025", {"type": "integer"}, "025"),
        ("+1", {"type": "number"}, "+1"),
        ("NaN", {"type": "number"}, "NaN"),
        ("1" * 1001, {"type": "number"}, "1" * 1001),
        ("twelve", {"type": "integer"}, "twelve"),
        ("", {"type": "integer"}, ""),
        ("true", {"type": "boolean"}, True),
        ("yes", {"type": "boolean"}, "yes"),
        ("1", {"type": "boolean"}, "1"),
        ("", {"type": ["integer", "null"]}, None),
        ("", {"type": ["string", "null"]}, None),
        ("null", {"type": ["string", "null"]}, "null"),
        ("12", {"type": ["integer", "string"]}, Number("12")),
        ("12a", {"type": ["integer", "string"]}, "12a"),
        ("12", {"type": ["string", "integer"]}, "12"),
        ("[1, 2]", {"type": "array"}, [Number("1"), Number("2")]),
        ("[1, 2", {"type": "array"}, "[1, 2"),
        ('{"a": 1}', {"type": "object"}, {"a": Number("1")}),
        ("[1]", {"type": "object"}, "[1]"),
        ("12", {"type": "string"}, "12"),
        ("12", {}, "12"),
        ("12", {"type": "of the user's own"}, "12"),
        ("12", {"examples": []}, "12"),
        ("12", {"examples": [Number("1")]}, Number("12")),
        ("12", {"examples": [1]}, Number("12")),
        ("12", {"examples": ["a", Number("1")]}, "12"),
        ("true", {"examples": [False]}, True),
        ("[]", {"examples": [[1]]}, []),
        ("{}", {"examples": [{}]}, {}),
        ("", {"examples": [None]}, None),
        ("12", {"type": "string", "examples": [1]}, "12"),
        ("\ud800", {"type": "integer"}, "\ud800"),
    ],
)
def test_the_schema_says_what_a_text_stands_for(text: str, schema: dict[str, Any], value: Json) -> None:
    assert value_of(text, schema) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Number("1.10"), "1.10"),
        (True, "true"),
        (None, ""),
        ("as it is", "as it is"),
        (["a", Number("1")], '["a", 1]'),
        ({"a": None}, '{"a": null}'),
    ],
)
def test_a_value_has_a_text(value: Json, text: str) -> None:
    assert text_of(value) == text


_numbers = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,25})?", fullmatch=True).map(Number)
_by_type: dict[str, st.SearchStrategy[Json]] = {
    "string": st.text(st.characters(exclude_categories=["Cs"])),
    "number": _numbers,
    "boolean": st.booleans(),
    "null": st.none(),
    "array": st.lists(_numbers | st.booleans()),
    "object": st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), _numbers),
}


@given(st.sampled_from(list(_by_type)).flatmap(lambda kind: st.tuples(st.just(kind), _by_type[kind])))
def test_the_text_of_a_value_is_read_as_that_value(typed: tuple[str, Json]) -> None:
    kind, value = typed
    assert value_of(text_of(value), {"type": kind}) == value


@given(st.text(st.characters()), st.sampled_from([*_by_type, "integer"]))
def test_any_text_has_a_value(text: str, kind: str) -> None:
    found = value_of(text, {"type": kind})
    assert isinstance(found, str) is (found == text)


def test_schemas_inside_a_schema_are_found_where_they_say_something() -> None:
    schema = {"properties": {"a": {"type": "integer"}, "b": True}, "items": {"type": "string"}}
    assert kinds(schema_of_member(schema, "a")) == ("integer",)
    assert schema_of_member(schema, "b") == schema_of_member(schema, "c") == schema_of_member({}, "a") == {}
    assert kinds(schema_of_items(schema)) == ("string",)
    assert schema_of_items({"items": False}) == schema_of_items({}) == {}
