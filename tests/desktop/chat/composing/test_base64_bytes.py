"""Bytes that are typed in Base64."""

from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.composing.base64_bytes import base64_bytes


@given(st.binary(), st.booleans(), st.booleans(), st.integers(1, 80), st.sampled_from([" ", "\n", "\r\n", "\t "]))
def test_what_is_spelled_is_meant(data: bytes, is_for_urls: bool, padded: bool, width: int, between: str) -> None:
    text = (urlsafe_b64encode if is_for_urls else b64encode)(data).decode()
    text = text if padded else text.rstrip("=")
    rows = [text[at : at + width] for at in range(0, len(text), width)]
    assert base64_bytes(between.join(rows)) == data


@given(st.text(st.sampled_from("ABab01+/-_= \n!")))
def test_a_text_is_read_or_refused(text: str) -> None:
    try:
        data = base64_bytes(text)
    except ValueError:
        return
    digits = "".join(text.split()).rstrip("=")
    assert len(data) == len(digits) * 3 // 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SGV!", "“!” at line 1, column 4 is not a character of Base64"),
        ("SG\nVé", "“é” at line 2, column 2 is not"),
        ("QQ==QQ==", "“Q” at line 1, column 5 stands behind the padding"),
        ("QQ===", "“=” at line 1, column 5 stands behind the padding"),
        ("QUJDR", "The last group of the Base64 has one character"),
        ("QQ=", "The padding “=” at the end does not fit"),
        ("QUJD=", "The padding “=” at the end does not fit"),
        ("=", "The padding “=” at the end does not fit"),
    ],
)
def test_what_is_wrong_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        base64_bytes(text)


@pytest.mark.parametrize(
    ("text", "data"), [("", b""), ("Q", b""), ("QQ=", b"A"), ("QUJDR", b"ABC"), ("QUJDRA", b"ABCD")]
)
def test_the_last_group_may_wait_while_typing_goes_on(text: str, data: bytes) -> None:
    assert base64_bytes(text, goes_on=True) == data
