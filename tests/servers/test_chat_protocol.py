"""Tests of the messages of the subprotocol portside.chat.v1."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.chat_protocol import ChatKind, ChatMessage, decode, encode, now

numbers = st.none() | st.integers(min_value=0)
messages = st.builds(ChatMessage, st.sampled_from(ChatKind), st.text(), st.text(), st.text(), numbers, numbers)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(messages)
def test_round_trip(message: ChatMessage) -> None:
    assert decode(encode(message)) == message


def test_a_message_has_no_field_that_it_does_not_need() -> None:
    assert json.loads(encode(ChatMessage(ChatKind.SAY, "hi"))) == {"kind": "say", "text": "hi"}
    full = ChatMessage(ChatKind.BROADCAST, "é", "Ann", "2026-01-01T00:00:00.000Z", 0, 0)
    assert list(json.loads(encode(full))) == ["kind", "sender", "text", "time", "id", "size"]
    assert "é" in encode(full)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A portside.chat.v1 message must be JSON."),
        ("{", "A portside.chat.v1 message must be JSON."),
        ("hello", "A portside.chat.v1 message must be JSON."),
        ("1" * 5000, "A portside.chat.v1 message must be JSON."),
        ("[" * 100_000, "The message is nested too deeply."),
        ("[]", 'A chat message must be a JSON object with a string "text".'),
        ('"say"', 'A chat message must be a JSON object with a string "text".'),
        ("{}", 'A chat message must be a JSON object with a string "text".'),
        ('{"kind": "say", "text": 1}', 'A chat message must be a JSON object with a string "text".'),
        ('{"text": "x"}', "'None' is not a kind of chat message."),
        ('{"kind": "shout", "text": "x"}', "'shout' is not a kind of chat message."),
        ('{"kind": {"a": []}, "text": "x"}', "\"{'a': []}\" is not a kind of chat message."),
        ('{"kind": "say", "text": "\\ud800"}', "The text has half of a surrogate pair, which UTF-8 cannot carry."),
    ],
)
def test_what_is_no_message_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is compared as a whole
        decode(text)
    assert str(caught.value) == sentence


def test_a_long_unknown_kind_is_not_repeated_at_length() -> None:
    with pytest.raises(ValueError, match="not a kind") as caught:
        decode(json.dumps({"kind": "x" * 10_000, "text": ""}))
    assert len(str(caught.value)) < 100


def test_fields_of_wrong_types_count_as_absent() -> None:
    fields = {"kind": "say", "text": "x", "sender": 1, "time": [], "id": True, "size": "9", "more": {}}
    assert decode(json.dumps(fields)) == ChatMessage(ChatKind.SAY, "x")
    assert decode('{"kind":"say","text":"\\ud83d\\ude42","sender":"\\udc00"}') == ChatMessage(ChatKind.SAY, "🙂")


@given(st.text() | json_values.map(json.dumps))
def test_garbage_raises_nothing_but_value_error(text: str) -> None:
    try:
        message = decode(text)
    except ValueError:
        return
    encode(message).encode()


@given(st.dictionaries(st.sampled_from(["kind", "text", "sender", "time", "id", "size"]), json_values))
def test_any_object_is_a_message_that_can_be_sent_or_a_value_error(fields: dict[str, object]) -> None:
    try:
        message = decode(json.dumps({"kind": "say", "text": "x"} | fields))
    except ValueError:
        return
    encode(message).encode()


def test_now_is_utc_as_rfc_3339_writes_it() -> None:
    moment = datetime.fromisoformat(now())
    assert now().endswith("Z")
    assert len(now()) == len("2026-01-01T00:00:00.000Z")
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)
