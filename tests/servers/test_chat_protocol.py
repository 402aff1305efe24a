"""Tests of the messages of the subprotocol portside.chat.v1, what is read as one and what is not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.chat_protocol import LAST_NUMBER, ChatKind, ChatMessage, decode, encode, now
from tests.servers.chat_messages import json_values, messages, near_messages


@given(messages)
def test_round_trip(message: ChatMessage) -> None:
    assert decode(encode(message)) == message


@given(messages, st.dictionaries(st.text(), json_values))
def test_unknown_fields_are_ignored(message: ChatMessage, more: dict[str, object]) -> None:
    assert decode(json.dumps(more | json.loads(encode(message)))) == message


def test_a_message_has_no_field_that_it_does_not_need() -> None:
    assert json.loads(encode(ChatMessage(ChatKind.SAY, "hi"))) == {"kind": "say", "text": "hi"}
    full = ChatMessage(ChatKind.BROADCAST, "é", "Ann", "2026-01-01T00:00:00.000Z", 0, 0, "Ben", "Bob", ("Ann", "Ben"))
    names = ["kind", "sender", "text", "time", "id", "size", "to", "was", "clients"]
    assert list(json.loads(encode(full))) == names
    assert "é" in encode(full)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A portside.chat.v1 message must be JSON."),
        ("{", "A portside.chat.v1 message must be JSON."),
        ("hello", "A portside.chat.v1 message must be JSON."),
        ("\ufeff{}", "A portside.chat.v1 message must be JSON."),
        ('{"kind": "list"} {}', "A portside.chat.v1 message must be JSON."),
        ('{"kind": "list", "more": NaN}', "A portside.chat.v1 message must be JSON."),
        ('{"kind": "list", "more": -Infinity}', "A portside.chat.v1 message must be JSON."),
        ("[" * 100_000, "The message is nested too deeply."),
        ('{"kind": ' + "[" * 100_000, "The message is nested too deeply."),
        ("[]", "A chat message must be a JSON object."),
        ('"say"', "A chat message must be a JSON object."),
        ("1" * 5000, "A chat message must be a JSON object."),
        ("{}", 'A chat message must have a string "kind".'),
        ('{"kind": {"a": []}, "text": "x"}', 'A chat message must have a string "kind".'),
        ('{"kind": "shout", "text": "x"}', "“shout” is not a kind of chat message."),
        ('{"kind": "\\u202e\\ud800", "text": "x"}', r"“\u202e\ud800” is not a kind of chat message."),
        ('{"kind": "say"}', 'A chat message of the kind say must have a "text".'),
        ('{"kind": "say", "text": 1}', 'The "text" of a chat message must be a string.'),
        ('{"kind": "say", "text": "\\ud800"}', 'The "text" has half of a surrogate pair, which UTF-8 cannot carry.'),
        ('{"kind": "list", "text": null}', 'The "text" of a chat message must be a string.'),
        ('{"kind": "private", "text": "x"}', 'A chat message of the kind private must say "to" whom.'),
        ('{"kind": "private", "text": "x", "to": ""}', 'A chat message of the kind private must say "to" whom.'),
        ('{"kind": "list", "clients": "Ann"}', 'The "clients" of a chat message must be a list of strings.'),
        ('{"kind": "list", "clients": [1]}', 'The "clients" of a chat message must be a string.'),
    ],
)
def test_what_is_no_message_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is compared as a whole
        decode(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("number", ["-1", "1.5", "1e300", "true", '"9"', "null", "9007199254740992", "9" * 5000])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match='"size" of a chat message must be a whole number from 0 to 9007199254740991'):
        decode(f'{{"kind": "say", "text": "x", "size": {number}}}')


@pytest.mark.parametrize(
    ("number", "read"), [("0", 0), ("-0", 0), ("3.0", 3), ("1e3", 1000), ("9007199254740991", LAST_NUMBER)]
)
def test_a_whole_number_may_be_written_in_any_way(number: str, read: int) -> None:
    assert decode(f'{{"kind": "say", "text": "x", "id": {number}}}').id == read


@pytest.mark.parametrize("value", ["1" * 5000, "-" + "1" * 5000, "1e99999", "[" * 200 + "]" * 200])
def test_extreme_values_of_unknown_fields_are_ignored(value: str) -> None:
    assert decode(f'{{"kind": "say", "text": "x", "more": {value}}}') == ChatMessage(ChatKind.SAY, "x")


@pytest.mark.parametrize("depth", [*range(300, 1100, 50), *range(900, 1000)])
def test_a_kind_that_is_nested_is_refused_at_any_depth(depth: int) -> None:
    with pytest.raises(ValueError, match=r"nested too deeply|must have a string"):
        decode('{"kind": ' + "[" * depth + "]" * depth + "}")


def test_of_fields_with_the_same_name_the_last_counts() -> None:
    assert decode('{"kind": "list", "text": 1, "kind": "say", "text": "x"}') == ChatMessage(ChatKind.SAY, "x")


def test_a_long_unknown_kind_is_not_repeated_at_length() -> None:
    with pytest.raises(ValueError, match="not a kind") as caught:
        decode(json.dumps({"kind": "x" * 10_000, "text": ""}))
    assert len(str(caught.value)) < 100


@given(st.text() | (json_values | near_messages).map(json.dumps))
def test_garbage_is_a_message_that_can_be_sent_or_a_value_error_with_a_sentence(text: str) -> None:
    message = _read(text)
    if isinstance(message, str):
        assert message.endswith(".")
        message.encode()
    else:
        assert decode(encode(message)) == message
        encode(message).encode()


def _read(text: str) -> ChatMessage | str:
    try:
        return decode(text)
    except ValueError as error:
        return str(error)


def test_now_is_utc_as_rfc_3339_writes_it() -> None:
    moment = datetime.fromisoformat(now())
    assert now().endswith("Z")
    assert len(now()) == len("2026-01-01T00:00:00.000Z")
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)
