"""Tests of files that are a JSON object of arrays: what they hold, where they are wrong, and the way back."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.files.json_file import Collections, read_json, write_json
from servers.rest.files.new_document import RESERVED, DataFileError, NewDocument
from servers.rest.strict_json import Json, JsonError, Number, write_document
from tests.servers.rest.test_strict_json import texts, values

_names = texts.filter(lambda name: name not in RESERVED | {"", ".", ".."} and "/" not in name)
_ids = st.none() | st.integers().map(lambda number: Number(str(number))) | st.from_regex("[a-z]{1,8}", fullmatch=True)
_members = st.dictionaries(texts.filter(lambda name: name != "id"), values, max_size=4)
_documents = st.builds(NewDocument, _ids, _members)
_collection = st.lists(_documents, max_size=4, unique_by=lambda one: object() if one.id is None else str(one.id))
_no_array = values.filter(lambda value: not isinstance(value, list))


def _text(document: NewDocument) -> str:
    head: dict[str, Json] = {} if document.id is None else {"id": document.id}
    members = head | document.members
    return write_document(members) if members else "{}"


@settings(max_examples=40)
@given(
    st.dictionaries(_names, _collection.map(tuple), min_size=1, max_size=3),
    st.dictionaries(texts, _no_array, max_size=3),
)
def test_what_is_written_is_read_as_the_same(collections: Collections, rest: dict[str, Json]) -> None:
    rest = {name: value for name, value in rest.items() if name not in collections}
    written = write_json(((name, map(_text, documents)) for name, documents in collections.items()), rest)
    assert read_json(written.decode()) == (collections, rest)


def test_a_file_is_written_for_people_to_read() -> None:
    texts = [write_document({"id": Number("1"), "rate": Number("1.10")}), write_document({"id": "é", "tags": ["a"]})]
    assert write_json([("rows", texts), ("none", [])], {"profile": {"name": "x"}}).decode() == (
        '{\n  "rows": [\n    {\n      "id": 1,\n      "rate": 1.10\n    },\n    {\n      "id": "é",\n'
        '      "tags": ["a"]\n    }\n  ],\n  "none": [],\n  "profile": {"name": "x"}\n}\n'
    )


def test_members_that_are_no_arrays_are_the_rest() -> None:
    collections, rest = read_json('{"a": [{"id": "x", "b": null}, {}], "profile": {"c": [1]}, "n": 1.50}')
    assert collections == {"a": (NewDocument("x", {"b": None}), NewDocument(None, {}))}
    assert rest == {"profile": {"c": [Number("1")]}, "n": Number("1.50")}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[]", None, "an object of arrays"),
        ("", None, "an object of arrays"),
        ("{}", None, "no array in it"),
        ('{"a": {}}', None, "no array in it"),
        ('{"a": [{},\n 1]}', 2, "a[1] must be an object"),
        ('{"a": [{},\n [\n]]}', 2, "a[1] must be an object"),
        ('{"a": [\n\n{"id": 1}, {"id": "1"}]}', 3, "a[1]: The id “1” is taken"),
        ('{"a": [\n{"id":\n null}]}', 2, "a[0]: An id is an integer or a text"),
        ('{"a": [\n{"id": 1.5}]}', 2, "An id is"),
        ('{"a": [\n{"id": true}]}', 2, "An id is"),
        ('{"a": [\n{"id": []}]}', 2, "An id is"),
        ('{"a": [\n{"id": ""}]}', 2, "An id has"),
        ('{"a": [],\n"a": []}', 2, "“a” is there twice"),
        ('{"a": 1,\n"\\u0061": []}', 2, "“a” is there twice"),
        ('{\n"lab": []}', 2, "“lab”"),
        ('{\n"docs": []}', 2, "“docs”"),
        ('{\n"openapi.json": []}', 2, "“openapi.json”"),
        ('{\n"": []}', 2, "one segment"),
        ('{\n"..": []}', 2, "one segment"),
        ('{\n"a/b\u202e": []}', 2, "“a/b\\u202e”"),
    ],
)
def test_what_is_no_object_of_arrays_of_objects_is_refused(text: str, line: int | None, words: str) -> None:
    with pytest.raises(DataFileError) as caught:
        read_json(text)
    assert caught.value.line == line
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": [\n{"b": NaN}]}', "NaN is not a JSON number, in line 2, column 7."),
        ('{"a": [\n{"b": 1, "b": 2}]}', "the same member name twice, in line 2, column 10."),
        ('{"a": [{}\n{}]}', "line 2, column 1: “,” should come here"),
        ('{"a": [{},\n]}', "line 2, column 1: Expecting value"),
        ('{"a" [\n]}', "line 1, column 6: “:” should come here"),
        ('{a: []}', "line 1, column 2: “\"” should come here"),
        ('{"a": [],}', "line 1, column 10: “\"” should come here"),
        ('{"a": [{"b": 1}', "line 1, column 16: the text ends too early"),
        ('{"a": [{"b": "', "line 1, column 14"),
        ('{"a": []} \n x', "line 2, column 2: the text should end here"),
        ('{"a": [{"b":\n' + "[" * 64 + "]" * 64 + "}]}", "64 levels deep, in line 2, column 64."),
    ],
)  # fmt: skip
def test_what_is_not_strict_json_is_refused_with_line_and_column(text: str, words: str) -> None:
    with pytest.raises(JsonError) as caught:
        read_json(text)
    assert words in str(caught.value)


def test_documents_in_a_file_are_as_deep_as_those_that_are_sent() -> None:
    collections, _ = read_json('{"a": [{"b":' + "[" * 63 + "]" * 63 + "}]}")
    assert len(collections["a"]) == 1


@given(st.text(st.sampled_from('{}[]",:\\ua1 i d\n'), max_size=40) | texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(JsonError, DataFileError):
        assert read_json(text)[0]
