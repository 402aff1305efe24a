"""Tests of what queries search by: the scalars of a document, their order, their texts without case."""

from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.storage.fields import NULL, TEXT, Field, fields_of, fold, rank, text_of_scalar, words_of
from servers.rest.strict_json import Json, Number
from tests.servers.rest.test_strict_json import texts, values

_DOCUMENTS = st.dictionaries(texts, values, max_size=4)


def test_each_scalar_stands_under_its_dotted_path_once() -> None:
    document: dict[str, Json] = {
        "name": "Ann",
        "author": {"name": "Jane", "born": {"year": Number("1775")}},
        "tags": ["a", ["b", "a"], {"name": "c"}, []],
        "author.name": "Eyre",
        "none": None,
        "empty": {},
        "yes": True,
    }
    assert fields_of(document) == {
        "name": {Field(TEXT, "Ann", None)},
        "author.name": {Field(TEXT, "Jane", None), Field(TEXT, "Eyre", None)},
        "author.born.year": {Field(1775.0, "1775", None)},
        "tags": {Field(TEXT, "a", None), Field(TEXT, "b", None)},
        "tags.name": {Field(TEXT, "c", None)},
        "none": {Field(NULL, "null", None)},
        "yes": {Field(TEXT, "true", None)},
    }


def test_numbers_are_ranked_by_value_between_null_and_texts() -> None:
    ordered: list[Json] = [None, *map(Number, ("-1e999", "-2", "-0", "1e-999", "1.50", "10", "1e999")), "", False]
    ranks = [rank(value) for value in ordered]
    assert ranks == sorted(ranks)
    assert rank(Number("-1e999")) > NULL
    assert rank(Number("9" * 5000)) == rank(Number("1e999")) < TEXT
    assert rank(Number("1.50")) == rank(Number("15e-1"))


def test_case_is_folded_as_unicode_has_it() -> None:
    assert fold("Straße ÉTÉ") == fold("STRASSE été") == "strasse été"
    assert fold("a\0b\x1fc") == "a\ufffdb\ufffdc"
    assert text_of_scalar(Number("1.50")) == "1.50"


def test_no_search_reaches_across_two_members() -> None:
    words = words_of(fields_of({"a": "one", "b": ["two", "One"], "c": Number("3")}))
    assert words.split("\x1f") == ["3", "one", "one", "two"]


@settings(max_examples=50)
@given(_DOCUMENTS)
def test_what_is_folded_is_kept_only_where_ascii_does_not_do(document: dict[str, Json]) -> None:
    fields = fields_of(document)
    words = words_of(fields).split("\x1f")
    for field in (one for found in fields.values() for one in found):
        by_sqlite = "".join(one.lower() if one.isascii() else one for one in field.text)
        assert (by_sqlite if field.folded is None else field.folded) == fold(field.text)
        assert field.folded != by_sqlite
        assert fold(field.text) in words
