"""Tests of the strict JSON reader: numbers as written, and nothing but its own error."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.strict_json import PLACED, Json, JsonError, Number, decode, parse, read, write, write_document

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
digits = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,25})?", fullmatch=True)
_scalars = st.none() | st.booleans() | texts | digits.map(Number)
values: st.SearchStrategy[Json] = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=20
)


@settings(deadline=None)
@given(values)
def test_what_is_written_reads_back_with_its_numbers_as_they_were(value: Json) -> None:
    assert read(write(value).encode()) == value


@settings(deadline=None)
@given(st.dictionaries(texts, values, min_size=1, max_size=5))
def test_a_document_has_one_member_a_line_and_reads_back(members: dict[str, Json]) -> None:
    text = write_document(members)
    assert text.count("\n") == len(members) + 1
    assert read(text.encode()) == members


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(st.sampled_from('{}[]",:\\u0dDeE.+-19 nultrefasNIy\n'), max_size=60).map(str.encode)
)
def test_any_bytes_are_read_as_json_reads_them_or_refused(data: bytes) -> None:
    try:
        value = read(data)
    except JsonError:
        return
    assert json.loads(write(value)) == json.loads(data)


@settings(deadline=None)
@given(digits)
def test_the_value_of_a_number_is_exact_or_none(text: str) -> None:
    value = Number(text).value
    assert value is None or "e" in text.lower() or str(value) == text


@pytest.mark.parametrize("text", ["1736184243098437392", "1.10", "1e400", "-0", "0.10000000000000000000001", "1E+2"])
def test_numbers_keep_their_text(text: str) -> None:
    assert write(read(f"[{text}]".encode())) == f"[{text}]"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"\xef\xbb\xbf{}",
        b"\xff",
        b'"\xed\xa0\x80"',
        b"NaN",
        b"[-Infinity]",
        b"{'a': 1}",
        b'{"a": 1, "a": 2}',
        b'{"a": 1, "\\u0061": 2}',
        b"[1,]",
        b"01",
        b"1.",
        b".5",
        b"+1",
        b"1 2",
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b'"tab\there"',
        b"1" * 1001,
        b"1e" + b"1" * 1000,
        b"[" * 65 + b"]" * 65,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_not_strict_json_is_refused(data: bytes) -> None:
    with pytest.raises(JsonError):
        read(data)


def test_the_limits_themselves_are_allowed() -> None:
    deepest = b"[" * 64 + b"]" * 64
    longest = b"9" * 1000
    assert write(read(deepest)).encode() == deepest
    assert write(read(longest)).encode() == longest


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a": 1,\n  b}', "line 2, column 3"),
        (b'{"a": 1,\n "b": {"c": 1, "c": 2}}', "line 2, column 16"),
        (b'[{"a": "a"},\n{"a": 1, "b": [], "\\u0061": 2}]', "line 2, column 19"),
        (b'["NaN", "a\\"b",\n  NaN]', "line 2, column 3"),
        (b"[1,\n-Infinity]", "line 2, column 1"),
        (b"[\n" * 65 + b"]" * 65, "line 65, column 1"),
        (b"[" * 100_000, "levels deep"),
        (b'{"\\ud83d\\ude00": 1,\n "x": "\\ud83d"}', "line 2, column 7"),
        (b"[1,\n " + b"1" * 1001 + b"]", "line 2, column 2"),
        (b'{"a": [1, 2', "line 1, column 12: the text ends too early"),
        (b"{}\n {}", "line 2, column 2: the text should end here"),
        ('{\n"é": "'.encode() + b"\xff", "in line 2"),
        (b"", "line 1, column 1: the text ends too early"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_an_error_names_its_place(data: bytes, place: str) -> None:
    with pytest.raises(JsonError) as caught:
        read(data)
    assert place in str(caught.value)


@pytest.mark.parametrize("offence", ["NaN", '{"a": 1, "a": 1}', '"\\ud800"', "[" * 64 + "]" * 64, "1" * 1001])
def test_a_long_text_is_not_searched_for_the_place_unless_that_is_asked_for(offence: str) -> None:
    text = f"[{' ' * PLACED}\n{offence}]"
    with pytest.raises(JsonError) as plain:
        read(text.encode())
    with pytest.raises(JsonError, match="line 2, column") as placed:
        decode(text, 0)
    assert "column" not in str(plain.value)
    assert str(placed.value).startswith(str(plain.value)[:-1])


def test_values_are_decoded_from_the_middle_of_a_text() -> None:
    assert decode('x {"a": [1.0]} y', 2) == ({"a": [Number("1.0")]}, 14)


@given(values)
def test_what_was_accepted_once_is_parsed_again(value: Json) -> None:
    assert parse(write(value)) == value


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0", 0),
        ("-0", 0),
        ("3.0", 3),
        ("1e2", 100),
        ("-12.50", Decimal("-12.5")),
        ("1e308", 10**308),
        ("5e-324", Decimal("5e-324")),
        ("0e999999999", 0),
        ("9007199254740993", 9007199254740993),
        ("1.8e308", None),
        ("-1e309", None),
        ("1e-324", None),
        ("1E-999999", None),
        ("1e999999999", None),
        ("1e99999999999999999999", None),
    ],
)
def test_the_exact_value_is_an_int_a_decimal_or_beyond_doubles(text: str, exact: int | Decimal | None) -> None:
    found = Number(text).exact
    assert (found, type(found)) == (exact, type(exact))


@given(digits)
def test_the_exact_value_is_found_for_any_number(text: str) -> None:
    exact = Number(text).exact
    assert exact is None or exact == Decimal(text)
