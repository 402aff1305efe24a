"""Requests come back from JSON as they were."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.auth import ApiKey, Basic, Bearer, Digest, Inherit, NoAuth, OAuth2
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.model.stored import restore, store

requests = st.builds(
    Request,
    method=st.text(),
    url=st.text(),
    headers=st.lists(st.builds(Header)).map(tuple),
    body=st.text() | st.binary(),
    kind=st.sampled_from(BodyKind),
    auth=st.one_of([st.builds(one) for one in (Inherit, NoAuth, Basic, Bearer, ApiKey, Digest, OAuth2)]),
    options=st.builds(
        Options,
        timeout=st.none() | st.floats(0, 100),
        connect_timeout=st.none() | st.integers(0, 9).map(float),
        without=st.frozensets(st.text()),
    ),
    ticked_off=st.lists(st.tuples(st.integers(0, 9), st.text())).map(tuple),
    path_values=st.lists(st.tuples(st.text(), st.text())).map(tuple),
)


@given(requests)
def test_a_request_comes_back_as_it_was(request: Request) -> None:
    text = json.dumps(store(request))
    assert restore(json.loads(text)) == request


def test_defaults_take_no_room() -> None:
    assert store(Request("GET", "http://h/")) == {"is": "Request", "url": "http://h/"}


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert restore({**store(Request("PUT", "/x")), "colour": "red"}) == Request("PUT", "/x")


@pytest.mark.parametrize(
    "stored",
    [
        {"method": 1},
        {"headers": 5},
        {"headers": ["a"]},
        {"kind": "Soup"},
        {"body": {"base64": "?"}},
        {"auth": {"is": "Guess"}},
        {"auth": {}},
        {"options": {"timeout": "soon"}},
        {"ticked_off": [[1]]},
    ],
)
def test_other_shapes_are_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        restore(stored)


def test_every_option_is_kept() -> None:
    changed = Options(
        1.5, None, False, 3, True, False, "a", "b", "c", "none", False, False, False, False, frozenset("x")
    )
    assert all(getattr(changed, one.name) != one.default for one in fields(Options))
    assert restore(store(replace(Request(), options=changed))).options == changed
