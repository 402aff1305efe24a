"""Tests of what is inferred of a collection: the kind of each member, and nothing that refuses a document."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.files.inference import MAX_PROPERTIES, infer
from servers.rest.strict_json import Json, Number
from servers.rest.validation import Validator
from tests.servers.rest.test_strict_json import texts, values

_documents = st.lists(st.dictionaries(texts, values, max_size=4), max_size=4)


def test_members_have_their_first_value_as_an_example_in_the_order_of_appearance() -> None:
    definition = infer(
        "rows",
        [
            {"b": None, "a": "x", "n": Number("1.50")},
            {"b": True, "a": "y", "never": None, "big": Number("12345678901234567890")},
        ],
    )
    assert (definition.name, definition.protected, definition.hypermedia) == ("rows", "", False)
    assert list(definition.properties.items()) == [
        ("b", {"examples": [True]}),
        ("a", {"examples": ["x"]}),
        ("n", {"examples": [1.5]}),
        ("never", {}),
        ("big", {"examples": [12345678901234567890]}),
    ]


def test_of_a_long_value_only_the_kind_is_shown() -> None:
    long: dict[str, Json] = {
        "text": "x" * 500,
        "number": Number("1" * 500),
        "list": ["x" * 500],
        "object": {"x": "x" * 500},
        "infinite": Number("1e999"),
        "short": {"x": [Number("1"), None]},
    }
    found = {name: hint.get("examples") for name, hint in infer("rows", [long]).properties.items()}
    assert found == {
        "text": None,
        "number": [0],
        "list": [[]],
        "object": [{}],
        "infinite": [0],
        "short": [{"x": [1, None]}],
    }


def test_named_members_come_first_whether_or_not_a_document_has_them() -> None:
    properties = infer("rows", [{"b": "x", "c": "y"}], ["a", "b"]).properties
    assert properties == {"a": {}, "b": {"examples": ["x"]}, "c": {"examples": ["y"]}}
    assert list(properties) == ["a", "b", "c"]


def test_very_many_members_are_not_all_named() -> None:
    many: list[dict[str, Json]] = [{f"m{number}": "x"} for number in range(2 * MAX_PROPERTIES)]
    assert list(infer("rows", many).properties) == [f"m{number}" for number in range(MAX_PROPERTIES)]
    assert len(infer("rows", [], (name for one in many for name in one)).properties) == MAX_PROPERTIES


@settings(max_examples=40)
@given(_documents, st.dictionaries(texts, values.filter(lambda value: not isinstance(value, Number)), max_size=4))
def test_nothing_is_refused_and_the_schema_is_plain_json(
    documents: list[dict[str, Json]], other: dict[str, Json]
) -> None:
    schema = infer("rows", documents).schema
    assert json.loads(json.dumps(schema, allow_nan=False)) == schema
    faults = Validator(schema).faults(other)
    assert all("RFC 7493" in fault.detail for fault in faults)
