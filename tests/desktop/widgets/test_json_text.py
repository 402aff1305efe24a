"""Tests that pretty-printed JSON has the tokens that were written."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.json_text import NotJson, pretty, tokens

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_numbers_keys_and_escapes_stay_as_written() -> None:
    text = '{"id":1736184243098437392,"x":1.10E+2,"x":-0.0,"s":"\\u00e9\\/\\ud83d","e":{},"a":[ ],"n":[1,{"b":null}]}'
    assert (
        pretty(text).text
        == """{
  "id": 1736184243098437392,
  "x": 1.10E+2,
  "x": -0.0,
  "s": "\\u00e9\\/\\ud83d",
  "e": {},
  "a": [],
  "n": [
    1,
    {
      "b": null
    }
  ]
}"""
    )


@given(JSON, st.sampled_from([None, 0, 1, "\t"]), st.booleans())
def test_tokens_are_unchanged_and_printing_again_changes_nothing(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    printed = pretty(text)
    assert printed.fault is None
    assert list(tokens(printed.text)) == list(tokens(text))
    assert pretty(printed.text) == printed
    assert json.loads(printed.text) == value


def not_json(constant: str) -> None:
    """What the standard library is to do with NaN and Infinity."""
    raise ValueError(constant)


@given(JSON, st.data())
def test_it_takes_what_the_standard_library_takes(value: object, data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = data.draw(st.integers(0, len(text)))
    text = text[:cut] + data.draw(st.text('{}[]:,"\\ 0123456789.eE+-truefalsn', max_size=3)) + text[cut:]
    try:
        json.loads(text, parse_constant=not_json)
        valid = True
    except ValueError:
        valid = False
    printed = pretty(text)
    assert (printed.fault is None) is valid
    assert valid or printed.text == text


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "a value was expected at its end"),
        ("{", "a name in double quotes or “}” was expected at its end"),
        ('{"a":1\n,}', "a name in double quotes was expected at line 2, column 2"),
        ("[1 2]", "“,” or “]” was expected at line 1, column 4"),
        ('{"a" 1}', "“:” was expected at line 1, column 6"),
        ("[1]\n[2]", "the end of the text was expected at line 2, column 1"),
        ("[NaN]", "a value or “]” was expected at line 1, column 2"),
        ("01", "the end of the text was expected at line 1, column 2"),
        ("[1,]", "a value was expected at line 1, column 4"),
        ("[1}", "“,” or “]” was expected at line 1, column 3"),
        ('["a\n"]', "line 1, column 2"),
        ("'a'", "line 1, column 1"),
    ],
)
def test_a_fault_has_its_place(text: str, where: str) -> None:
    printed = pretty(text)
    assert printed.text == text
    assert printed.fault is not None
    assert where in printed.fault


def test_deep_nesting_costs_nothing() -> None:
    text = "[" * 100_000 + "]" * 100_000
    printed = pretty(text)
    assert printed.fault is None
    assert len(printed.text) < 100_000 * 300
    assert pretty("[" * 100_000).fault is not None


def test_a_limit_ends_the_work() -> None:
    assert len(pretty("[" + "1," * 1_000_000, limit=1000).text) < 1100


@given(JSON, st.data())
def test_a_text_that_was_cut_is_printed_as_far_as_it_goes(value: object, data: st.DataObject) -> None:
    text = json.dumps(value)
    text = text[: data.draw(st.integers(0, len(text)))]
    printed = pretty(text, cut=True)
    assert printed.fault is None
    assert "".join(printed.text.split()) == "".join(text.split())
    assert pretty("[1, x, 2", cut=True).fault is not None


def test_a_megabyte_takes_well_under_a_second() -> None:
    record = {"id": 1736184243098437392, "name": "Wilfred Bony", "goals": [1.5, 2, None], "club": {"city": "Swansea"}}
    text = json.dumps([record] * (1_048_576 // len(json.dumps(record))))
    started = time.process_time()
    assert pretty(text).fault is None
    assert time.process_time() - started < 1


def test_not_json_is_raised_where_it_breaks() -> None:
    with pytest.raises(NotJson) as caught:
        list(tokens("[1, x]"))
    assert caught.value.position == 4
