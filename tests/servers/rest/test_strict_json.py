"""Tests of the strict JSON reader: numbers as written, and nothing but its own error."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.strict_json import Json, JsonError, Number, read, write, write_document

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_digits = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,25})?", fullmatch=True)
_scalars = st.none() | st.booleans() | _texts | _digits.map(Number)
_values: st.SearchStrategy[Json] = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4), max_leaves=20
)


@settings(deadline=None)
@given(_values)
def test_what_is_written_reads_back_with_its_numbers_as_they_were(value: Json) -> None:
    assert read(write(value).encode()) == value


@settings(deadline=None)
@given(st.dictionaries(_texts, _values, min_size=1, max_size=5))
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
@given(_digits)
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


def test_an_error_names_its_place() -> None:
    with pytest.raises(JsonError, match="line 2, column 3"):
        read(b'{"a": 1,\n  b}')
