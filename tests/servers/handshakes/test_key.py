"""Tests of the key and the answer to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.utils import accept_key

from servers.handshakes.key import GUID, accept_value
from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import ACCEPT, KEY, accepted, point, refused

TITLE, ANSWER = "Sec-WebSocket-Key", "Sec-WebSocket-Accept"


def test_the_example_of_the_rfc() -> None:
    assert accept_value(KEY) == ACCEPT


@given(st.text(max_size=40))
def test_any_key_is_answered_as_the_library_does(key: str) -> None:
    try:
        expected = accept_key(key)
    except UnicodeEncodeError:
        return
    assert accept_value(key) == expected


def test_the_key_is_taken_apart() -> None:
    found = point(accepted(), TITLE)
    assert found.verdict is Verdict.FINE
    assert "\n  74 68 65 20 73 61 6d 70 6c 65 20 6e 6f 6e 63 65\n" in found.text


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, "It is missing."),
        ("no base64!", "“no base64!” is not base64."),
        ("AAAA", "stands for 3 bytes"),
        ("ü", "not"),
    ],
)
def test_a_bad_key_is_named(key: str | None, words: str) -> None:
    found = point(refused(400, "Bad Request", request={TITLE: key}), TITLE)
    assert found.verdict is Verdict.FAULT
    assert words in found.text


def test_two_keys_are_one_too_many() -> None:
    handshake = refused(400, "Bad Request", more=((TITLE.lower(), KEY),))
    assert point(handshake, TITLE).text == "It came 2 times."


def test_the_answer_is_made_step_by_step() -> None:
    text = point(accepted(), ANSWER).text
    steps = [f"  {KEY}{GUID}", "  b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea", f"  {ACCEPT}"]
    assert [line for line in text.split("\n") if line.startswith(" ")] == steps
    assert text.endswith("The server answered just this: it has read the request, and knows the protocol.")


@pytest.mark.parametrize(
    ("answer", "words"), [("bm8=", "The server answered “bm8=”, so the client has"), (None, "did not answer that")]
)
def test_a_wrong_answer_is_told(answer: str | None, words: str) -> None:
    found = point(accepted(response={ANSWER: answer}), ANSWER)
    assert found.verdict is Verdict.FAULT
    assert words in found.text
