"""Bodies are checked without complaint about variables and comments, and indented without a token changed."""

import json
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.json_comments import without_comments
from desktop.explorer.request_view.body_format import check_json, check_xml, indent_json, indent_markup
from desktop.widgets.json_text import NotJson, tokens

T = TypeVar("T")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
)


def result(steps: Generator[None, None, T]) -> T:
    """Run the steps to their end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            value: T = end.value
            return value


def sentence(steps: Generator[None, None, object]) -> str:
    fault = result(steps)
    return "" if fault is None else str(getattr(fault, "sentence"))  # noqa: B009 - a fault of either check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (' {"a": [1e999, "\\u00e9"]} // end', ""),
        ('{"id": {{id}}, "n": "{{a}} b {{c}}", {{name}}: -{{n}} /* x */}', ""),
        ('{"a": }', "Not JSON: a value was expected at line 1, column 7."),
        ('{\n  "a" 1}', "Not JSON: “:” was expected at line 2, column 7."),
        ("[1,", "Not JSON: a value was expected at its end."),
        ("/* x\n*/ [01]", "Not JSON: “,” or “]” was expected at line 2, column 6."),
    ],
)
def test_json_is_checked(text: str, expected: str) -> None:
    assert sentence(check_json(text)) == expected


@given(VALUES)
def test_json_of_any_kind_passes_and_keeps_its_tokens(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert sentence(check_json(text)) == ""
    assert list(tokens(result(indent_json(text)))) == list(tokens(text))


def test_a_fault_tells_its_place() -> None:
    fault = result(check_json('[1,\n 2,\n"x" 3]'))
    assert fault is not None
    assert fault.place == 12


INDENTED = """// top
{
  "a": 1.0, // one
  "a": {{id}},
  /* two */
  "b": [
    // nothing
  ],
  "c": {},
  "d": [
    1 /* x */,
    2
  ] // end
}
// after"""


def test_json_is_indented_with_its_comments() -> None:
    text = """// top
{"a":1.0, // one
"a": {{id}},
/* two */ "b":[
// nothing
],"c":{ },"d":[1 /* x */,2] // end
}
// after
"""
    assert result(indent_json(text)) == INDENTED
    assert result(indent_json(INDENTED)) == INDENTED


@given(
    st.lists(st.sampled_from(["{", "}", "[", "]", ",", ":", '"x"', "1", "// c\n", "/* c */", "\n", " "]), max_size=14)
)
def test_indenting_changes_nothing_but_white_space(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        indented = result(indent_json(text))
    except NotJson:
        return
    assert "".join(tokens(without_comments(indented))) == "".join(tokens(without_comments(text)))
    assert indented.count("c") == text.count("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("<a b='{{c}}'>&lt;</a>", ""),
        ('<?xml version="1.0" encoding="latin1"?>\n<é/>', ""),
        ("<a>\n<b></a>", "Not well-formed XML: Opening and ending tag mismatch: b line 2 and a (line 2, column 8)."),
        ("<a>", "Not well-formed XML: Premature end of data in tag a line 1 (line 1, column 4)."),
        ("text", "Not well-formed XML: Start tag expected, '<' not found (line 1, column 1)."),
    ],
)
def test_xml_is_checked(text: str, expected: str) -> None:
    assert sentence(check_xml(text)) == expected


def test_entities_are_neither_resolved_nor_fetched() -> None:
    laughs = "".join(f'<!ENTITY e{one + 1} "{f"&e{one};" * 10}">' for one in range(9))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&e9;&x;</a>'
    assert isinstance(sentence(check_xml(bomb)), str)


def test_markup_is_indented() -> None:
    assert indent_markup("<a><b>t</b></a>", html=False) == "<a>\n  <b>t</b>\n</a>"
    assert indent_markup("<p><br>x", html=True).startswith("<p>")
