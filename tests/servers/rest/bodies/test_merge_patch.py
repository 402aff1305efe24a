"""JSON merge patch: the examples of RFC 7396, and what must hold of every patch."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.rest.bodies.merge_patch import merged
from servers.rest.strict_json import Json, read

scalars = st.none() | st.booleans() | st.text(max_size=5)
values: st.SearchStrategy[Json] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.sampled_from("abc"), values, max_size=3)


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
        ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
        ('{"a":"b"}', '{"a":null}', "{}"),
        ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
        ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
        ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
        ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
        ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
        ('["a","b"]', '["c","d"]', '["c","d"]'),
        ('{"a":"b"}', '["c"]', '["c"]'),
        ('{"a":"foo"}', "null", "null"),
        ('{"a":"foo"}', '"bar"', '"bar"'),
        ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
        ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
        ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
    ],
)
def test_the_examples_of_the_standard(target: str, patch: str, result: str) -> None:
    assert merged(read(target.encode()), read(patch.encode())) == read(result.encode())


@given(values, values)
def test_a_patch_changes_neither_of_its_operands_and_works_only_once(target: Json, patch: Json) -> None:
    before = deepcopy((target, patch))
    once = merged(target, patch)
    assert (target, patch) == before
    assert merged(once, patch) == once


@given(objects, objects)
def test_every_member_is_removed_set_or_left(target: dict[str, Json], patch: dict[str, Json]) -> None:
    result = merged(target, patch)
    assert isinstance(result, dict)
    for name in target.keys() | patch.keys():
        if name not in patch:
            assert result[name] == target[name]
        elif patch[name] is None:
            assert name not in result
        elif not isinstance(patch[name], dict):
            assert result[name] == patch[name]
