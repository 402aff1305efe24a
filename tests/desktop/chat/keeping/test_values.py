"""Targets and messages as JSON: whatever is stored comes back, and garbage does no harm."""

import json

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.keeping.values import outgoing_from, target_from, to_json
from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target

ANY_TEXT = st.text(st.characters(), max_size=20)  # lone surrogates too
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
ROWS = st.lists(st.builds(HeaderRow, ANY_TEXT, ANY_TEXT, st.booleans()), max_size=3).map(tuple)
TARGETS = st.builds(
    Target,
    url=ANY_TEXT,
    name=ANY_TEXT,
    headers=ROWS,
    chat=st.sampled_from(ChatWish),
    auth=st.sampled_from(AuthKind),
    password=ANY_TEXT,
    proxy=ANY_TEXT,
    cookies=st.booleans(),
    reconnect=st.booleans(),
)
MESSAGES = st.builds(Outgoing, ANY_TEXT, st.sampled_from(Form), ANY_TEXT, st.booleans())


@given(TARGETS)
def test_a_target_comes_back(target: Target) -> None:
    assert target_from(json.loads(json.dumps(to_json(target)))) == target


@given(MESSAGES)
def test_a_message_comes_back(message: Outgoing) -> None:
    assert outgoing_from(json.loads(json.dumps(to_json(message)))) == message


def test_what_has_its_default_is_left_out() -> None:
    assert to_json(Target("ws://localhost:8002", reconnect=True)) == {"url": "ws://localhost:8002", "reconnect": True}
    assert to_json(Outgoing("0f", Form.HEX)) == {"text": "0f", "form": "Hex"}


@given(JSON | st.dictionaries(st.sampled_from(["url", "headers", "chat", "auth", "cookies", "form", "text"]), JSON))
def test_garbage_gives_defaults(stored: object) -> None:
    target, message = target_from(stored), outgoing_from(stored)
    assert isinstance(target.chat, ChatWish)
    assert isinstance(target.cookies, bool)
    assert isinstance(message.form, Form)
    assert isinstance(message.text, str)
    assert all(isinstance(row, HeaderRow) for row in target.headers)


def test_what_fits_beside_garbage_is_taken() -> None:
    stored = {
        "url": "ws://a",
        "cookies": 0,
        "later": 1,
        "headers": [{"name": "X", "enabled": "no"}, 7],
        "auth": "bearer",
    }
    expected = Target("ws://a", headers=(HeaderRow("X", ""),), auth=AuthKind.BEARER)
    assert target_from(stored) == expected
