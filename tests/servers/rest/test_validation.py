"""Tests of validation: every fault at its place in our words, exact numbers, and no input that hurts."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.files.sample import sample_data
from servers.rest.problems import MAX_FAULTS, Fault
from servers.rest.strict_json import Json, Number
from servers.rest.validation import Validator
from tests.servers.rest.test_strict_json import digits, texts, values

_SCHEMAS = {definition.name: definition.schema for definition, _ in sample_data().collections}
_PLAYER = Validator(_SCHEMAS["players"])


def _details(schema: dict[str, Any], value: Json) -> list[str]:
    """What is said about one member with this schema."""
    found = Validator({"properties": {"a": schema}}).faults({"a": value})
    assert {fault.pointer for fault in found} <= {"/a"}
    return [fault.detail for fault in found]


@pytest.mark.parametrize(
    "members",
    [
        {"name": "x" * 100, "number": Number("99"), "position": "forward", "born": "1988-12-10"},
        {"name": "é", "number": Number("1e1"), "teamId": Number("1"), "nationality": "Wales"},
        {"name": "y", "number": Number("10.0")},
    ],
)
def test_a_player_has_no_faults(members: dict[str, Json]) -> None:
    assert _PLAYER.faults(members) == []


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({}, ["/name"]),
        ({"name": "", "nationality": " "}, ["/name", "/nationality"]),
        ({"name": "x" * 101, "nationality": None}, ["/name", "/nationality"]),
        ({"name": Number("1"), "position": "striker"}, ["/name", "/position"]),
        ({"name": "x", "a/b~c": None}, ["/a~1b~0c"]),
        ({"name": "x", "position": [], "born": {}}, ["/position", "/born"]),
        (
            {"born": False, "x": None, "number": Number("1e999"), "position": ""},
            ["/name", "/born", "/x", "/number", "/position"],
        ),
    ],
)
def test_every_fault_is_named_at_its_place_in_the_order_of_the_document(
    members: dict[str, Json], pointers: list[str]
) -> None:
    assert [fault.pointer for fault in _PLAYER.faults(members)] == pointers


@pytest.mark.parametrize("number", ["0", "100", "-1", "1.5", "1e400", "1e-5", "1e99999999999999999999", "0e0", "0e99"])
def test_a_shirt_number_is_a_whole_number_from_1_to_99(number: str) -> None:
    assert [fault.pointer for fault in _PLAYER.faults({"name": "x", "number": Number(number)})] == ["/number"]


@pytest.mark.parametrize("number", [True, False, "10", None, [Number("1")]])
def test_nothing_else_is_a_number(number: Json) -> None:
    found = _PLAYER.faults({"name": "x", "number": number})
    assert found == [Fault("/number", "It must be a whole number from 1 to 99.")]


@pytest.mark.parametrize("born", ["1988-02-30", "19881210", "1988-12", "1988-W01-1", "", "0000-01-01", Number("1988")])
def test_a_date_is_a_full_date_of_the_calendar(born: Json) -> None:
    found = _PLAYER.faults({"name": "x", "born": born})
    assert found == [Fault("/born", "It must be a date such as 1988-12-10 (RFC 3339, full-date).")]


@pytest.mark.parametrize(
    ("schema", "value", "detail"),
    [
        ({"type": "string"}, None, "It must be a text."),
        ({"type": ["string", "null"], "maxLength": 3}, "abcd", "It must be a text or null of at most 3 characters."),
        ({"type": "string", "minLength": 2}, "a", "It must be a text of 2 characters or more."),
        ({"type": "number", "maximum": 0.1}, Number("0.2"), "It must be a number of at most 0.1."),
        ({"exclusiveMinimum": 0}, Number("0"), "It must be a value above 0."),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1}, Number("1"), "It must be a value between 0 and 1."),
        ({"type": "number", "multipleOf": 0.01}, Number("0.001"), "It must be a number that is a multiple of 0.01."),
        ({"type": "array", "minItems": 1, "maxItems": 2}, [], "It must be an array of 1 to 2 elements."),
        ({"uniqueItems": True}, [Number("1"), Number("1.0")], "Its elements must differ from one another."),
        ({"const": True}, Number("1"), "It must be true."),
        ({"enum": ["a", None, 1.5]}, "b", "It must be one of a, null, 1.5."),
        ({"pattern": r"[^\s\u001c-\u001f\u0085\ufeff]"}, " ", "It must not be blank."),
        ({"pattern": "^a+$"}, "b", "It must match the pattern “^a+$”."),
        ({"format": "email"}, "b", "It must be an e-mail address."),
        ({"format": "uuid"}, "b", "It must be a UUID (RFC 9562)."),
        (False, "b", "It must not be there."),
        ({"not": {}}, "b", "'b' should not be valid under {}."),
    ],
)  # fmt: skip
def test_each_keyword_has_its_sentence(schema: dict[str, Any], value: Json, detail: str) -> None:
    assert _details(schema, value) == [detail]


def test_a_long_message_of_the_library_is_cut() -> None:
    (detail,) = _details({"anyOf": [{"type": "null"}]}, "x" * 5000)
    assert len(detail) < 300


@pytest.mark.parametrize(
    ("schema", "number"),
    [
        ({"minimum": 0.1}, "0.1"),
        ({"multipleOf": 0.01}, "0.07"),
        ({"multipleOf": 0.1}, "1e300"),
        ({"enum": [0.1]}, "0.10"),
        ({"const": 100}, "1e2"),
        ({"type": "integer"}, "1e308"),
        ({"maximum": 9007199254740993}, "9007199254740993"),
    ],
)
def test_numbers_are_compared_exactly(schema: dict[str, Any], number: str) -> None:
    assert _details(schema, Number(number)) == []


def test_a_number_that_only_a_float_would_let_pass_is_refused() -> None:
    assert len(_details({"maximum": 9007199254740992}, Number("9007199254740993"))) == 1


@pytest.mark.parametrize("text", ["1e400", "-1E309", "1E-999999", "1e999999999", "1e" + "9" * 990, "1.8e308"])
def test_numbers_beyond_doubles_are_faults_wherever_they_are(text: str) -> None:
    members: dict[str, Json] = {"a": {"b": [None, Number(text)]}}
    (fault,) = Validator({"type": "object"}).faults(members)
    assert (fault.pointer, fault.detail[:20]) == ("/a/b/1", "The number is beyond")


def test_faults_lie_deep_and_follow_the_document() -> None:
    item = {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer"}, "y": {"type": "string"}}}
    validator = Validator({"properties": {"list": {"items": item}, "first": {"type": "null"}}})
    members: dict[str, Json] = {"first": True, "list": [{"y": None, "x": "1"}, {"y": Number("1")}]}
    pointers = [fault.pointer for fault in validator.faults(members)]
    assert pointers == ["/first", "/list/0/y", "/list/0/x", "/list/1/x", "/list/1/y"]


def test_members_may_be_known_by_a_pattern_or_by_a_schema() -> None:
    strict = Validator({"patternProperties": {"^x-": {}}, "additionalProperties": False})
    assert [fault.pointer for fault in strict.faults({"x-a": None, "y": None})] == ["/y"]
    typed = Validator({"additionalProperties": {"type": "string"}})
    assert typed.faults({"a": "b", "c": None}) == [Fault("/c", "It must be a text.")]


def test_a_schema_may_refer_within_itself() -> None:
    schema = {"$defs": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/$defs/n"}}}
    assert [fault.pointer for fault in Validator(schema).faults({"a": "x"})] == ["/a"]


def test_a_flood_of_faults_is_cut() -> None:
    members: dict[str, Json] = {f"m{number}": Number("1e999") for number in range(5000)}
    assert len(_PLAYER.faults(members)) == MAX_FAULTS


@settings(max_examples=40)
@given(st.dictionaries(texts | st.sampled_from(list(_SCHEMAS["players"]["properties"])), values, max_size=6))
def test_whatever_is_sent_is_judged_and_judged_the_same_again(members: dict[str, Json]) -> None:
    assert _PLAYER.faults(members) == _PLAYER.faults(members)


@given(digits)
def test_every_number_is_judged(text: str) -> None:
    assert len(_PLAYER.faults({"name": "x", "number": Number(text)})) <= 1
