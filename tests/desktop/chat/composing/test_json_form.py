"""JSON that is formatted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.composing.json_form import indented

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_tokens_stay_as_written() -> None:
    assert indented('{"b":1.50,"a":[1E3,"\\u00e9"],"b":{}}') == (
        '{\n  "b": 1.50,\n  "a": [\n    1E3,\n    "\\u00e9"\n  ],\n  "b": {}\n}'
    )


def test_variables_stay_as_written() -> None:
    assert indented('{"id":{{id}},"at":"{{ host }}:1"}') == '{\n  "id": {{id}},\n  "at": "{{ host }}:1"\n}'


@given(VALUES)
def test_the_value_stays_the_same(value: object) -> None:
    text = json.dumps(value)
    assert json.loads(indented(text)) == value
    assert indented(indented(text)) == indented(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": tru}', "This is not JSON: a value was expected at line 1, column 7."),
        ('{"a": {{b}}\n"c"', "This is not JSON: “,” or “}” was expected at line 2, column 1."),
        ("[1,", "This is not JSON: a value was expected at its end."),
        ("", "a value was expected at its end"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        indented(text)
