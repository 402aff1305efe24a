"""Tests of which close codes and reasons may be sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close

from servers.close_codes import CLIENT_CODES, MEANINGS, REASON_LIMIT, SERVER_CODES, check_close


@pytest.mark.parametrize(
    ("code", "allowed", "sentence"),
    [
        (1001, CLIENT_CODES, "1001 is not to be sent here. Use 1000, or a code from 3000 to 4999."),
        (1005, SERVER_CODES, "1005 is not to be sent here. Use 1000, 1001, 1008, 1011, or a code from 3000 to 4999."),
        (2999, CLIENT_CODES, "2999 is not to be sent here. Use 1000, or a code from 3000 to 4999."),
        (5000, CLIENT_CODES, "5000 is not to be sent here. Use 1000, or a code from 3000 to 4999."),
    ],
)
def test_a_code_that_is_not_allowed_is_refused_in_words(code: int, allowed: tuple[int, ...], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is compared as a whole
        check_close(code, "", allowed)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("x" * (REASON_LIMIT + 1), "The reason is 124 bytes long in UTF-8; 123 are allowed."),
        ("é" * 62, "The reason is 124 bytes long in UTF-8; 123 are allowed."),
        ("\ud800", "The reason has a character that UTF-8 cannot carry."),
    ],
)
def test_a_reason_that_does_not_fit_is_refused_in_words(reason: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is compared as a whole
        check_close(1000, reason, CLIENT_CODES)
    assert str(caught.value) == sentence


@given(st.sampled_from(SERVER_CODES) | st.integers(3000, 4999), st.text(max_size=30) | st.just("é" * 61 + "x"))
def test_what_is_allowed_makes_a_close_frame_that_fits(code: int, reason: str) -> None:
    check_close(code, reason, SERVER_CODES)
    assert len(Close(code, reason).serialize()) <= 125


@given(st.integers() | st.integers(0, 5000), st.text())
def test_what_is_not_raises_nothing_but_value_error(code: int, reason: str) -> None:
    try:
        check_close(code, reason, SERVER_CODES)
    except ValueError:
        return
    Close(code, reason).check()


def test_all_codes_that_may_be_sent_are_named() -> None:
    assert {*CLIENT_CODES, *SERVER_CODES} <= MEANINGS.keys()
