"""Tests of changes of single members of a JSON object."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.variables.json_members import find, literal, members, with_name, with_values, without

TEXT = '\r\n{ "a":1.50e2 ,\r\n\t"b" : {"c": [1, {"a": 2}]},"a":"z\\u00e9" }\r\n'

names = st.text(max_size=3)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(names, values, max_size=4)
indents = st.sampled_from([None, 1, 4, "\t"])


def written(value: dict[str, Any], indent: int | str | None, newline: str) -> str:
    return json.dumps(value, indent=indent, ensure_ascii=False).replace("\n", newline)


def test_every_other_character_stays() -> None:
    assert with_values(TEXT, {"b": "5"}) == TEXT.replace('{"c": [1, {"a": 2}]}', "5")
    assert with_values(TEXT, {"a": "5"}) == TEXT.replace('"z\\u00e9"', "5")
    assert with_name(TEXT, "b", "é") == TEXT.replace('"b"', '"é"')
    assert without(TEXT, {"b"}) == '\r\n{ "a":1.50e2,"a":"z\\u00e9" }\r\n'
    assert without(TEXT, {"a"}) == '\r\n{ "b" : {"c": [1, {"a": 2}]} }\r\n'
    assert without(TEXT, {"none"}) == TEXT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{\n  "n": 1\n}'),
        ('{"a": 2}', '{"a": 2, "n": 1}'),
        ('{\r\n\t"a": 2\r\n}', '{\r\n\t"a": 2,\r\n\t"n": 1\r\n}'),
        ('{"a": 2,\n    "b": 3 }', '{"a": 2,\n    "b": 3,\n    "n": 1 }'),
    ],
)
def test_what_is_new_looks_like_its_neighbours(before: str, after: str) -> None:
    assert with_values(before, {"n": "1"}) == after


def test_several_come_and_go_at_once() -> None:
    text = '{"a": 1, "b": 2, "c": 3, "d": 4}'
    assert without(text, {"a", "b"}) == '{"c": 3, "d": 4}'
    assert without(text, {"a", "c"}) == '{"b": 2, "d": 4}'
    assert without(text, {"c", "d"}) == '{"a": 1, "b": 2}'
    assert without(text, set("abcd")) == "{}"
    assert with_values(text, {"x": "5", "b": "6", "y": "7", "a": "8"}) == (
        '{"a": 8, "b": 6, "c": 3, "d": 4, "x": 5, "y": 7}'
    )
    assert with_values("{}", {"x": "5", "y": "7"}) == '{\n  "x": 5,\n  "y": 7\n}'


def test_an_object_in_an_object_is_indented_further() -> None:
    text = '{\n    "dev": {},\n    "prod": {}\n}\n'
    changed = with_values(text, {"n": "1"}, members(text)[1].value)
    assert changed == '{\n    "dev": {},\n    "prod": {\n        "n": 1\n    }\n}\n'


@given(objects, names, st.text(max_size=5), indents, st.sampled_from(["\n", "\r\n"]))
def test_it_is_as_if_a_dict_were_changed(
    content: dict[str, Any], name: str, value: str, indent: int | str | None, newline: str
) -> None:
    text = written(content, indent, newline)
    assert json.loads(with_values(text, {name: literal(value)})) == {**content, name: value}
    assert json.loads(without(text, {name})) == {key: one for key, one in content.items() if key != name}
    assert [one.name for one in members(text)] == list(content)
    if value not in content:
        renamed = {value if key == name else key: one for key, one in content.items()}
        assert json.loads(with_name(text, name, value)) == renamed
    assert without(with_values(text, {name: literal(value)}), {name}) == without(text, {name}) or not content


@given(objects, objects, names, indents)
def test_objects_in_objects_change_alike(
    outer: dict[str, Any], inner: dict[str, Any], name: str, indent: int | str | None
) -> None:
    text = written({**outer, "x": inner}, indent, "\n")
    found = find(text, "x")
    assert found is not None
    assert json.loads(with_values(text, {name: '"v"'}, found.value)) == {**outer, "x": {**inner, name: "v"}}


def test_half_a_character_is_escaped() -> None:
    assert literal("é\ud800") == '"é\\ud800"'
