"""Tests of the value at a place of a JSON text."""

import json
from typing import Any

import jsonpath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.json_at import Value, value_at
from desktop.widgets.json_text import NotJson, pretty

TEXT = '{"a": [1, {"b\'c": 1736184243098437392, "b\'c": {}}], "\\n": 1.0}'
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("1,", Value("$['a'][0]", "1")),
        ("1736", Value("$['a'][1]['b\\'c']", "1736184243098437392")),
        ("b'c", Value("$['a'][1]['b\\'c']", "1736184243098437392")),
        ("{}", Value("$['a'][1]['b\\'c']", "{}")),
        ("1.0", Value("$['\\n']", "1.0")),
        ("a", Value("$['a']", TEXT[6 : TEXT.index("]") + 1])),
        (", {", Value("$['a']", TEXT[6 : TEXT.index("]") + 1])),
    ],
)
def test_values_and_paths(place: str, value: Value) -> None:
    assert value_at(TEXT, TEXT.index(place)) == value


def test_the_whole_and_outside() -> None:
    assert value_at("7", 0) == Value("$", "7")
    assert value_at(TEXT, 0) == Value("$", TEXT)
    assert value_at(f" {TEXT}", 0) is None
    with pytest.raises(NotJson):
        value_at("[1, x]", 6)


@given(JSON, st.data())
def test_the_path_leads_to_the_value(document: Any, data: st.DataObject) -> None:
    text = pretty(json.dumps(document)).text
    found = value_at(text, data.draw(st.integers(0, max(len(text) - 1, 0))))
    if found is not None:
        # as text, because a document that is only a string would be read as JSON once more
        assert jsonpath.findall(found.path, json.dumps(document)) == [json.loads(found.text)]
